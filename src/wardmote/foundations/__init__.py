"""What every part may rely on, from the standard library alone: periods, areas, rounding."""
