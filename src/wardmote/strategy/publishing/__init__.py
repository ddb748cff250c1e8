"""Frozen versions: issued, listed, verified and downloaded."""
