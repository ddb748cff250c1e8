"""What needs me today: the first page after sign-in."""
