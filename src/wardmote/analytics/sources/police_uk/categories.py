"""The crime types that police.uk has published, with the renamings of 2011 and 2013.

Source: https://www.police.uk/pu/about-police.uk-crime-data/ and the changelog of data.police.uk. Until August 2011
there were six types; September 2011 took five more out of "Other crime"; May 2013 renamed two and added two.
"""

from typing import Final

CURRENT: Final = (
    "Anti-social behaviour",
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
)
# Former name, last month published under it, what it became.
FORMER: Final = {
    "Violent crime": ("2013-04", "Violence and sexual offences"),
    "Public disorder and weapons": ("2013-04", "Public order; Possession of weapons"),
}
# The same name for a wider group before this month.
NARROWED: Final = {
    "Other crime": (
        "2011-09",
        "until August 2011 it also held criminal damage, drugs, other theft, shoplifting and public disorder",
    ),
    "Other theft": ("2013-05", "until April 2013 it also held bicycle theft and theft from the person"),
}
_KNOWN: Final = {name.casefold() for name in (*CURRENT, *FORMER)}


def is_recognised(category: str) -> bool:
    """Say whether police.uk has ever published this crime type, whatever its capitals."""
    return category.casefold() in _KNOWN


def change_of(category: str, first_month: str) -> str | None:
    """Say in words how a crime type published in this month differs from today's; None when it does not."""
    for name, (last, became) in FORMER.items():
        if category.casefold() == name.casefold():
            return f"published until {last}, then as {became}"
    for name, (month, words) in NARROWED.items():
        if category.casefold() == name.casefold() and first_month < month:
            return words
    return None
