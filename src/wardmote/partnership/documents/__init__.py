"""Keeping files by what they contain: storing, finding, checking."""
