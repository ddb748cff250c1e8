"""Wardmote: the open platform for Community Safety Partnerships."""
