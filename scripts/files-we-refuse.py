#!/usr/bin/env python
"""Write docs/guide/files-we-refuse.md from the table of bad inputs that the tests go through."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.analytics.sources.bad_input.page import PAGE, page_text

PAGE.write_text(page_text(), encoding="utf-8")
print(f"Wrote {PAGE}")
