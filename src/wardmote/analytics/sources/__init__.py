"""One module per publisher: how its files are read and checked."""
