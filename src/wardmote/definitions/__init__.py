"""Policy as reviewed data: problems, scoring matrices; each with source, author, checker and review date."""
