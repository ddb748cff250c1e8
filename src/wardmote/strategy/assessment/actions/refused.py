"""The one error by which an action on an assessment says no."""


class AssessmentRefused(Exception):
    """What was asked does not fit where the assessment stands; the text says what to do."""
