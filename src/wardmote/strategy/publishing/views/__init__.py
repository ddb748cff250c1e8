"""Issuing documents, the public pages of what has been issued, and notices on them."""
