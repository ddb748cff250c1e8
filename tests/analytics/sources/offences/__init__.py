"""Offences: tables of recorded crime by offence code, and weights of harm."""
