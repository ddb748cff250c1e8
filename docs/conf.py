"""How the guide, the methods and the decisions become a site: `make docs`, then open docs/_build/index.html."""

project = "Wardmote"
author = "Wardmote developers"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
root_doc = "index"
exclude_patterns = ["_build"]
html_theme = "alabaster"
html_title = "Wardmote"
html_theme_options = {"description": "The open platform for Community Safety Partnerships", "page_width": "1100px"}
html_static_path: list[str] = []
html_show_sourcelink = False
# Headings down to the third level can be linked to, as the pages do.
myst_heading_anchors = 3
# The drawing in architecture.md is text for those who read it as a file.
suppress_warnings = ["misc.highlighting_failure"]
nitpicky = False
