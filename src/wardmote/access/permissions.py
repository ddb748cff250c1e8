"""What may be asked: the permissions that routes and actions name."""
