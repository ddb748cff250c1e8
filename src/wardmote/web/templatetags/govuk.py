"""GOV.UK components as small template tags; every value is escaped unless it is already safe HTML of our own."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.http import QueryDict
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from wardmote.web.forms import GovukBoundField

register = template.Library()

Row = Mapping[str, Any]


@register.simple_block_tag
def captured(content: str) -> str:
    """Keep what a block renders, without its outer space, to ask whether there is anything: {% captured as x %}."""
    # The content was rendered by the template engine and is escaped already.
    return mark_safe(content.strip())  # noqa: S308


@register.simple_tag
def button(text: str, href: str = "", *, kind: str = "", name: str = "", value: str = "") -> SafeString:
    """A button, or a link that looks like one when `href` is given; `kind` is secondary or warning."""
    classes = f"govuk-button govuk-button--{kind}" if kind else "govuk-button"
    if href:
        return format_html(
            '<a href="{}" role="button" draggable="false" class="{}" data-module="govuk-button">{}</a>',
            href,
            classes,
            text,
        )
    named = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html(
        '<button type="submit" class="{}" data-module="govuk-button" data-prevent-double-click="true"{}>{}</button>',
        classes,
        named,
        text,
    )


@register.simple_tag
def tag(text: str, colour: str = "") -> SafeString:
    """A short word for a state; `colour` is grey, green, red, yellow, white or empty for our own."""
    classes = f"govuk-tag govuk-tag--{colour}" if colour else "govuk-tag"
    return format_html('<strong class="{}">{}</strong>', classes, text)


@register.simple_tag
def warning_text(text: str) -> SafeString:
    """Something that must not be overlooked, with its exclamation mark."""
    return format_html(
        '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
        '<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span> {}</strong></div>',
        text,
    )


@register.simple_tag
def back_link(url: str, text: str = "Back") -> SafeString:
    """The way back, for the block `beforeContent`."""
    return format_html('<nav aria-label="{1}"><a href="{0}" class="govuk-back-link">{1}</a></nav>', url, text)


@register.simple_block_tag
def inset(content: str) -> str:
    """A remark set apart: {% inset %}…{% endinset %}."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def details(content: str, summary: str) -> str:
    """Text that opens on request: {% details "What counts as a problem" %}…{% enddetails %}."""
    return format_html(
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        summary,
        content,
    )


@register.inclusion_tag("web/components/notification.html")
def notification(title: str, text: object, *, kind: str = "", number: int = 0) -> Row:
    """A banner with one message; `kind` success is read out at once; `number` keeps several apart."""
    return {"title": title, "text": text, "kind": kind, "number": number}


@register.inclusion_tag("web/components/breadcrumbs.html")
def breadcrumbs(items: Iterable[Row]) -> Row:
    """The way from home to here: items of text and url, the last without url."""
    return {"items": items}


@register.inclusion_tag("web/components/summary_list.html")
def summary_list(rows: Sequence[Row]) -> Row:
    """Names and values: rows of key, value and, when wanted, url (of the value), change_url and change_text."""
    return {"rows": rows, "has_changes": any(row.get("change_url") for row in rows)}


@register.inclusion_tag("web/components/task_list.html")
def task_list(items: Iterable[Row], *, prefix: str = "task") -> Row:
    """Steps and where they stand: items of text, status and, when wanted, url, hint and colour of the status."""
    return {"items": [{"url": None, **item} for item in items], "prefix": prefix}


@register.inclusion_tag("web/components/progress.html")
def progress(label: str, value: int | None, maximum: int, *, text: str = "", id: str = "progress") -> Row:
    """A native progress bar with its label; `value` None when nobody can say how far it is."""
    return {"label": label, "value": value, "maximum": maximum, "text": text, "id": id}


@register.inclusion_tag("web/components/table.html")
def table(
    caption: str,
    columns: Iterable[Row | str],
    rows: Iterable[Sequence[Any]],
    *,
    hide_caption: bool = False,
    nothing: str = "Nothing yet.",
) -> Row:
    """A table that scrolls by itself when it is wide.

    Columns are titles or mappings of title and numeric; cells are values or mappings of text with url, or with tag
    (true) and colour. The first cell of a row names the row.
    """
    heads = [{"title": column} if isinstance(column, str) else column for column in columns]
    body = [[_cell(value, head, position) for position, (value, head) in enumerate(zip(row, heads, strict=True))]
            for row in rows]  # fmt: skip
    return {"caption": caption, "columns": heads, "rows": body, "hide_caption": hide_caption, "nothing": nothing}


def _cell(value: Any, column: Row, position: int) -> Row:
    cell = dict(value) if isinstance(value, Mapping) else {"text": value}
    return {**cell, "numeric": column.get("numeric", False), "element": "td" if position else "th"}


@register.inclusion_tag("web/components/error_summary.html")
def error_summary(form: BaseForm) -> Row:
    """Every error of a form, each a link to its field; nothing when there is none."""
    return {"errors": list(_errors(form)) if form.is_bound else []}


def _errors(form: BaseForm) -> Iterable[Row]:
    yield from ({"text": text, "target": ""} for text in form.non_field_errors())
    for field in form:
        target = field.first_input_id if isinstance(field, GovukBoundField) else field.auto_id
        yield from ({"text": text, "target": target} for text in field.errors)


@register.inclusion_tag("web/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> Row:
    """Links to the pages of a list, with the rest of the address kept; nothing when there is one page."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)

    def address(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    paginator = page.paginator
    if paginator.num_pages < 2:
        return {"pages": []}
    return {
        "pages": [
            {"number": number, "url": address(number), "current": number == page.number}
            if isinstance(number, int)
            else {"number": number}
            for number in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
        ],
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }
