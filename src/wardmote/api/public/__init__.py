"""What anyone may read by program. Nothing is here yet."""
