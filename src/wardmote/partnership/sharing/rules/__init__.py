"""Pure rules of sharing: when an agreement is in force, and what a reader may do with a record."""
