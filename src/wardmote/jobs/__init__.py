"""Background work with progress that a person can see."""
