"""Settings, addresses and the table of third-party routes and tables."""
