"""Road casualties read from the files of two publishers."""
