"""What somebody made of incidents that a check pointed out."""

from enum import StrEnum


class ReviewResult(StrEnum):
    """Whether what a check found is wrong."""

    RIGHT = "right"
    WRONG = "wrong"
    ASKED = "asked"


RESULT_WORDS = {
    ReviewResult.RIGHT: "The records are right",
    ReviewResult.WRONG: "The records are wrong",
    ReviewResult.ASKED: "The publisher was asked",
}
