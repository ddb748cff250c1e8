"""Notices, the outbox and how mail goes out."""
