"""Who we are, shared by both strands; holds no row about a named member of the public."""
