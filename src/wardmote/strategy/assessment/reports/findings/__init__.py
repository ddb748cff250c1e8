"""What a report says of the findings about a problem: a file each, in sentences, charts, maps and tables."""
