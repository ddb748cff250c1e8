"""Who may give what to whom, and why: information sharing agreements, and the decision on every record."""
