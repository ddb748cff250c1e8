"""What a report says of the findings about a problem: usual range, and what process control sees."""
