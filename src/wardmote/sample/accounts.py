"""The fictional people of the sample: posts at agencies, sign-in names, and the one password that the demo prints.

Their accounts work in the demo and on a developer's machine, and are refused in production.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from wardmote.access.permissions import Role
from wardmote.partnership.members.rules import Sector

DEMO_PASSWORD: Final = "ashcombe-vale-sample"  # noqa: S105 -- printed on the screen of whoever runs the demo
DOMAIN: Final = "ashcombe.example"  # a name that no one can register (RFC 2606)
STARTED_ON: Final = date(2023, 4, 3)

COUNCIL: Final = "Ashcombe Vale Council"
POLICE: Final = "Ashcombe Constabulary"
FIRE: Final = "Ashcombe Fire and Rescue Service"
PROBATION: Final = "Ashcombe Probation Delivery Unit"
HEALTH: Final = "Ashcombe Integrated Care Board"
# The five responsible authorities of the Crime and Disorder Act 1998, section 5.
AGENCIES: Final = (
    (COUNCIL, Sector.COUNCIL),
    (POLICE, Sector.POLICE),
    (FIRE, Sector.FIRE),
    (PROBATION, Sector.PROBATION),
    (HEALTH, Sector.HEALTH),
)


@dataclass(frozen=True)
class SamplePerson:
    """A fictional person: the part of the sign-in name before the @, their name, post, agency and role."""

    sign_in: str
    name: str
    post: str
    agency: str
    role: Role

    @property
    def email(self) -> str:
        """The name they sign in with."""
        return f"{self.sign_in}@{DOMAIN}"


ANALYST: Final = SamplePerson("analyst", "Imogen Tarrow", "Community safety analyst", COUNCIL, Role.ANALYST)
MANAGER: Final = SamplePerson("manager", "Desmond Quill", "Community safety manager", COUNCIL, Role.MANAGER)
SCORERS: Final = (
    SamplePerson("police", "Rhoda Penhallick", "Chief inspector", POLICE, Role.SCORER),
    SamplePerson("fire", "Tobias Wrenfield", "Prevention lead", FIRE, Role.SCORER),
    SamplePerson("health", "Anwen Okoro-Pell", "Public health consultant", HEALTH, Role.SCORER),
)
ADMINISTRATOR: Final = SamplePerson("admin", "Casimir Lodd", "Systems officer", COUNCIL, Role.ADMINISTRATOR)
OBSERVER: Final = SamplePerson("probation", "Maud Verrinder", "Head of delivery unit", PROBATION, Role.SCORER)
PEOPLE: Final = (ANALYST, MANAGER, *SCORERS, OBSERVER, ADMINISTRATOR)


def sign_in_lines() -> list[str]:
    """Return the lines that tell whoever runs the demo how to sign in, and as whom."""
    width = max(len(person.email) for person in PEOPLE)
    return [
        f"Sign in with the password {DEMO_PASSWORD} as one of:",
        *(f"  {person.email:<{width}}  {person.post}, {person.agency}" for person in PEOPLE),
    ]
