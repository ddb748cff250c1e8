"""Sign-in, and the pages on which a partnership looks after its agencies and people."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wardmote.access.permissions import ROLE_SENTENCES, Permission
from wardmote.access.routes import public, reader_of, requires
from wardmote.definitions import official_edition, official_partnership, partnerships_called

from . import presenters
from .actions import MembersRefused, add_agency, add_person, end_appointment
from .actions.first_day import choose_partnership, fill_seat, move_date, plan_year, remove_seat
from .forms import AgencyForm, MoveDateForm, PersonForm, SeatForm, SignInForm, YearForm
from .queries import agencies_of, appointments_of, has_account, partnership_of
from .rules import KEY_DATE_WORDS, KeyDate

sign_in = public(LoginView.as_view(template_name="members/sign_in.html", authentication_form=SignInForm))
sign_out = public(LogoutView.as_view())


@requires(Permission.MANAGE_MEMBERS)
def member_list(request: HttpRequest) -> HttpResponse:
    """Who is round the table."""
    reader = reader_of(request)
    people = appointments_of(reader, today=timezone.localdate())
    roles = [(role.value.title(), sentence) for role, sentence in ROLE_SENTENCES.items()]
    context = {"people": people, "agencies": agencies_of(reader), "roles": roles}
    return render(request, "members/list.html", context)


@requires(Permission.MANAGE_MEMBERS)
def add_person_page(request: HttpRequest) -> HttpResponse:
    """Give a person an account and a post."""
    reader = reader_of(request)
    form = PersonForm(request.POST or None, agencies=agencies_of(reader))
    if request.method == "POST" and form.is_valid():
        is_known = has_account(reader, form.cleaned_data["email"])
        try:
            add_person(reader, form.new_person(today=timezone.localdate()))
        except MembersRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, presenters.person_added_words(is_known=is_known))
            return redirect("members:list")
    return render(request, "members/person.html", {"form": form})


@requires(Permission.MANAGE_MEMBERS)
def add_agency_page(request: HttpRequest) -> HttpResponse:
    """Add an agency to the partnership."""
    reader = reader_of(request)
    form = AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_agency(reader, partnership_of(reader), **form.cleaned_data)
        messages.success(request, "The agency was added.")
        return redirect("members:list")
    return render(request, "members/agency.html", {"form": form})


@requires(Permission.MANAGE_MEMBERS)
@require_POST
def end_appointment_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """End a person's appointment today."""
    reader = reader_of(request)
    today = timezone.localdate()
    end_appointment(reader, get_object_or_404(appointments_of(reader, today=today), id=key), on=today)
    messages.success(request, "The appointment ends today.")
    return redirect("members:list")


@requires(Permission.MANAGE_MEMBERS)
def choose_page(request: HttpRequest) -> HttpResponse:
    """Which partnership are you? A search over the official list."""
    asked = request.GET.get("name", "").strip()[:100]
    found = partnerships_called(asked)
    context = {
        "asked": asked,
        "is_empty": "name" in request.GET and not asked,
        "found": found[: presenters.MOST_FOUND],
        "too_many": len(found) > presenters.MOST_FOUND,
        "edition": official_edition(),
        "partnership": partnership_of(reader_of(request)),
    }
    return render(request, "members/choose.html", context)


@requires(Permission.MANAGE_MEMBERS)
def confirm_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the list says of a partnership, and take it over."""
    chosen = official_partnership(code)
    if chosen is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            choose_partnership(reader_of(request), chosen)
        except MembersRefused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"You are setting up the {chosen.name} Community Safety Partnership.")
            return redirect("setup")
    context = {"chosen": chosen, "edition": official_edition(), "refused": refused}
    return render(request, "members/confirm.html", context)


@requires(Permission.MANAGE_MEMBERS)
def seats_page(request: HttpRequest) -> HttpResponse:
    """Who is round the table: a row a seat."""
    rows = presenters.seat_rows(partnership_of(reader_of(request)).seats.all())
    return render(request, "members/seats.html", {"rows": rows})


@requires(Permission.MANAGE_MEMBERS)
def seat_page(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Fill a seat in, or add one."""
    reader = reader_of(request)
    seat = get_object_or_404(partnership_of(reader).seats, id=key) if key else None
    form = SeatForm(request.POST or None, initial=presenters.seat_initial(seat))
    if request.method == "POST" and form.is_valid():
        fill_seat(reader, form.given(), seat=key)
        return redirect("members:seats")
    return render(request, "members/seat.html", {"form": form, "seat": seat})


@requires(Permission.MANAGE_MEMBERS)
@require_POST
def remove_seat_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a seat away."""
    reader = reader_of(request)
    get_object_or_404(partnership_of(reader).seats, id=key)
    try:
        remove_seat(reader, key)
    except MembersRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("members:seats")


@requires(Permission.MANAGE_MEMBERS)
def year_page(request: HttpRequest) -> HttpResponse:
    """The dates of the year, and what they are worked back from."""
    reader = reader_of(request)
    dates = partnership_of(reader).year_dates.all()
    form = YearForm(request.POST or None, initial=presenters.year_initial(dates))
    if request.method == "POST" and form.is_valid():
        plan_year(reader, form.cleaned_data["approval"], form.cleaned_data["boards"])
        messages.success(request, "The year is planned. Move a date if it does not suit.")
        return redirect("members:year")
    return render(request, "members/year.html", {"form": form, "rows": presenters.year_rows(dates)})


@requires(Permission.MANAGE_MEMBERS)
def move_date_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Move one date of the year."""
    reader = reader_of(request)
    found = get_object_or_404(partnership_of(reader).year_dates, id=key)
    form = MoveDateForm(request.POST or None, initial={"on": found.on})
    if request.method == "POST" and form.is_valid():
        try:
            move_date(reader, key, form.cleaned_data["on"])
        except MembersRefused as refusal:
            form.add_error("on", str(refusal))
        else:
            return redirect("members:year")
    title = KEY_DATE_WORDS[KeyDate(found.kind)]
    return render(request, "members/move_date.html", {"form": form, "title": title})
