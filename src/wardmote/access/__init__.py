"""Who asks and what they may: readers, permissions, refusals."""
