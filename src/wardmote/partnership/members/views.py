"""Sign-in, and the pages on which a partnership looks after its agencies and people."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wardmote.access.permissions import ROLE_SENTENCES, Permission
from wardmote.access.routes import public, reader_of, requires

from .actions import MembersRefused, add_agency, add_person, end_appointment
from .forms import AgencyForm, PersonForm, SignInForm
from .queries import agencies_of, appointments_of, partnership_of

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
        try:
            add_person(reader, form.new_person(today=timezone.localdate()))
        except MembersRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The person was added. Give them their password yourself, not by e-mail.")
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
