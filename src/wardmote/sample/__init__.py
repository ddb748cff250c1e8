"""The fictional partnership and the seeded generator of its files."""
