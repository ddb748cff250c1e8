"""Releases as immutable Parquet folders, and the engine that reads them."""
