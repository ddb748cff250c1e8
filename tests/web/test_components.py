"""Components and the page shell escape what they are given and carry what assistive technology needs."""

import re
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.urls import path

import wardmote.web

# The shell is tested without the product's own addresses, whatever state they are in.
urlpatterns = [path(f"{name}/", RequestFactory, name=name) for name in ("home", "sign-in", "sign-out", "methods")]
pytestmark = pytest.mark.urls(__name__)

WEB = Path(wardmote.web.__file__).parent
HOSTILE = '"><script>alert(1)</script>'
ESCAPED = "&lt;script&gt;"


def render(template: str, **context: object) -> str:
    return engines["django"].from_string("{% load govuk %}" + template).render(context)


@pytest.mark.parametrize(
    "template",
    [
        "{% button h %}",
        "{% button h href=h kind=h %}",
        "{% button h name=h value=h %}",
        "{% tag h h %}",
        "{% warning_text h %}",
        "{% back_link h h %}",
        "{% inset %}{{ h }}{% endinset %}",
        "{% details h %}{{ h }}{% enddetails %}",
        "{% notification h h %}",
        "{% breadcrumbs items %}",
        "{% summary_list items %}",
        "{% task_list items %}",
        "{% progress h 1 2 text=h %}",
        "{% table h columns rows %}",
        "{% captured as x %}{{ h }}{% endcaptured %}{{ x }}",
    ],
)
def test_a_component_escapes_hostile_text(template: str) -> None:
    item = dict.fromkeys(("text", "url", "key", "value", "change_url", "status", "hint", "colour"), HOSTILE)
    html = render(template, h=HOSTILE, items=[item], columns=[HOSTILE], rows=[[HOSTILE], [item]])
    assert "<script>" not in html
    assert ESCAPED in html


def test_a_table_names_its_rows_and_can_be_scrolled_by_keyboard() -> None:
    html = render("{% table 'Problems' columns rows %}", columns=["Problem", {"title": "Reports", "numeric": True}],
                  rows=[["Arson", 4]])  # fmt: skip
    assert '<th scope="row" class="govuk-table__header">Arson</th>' in html
    assert 'role="region" aria-label="Problems" tabindex="0"' in html
    assert "govuk-table__cell--numeric" in html


def test_an_empty_table_says_so() -> None:
    assert "Nothing yet." in render("{% table 'Problems' columns rows %}", columns=["Problem"], rows=[])


def test_pagination_keeps_the_rest_of_the_address() -> None:
    page = Paginator(range(100), 10).page(4)
    html = render("{% pagination page %}", page=page, request=RequestFactory().get("/?area=E01&page=4"))
    assert 'href="?area=E01&amp;page=5"' in html
    assert 'aria-current="page"' in html


def test_one_page_needs_no_pagination() -> None:
    assert "<nav" not in render("{% pagination page %}", page=Paginator(range(3), 10).page(1))


def test_progress_has_a_label_and_says_nothing_it_does_not_know() -> None:
    html = render("{% progress 'Reading files' known 36 %}", known=None)
    assert '<label class="wm-progress__label" for="progress">Reading files</label>' in html
    assert "value=" not in html


PAGE = (
    '{% extends "web/base.html" %}{% block page_title %}T{% endblock %}{% block caption %}C{% endblock %}'
    "{% block heading %}{{ heading }}{% endblock %}{% block content %}Content{% endblock %}"
)


def page(template: str = PAGE, **context: object) -> str:
    return engines["django"].from_string(template).render(context)


def test_the_script_that_enables_scripts_comes_first_in_the_body() -> None:
    html = page()
    assert re.search(r"<body[^>]*>\s*<script src=\"[^\"]*web/enabled[^\"]*\.js\"></script>", html)


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "503"])
def test_an_error_page_has_one_heading_and_no_inline_script_or_style(name: str) -> None:
    html = page(f'{{% extends "{name}.html" %}}', request_id=HOSTILE)
    assert html.count("<h1") == 1
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?! src)", html)
    assert ESCAPED in html


def test_the_shell_shows_partnership_navigation_and_sample() -> None:
    navigation = [{"text": "Home", "url": "/", "active": True}, {"text": HOSTILE, "url": "/x/", "active": False}]
    html = page(partnership_name="Dalefold Partnership", navigation=navigation, is_sample=True, heading="Problems")
    assert "Dalefold Partnership" in html
    assert 'aria-current="true"' in html
    assert "This is a fictional sample partnership. Its figures are made up." in html
    assert '<h1 class="govuk-heading-l">Problems</h1>' in html
    assert "<script>" not in html


def test_without_a_side_the_content_takes_the_whole_width() -> None:
    assert "<aside" not in page()
    with_side = page(PAGE + "{% block side %}Steps{% endblock %}")
    assert "Steps</aside>" in with_side
    assert with_side.count("Content") == 1


def test_without_an_account_one_can_sign_in() -> None:
    assert '<a class="govuk-link" href="/sign-in/">Sign in</a>' in page()


@pytest.mark.parametrize("about", ["accessibility", "privacy", "methods"])
def test_the_pages_about_the_site_can_be_read(about: str) -> None:
    assert page(f'{{% extends "web/about/{about}.html" %}}').count("<h1") == 1


def test_what_we_ship_holds_no_crown_typeface_or_crest_and_loads_nothing_from_elsewhere() -> None:
    css = (WEB / "static/web/wardmote.css").read_text()
    assert "Public Sans" in css
    assert "GDS Transport" not in css
    assert "crest" not in css
    assert not re.findall(r"url\((?!\"?fonts/)", css)
    assert "sourceMappingURL" not in css + (WEB / "static/web/wardmote.js").read_text()


@pytest.mark.parametrize("licence", ["LICENSE-govuk-frontend.txt", "fonts/OFL.txt"])
def test_licences_travel_with_what_they_cover(licence: str) -> None:
    assert "opyright" in (WEB / "static/web" / licence).read_text()


def test_with_an_account_one_signs_out_by_a_form() -> None:
    class Account:
        is_authenticated = True

        def __str__(self) -> str:
            return f"Asha Mensah {HOSTILE}"

    html = page(user=Account())
    assert '<form method="post" action="/sign-out/">' in html
    assert "Asha Mensah" in html
    assert "<script>" not in html
