"""The releases of data a partnership holds: imports, provenance and quality."""
