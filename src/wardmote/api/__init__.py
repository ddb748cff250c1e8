"""Programming interfaces; public and private are two interfaces."""
