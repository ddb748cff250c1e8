"""The command line: import, figures, assess, verify; acts as a named service principal."""
