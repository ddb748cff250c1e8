"""The public cycle, from evidence to a published assessment; never sees a named person."""
