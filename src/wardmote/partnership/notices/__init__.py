"""What people are told: that something waits for them, never what; digests, the outbox, and how mail goes out."""
