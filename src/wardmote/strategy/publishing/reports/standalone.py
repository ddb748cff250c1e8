"""A report as a page that stands alone: one file with its style inside, for sending and for keeping."""

from html import escape
from importlib.resources import files

from wardmote.printing import html
from wardmote.printing.blocks import FigureSource, Report
from wardmote.printing.dates import words


def standalone_page(report: Report) -> bytes:
    """Return the report as one HTML file; its numbers lead to the list of sources at its end."""
    style = (files("wardmote.web") / "static" / "web" / "wardmote.css").read_text(encoding="utf-8")
    body = html.render(report, figure_url=lambda key: f"#source-{key}")
    sources = "\n".join(_source(source) for source in report.figures)
    title = escape(f"{report.title} – {report.partnership}")
    page = f"""<!DOCTYPE html>
<html lang="{escape(report.language)}" class="govuk-template">
<head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style></head>
<body class="govuk-template__body"><div class="govuk-width-container"><main class="govuk-main-wrapper">
<span class="govuk-caption-l">{escape(report.partnership)}, as at {words(report.as_at)}</span>
<h1 class="govuk-heading-l">{escape(report.title)}</h1>
{body}
<h2 class="govuk-heading-m">Where each number comes from</h2>
{sources}
</main></div></body></html>
"""
    return page.encode()


def _source(source: FigureSource) -> str:
    releases = ", ".join(f"{dataset} {release[:12]}" for dataset, release in source.releases)
    facts = [
        ("Value", f"{source.value} {source.unit}"),
        ("Measure", source.measure),
        ("Period", source.period),
        ("Area", source.area),
        *([("Population", source.population)] if source.population else []),
        ("Releases", releases),
    ]
    listed = "; ".join(f"{name}: {escape(value)}" for name, value in facts)
    name, title = escape(source.key), escape(source.title)
    return f'<p class="govuk-body-s" id="source-{name}"><strong>{title}</strong>. {listed}.</p>'
