"""What every PDF that we print must pass."""

from pathlib import Path

import page as page_validation


def assert_accessible(path: Path) -> None:
    """All 104 rules of PDF/UA-1 that a machine can check."""
    result = page_validation.validate_pdf(str(path), profile="ua1")
    assert "Result: no failures" in str(result)
    assert " 0 failed, 104 total" in str(result)
