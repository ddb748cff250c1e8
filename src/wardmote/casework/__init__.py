"""Named people; walled off. Nothing is here yet: the wall is checked before there is anything behind it."""
