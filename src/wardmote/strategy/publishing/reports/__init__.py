"""What is issued beside the assessment itself: a page that stands alone, and a sheet for each ward."""

from .standalone import standalone_page
from .wards import priorities_of, ward_reports

__all__ = ["priorities_of", "standalone_page", "ward_reports"]
