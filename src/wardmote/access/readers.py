"""Who asks: the reader that every query and action takes."""
