"""Consultation: what people who live and work here say, how they were asked, and how far it can be relied on."""
