"""`wardmote start`, `wardmote partnership` and `wardmote person`: setting up who works here."""

import argparse
import getpass
import sys
from datetime import date

from wardmote.cli.django_start import start
from wardmote.cli.refused import Refused

KINDS = ("district", "unitary", "county")
ROLES = ("analyst", "scorer", "manager", "administrator")
SECTORS = ("council", "police", "fire", "probation", "health", "other")


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the three commands."""
    partnership = actions.add_parser("partnership", help="set up a partnership")
    partnership.add_argument("name")
    partnership.add_argument("--kind", choices=KINDS, required=True)
    partnership.add_argument("--code", default="", help="its statistical code, for example E22000243")
    partnership.add_argument(
        "--district", action="append", required=True, metavar="CODE=NAME", help="a district it covers; may be repeated"
    )
    partnership.set_defaults(run=run_partnership)
    first = actions.add_parser("start", help="make an empty partnership and its manager, who sets it up in the browser")
    first.add_argument("email")
    first.add_argument("--name", required=True, help="the manager's name")
    first.add_argument("--post", default="Community safety manager", help="their post")
    first.set_defaults(run=run_start)
    person = actions.add_parser("person", help="give a person an account and a post; the password is asked for")
    person.add_argument("email")
    for name, words in (("name", "the person's name"), ("post", "their post"), ("agency", "their agency")):
        person.add_argument(f"--{name}", required=True, help=words)
    person.add_argument("--sector", choices=SECTORS, default="other", help="of the agency, where it is new")
    person.add_argument("--role", choices=ROLES, required=True)
    person.add_argument("--partnership", required=True, help="its name or code")
    person.set_defaults(run=run_person)


def run_partnership(arguments: argparse.Namespace) -> int:
    """Create a partnership."""
    start()
    from wardmote.partnership.members.actions import MembersRefused, NewPartnership, create_partnership
    from wardmote.partnership.members.queries import COMMAND_LINE, service_reader
    from wardmote.partnership.members.rules import PartnershipKind

    districts = tuple(_district(text) for text in arguments.district)
    new = NewPartnership(arguments.name, PartnershipKind(arguments.kind), districts, arguments.code)
    try:
        made = create_partnership(service_reader(COMMAND_LINE), new)
    except MembersRefused as refusal:
        raise Refused(str(refusal)) from refusal
    print(f"Set up {made.name}.")
    return 0


def _district(text: str) -> tuple[str, str]:
    code, _, name = text.partition("=")
    return code.strip(), (name or code).strip()


def _password() -> str:
    return getpass.getpass("First password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def run_start(arguments: argparse.Namespace) -> int:
    """Make an empty partnership and its manager."""
    start()
    from wardmote.partnership.members.actions import MembersRefused
    from wardmote.partnership.members.actions.first_day import FirstPerson, start_partnership
    from wardmote.partnership.members.queries import COMMAND_LINE, service_reader

    today = date.today()  # noqa: DTZ011  the day on the wall where the command is typed
    person = FirstPerson(arguments.email, arguments.name, arguments.post, _password(), today)
    try:
        start_partnership(service_reader(COMMAND_LINE), person)
    except MembersRefused as refusal:
        raise Refused(str(refusal)) from refusal
    print(f"{arguments.email} can sign in and set up the partnership.")
    return 0


def run_person(arguments: argparse.Namespace) -> int:
    """Create an account and an appointment."""
    start()
    from wardmote.access.permissions import Role
    from wardmote.partnership.members.actions import MembersRefused, NewPerson, add_agency, add_person
    from wardmote.partnership.members.queries import COMMAND_LINE, partnership_named, service_reader
    from wardmote.partnership.members.rules import Sector

    reader = service_reader(COMMAND_LINE)
    partnership = partnership_named(reader, arguments.partnership)
    if partnership is None:
        raise Refused(f"There is no partnership {arguments.partnership}. Set it up first: wardmote partnership --help")
    agency = add_agency(reader, partnership, name=arguments.agency, sector=Sector(arguments.sector))
    password = _password()
    today = date.today()  # noqa: DTZ011  the day on the wall where the command is typed
    role = Role(arguments.role)
    new = NewPerson(arguments.email, arguments.name, arguments.post, role, agency, today, password)
    try:
        add_person(reader, new)
    except MembersRefused as refusal:
        raise Refused(str(refusal)) from refusal
    print(f"{arguments.email} can sign in as {arguments.role} of {partnership.name}.")
    return 0
