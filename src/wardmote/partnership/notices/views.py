"""Pages of what waits for you, how often you are told, and the outbox."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires, signed_in

from . import presenters
from .actions import choose_how_often
from .forms import HowOftenForm
from .queries import how_often_of, outbox_of, waiting_for
from .rules import HOW_OFTEN_WORDS, SUBJECT

ROWS_ON_A_PAGE = 25


@signed_in
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for the reader; where the link of every e-mail leads."""
    reader = reader_of(request)
    context = {
        "found": waiting_for(reader, today=timezone.localdate()),
        "how_often": HOW_OFTEN_WORDS[how_often_of(reader.key)],
        "may_see_outbox": reader.may(Permission.MANAGE_MEMBERS),
    }
    return render(request, "notices/waiting.html", context)


@signed_in
def how_often(request: HttpRequest) -> HttpResponse:
    """How often the reader is told by e-mail."""
    reader = reader_of(request)
    form = HowOftenForm(request.POST or None, initial={"how_often": how_often_of(reader.key)})
    if request.method == "POST" and form.is_valid():
        choose_how_often(reader, form.cleaned_data["how_often"])
        messages.success(request, "Saved.")
        return redirect("notices:waiting")
    return render(request, "notices/how_often.html", {"form": form})


@requires(Permission.MANAGE_MEMBERS)
def outbox(request: HttpRequest) -> HttpResponse:
    """What was or would be sent from this site."""
    page = Paginator(outbox_of(reader_of(request)), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": presenters.outbox_rows(page.object_list),
        "route": settings.WARDMOTE_MAIL.words,
        "subject": SUBJECT,
        "example": presenters.example(),
    }
    return render(request, "notices/outbox.html", context)
