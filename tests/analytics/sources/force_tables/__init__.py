"""Tables by police force area."""
