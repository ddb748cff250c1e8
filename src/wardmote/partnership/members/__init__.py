"""Partnerships, agencies, people, and the appointments that say who may do what."""
