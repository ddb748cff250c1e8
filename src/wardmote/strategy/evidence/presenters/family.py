"""The shape of the list of districts most like one's own."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from wardmote.analytics.measures.family import Alike, Neighbour
from wardmote.foundations.rounding import with_thousands
from wardmote.strategy.evidence.queries.family import OWN, FamilyFound, Stated
from wardmote.strategy.evidence.rules.comparison import FEWEST_OTHERS

ALIKE_WORDS: Final = {
    Alike.CLOSE: "close",
    Alike.NEARER: "nearer than two of them taken at random",
    Alike.FAR: "no nearer than two of them taken at random",
}


def family_page(found: FamilyFound | None, own: str) -> dict[str, Any]:
    """Return what the page shows of a family; nothing where none was found."""
    if found is None:
        return {"columns": [], "rows": [], "notes": [], "size": 0, "is_enough": False}
    number = len(found.codes)
    return {
        "columns": [
            "District",
            *({"title": f"{one.name} ({one.unit})", "numeric": True} for one in found.used),
            "How far from yours",
        ],
        "rows": [_row(own, OWN, found, "yours"), *(_neighbour_row(one, found) for one in found.family.neighbours)],
        "notes": _notes(found),
        "size": number,
        "is_enough": number >= FEWEST_OTHERS,
    }


def _neighbour_row(one: Neighbour, found: FamilyFound) -> list[str]:
    distance = with_thousands(Fraction(one.distance), 1)
    most = _short(one.differs_most)
    words = f"{distance}: {ALIKE_WORDS[one.alike]}" + (f"; differs most in {most}" if one.squared else "")
    return _row(found.names[one.code], one.code, found, words)


def _row(name: str, code: str, found: FamilyFound, words: str) -> list[str]:
    return [name, *(_value(one, found.values[one.name], code) for one in found.used), words]


def _value(one: Stated, values: Mapping[str, Fraction | None], code: str) -> str:
    value = values[code]
    return "" if value is None else with_thousands(value, one.places)


def _short(name: str) -> str:
    head = name.rpartition(", ")[0] or name
    return head[0].lower() + head[1:]


def _notes(found: FamilyFound) -> list[str]:
    """Say where the figures are from, what was not used and why, and whose districts can be compared at all."""
    read = [f"{one.name}: {'; '.join(one.releases)}." for one in found.used if one.releases]
    lacking = [
        f"{name} was not used: {_lacking(codes, found)}." for name, codes in found.family.missing.items() if name
    ]
    equal = [f"{name} was not used: it is the same for all." for name in found.family.equal]
    forces = " and ".join(found.forces)
    return [*read, *lacking, *equal, f"Only districts whose crime data are held can be compared: those of {forces}."]


def _lacking(codes: tuple[str, ...], found: FamilyFound) -> str:
    names = [found.names.get(code, "your own area") for code in codes]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"no figure is held for {', '.join(names[:3])}{more}"
