"""A report as one list of blocks, printed as HTML, PDF and data; charts and maps as SVG."""
