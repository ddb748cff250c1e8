"""Set-up, the demo and the command line as a person meets them: as processes, each failure provoked for real."""
