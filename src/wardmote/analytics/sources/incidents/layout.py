"""The columns of a list of incidents, by the headings that forces and councils give them."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from wardmote.analytics.sources.headers import fold
from wardmote.analytics.sources.named_columns import Columns
from wardmote.definitions import all_problems

# Folded: “Committed from (date/time)” is committedfromdatetime. A bare “Date” or “Type” is in too many other tables.
COLUMNS: Final = Columns(
    needed={
        "problem": ("problem", "category", "crimetype", "incidenttype", "crimecategory", "offencegroup"),
        "first": (
            "firstpossible",
            "from",
            "start",
            "earliest",
            *(f"{stem}{rest}" for stem in ("committedfrom", "occurredfrom", "from", "start", "first", "earliest")
              for rest in ("", "date", "datetime", "dateandtime")),
            "incidentdate",
            "incidentdatetime",
            "occurredon",
            "committedon",
        ),
    },
    welcome={
        "first_time": ("committedfromtime", "occurredfromtime", "fromtime", "starttime", "earliesttime", "firsttime",
                       "incidenttime"),
        "last": (
            "lastpossible",
            "to",
            "end",
            "latest",
            *(f"{stem}{rest}" for stem in ("committedto", "occurredto", "to", "end", "last", "latest")
              for rest in ("", "date", "datetime", "dateandtime")),
        ),
        "last_time": ("committedtotime", "occurredtotime", "totime", "endtime", "latesttime", "lasttime"),
        "easting": ("easting", "eastings", "x", "xcoordinate", "gridx", "osgrx"),
        "northing": ("northing", "northings", "y", "ycoordinate", "gridy", "osgry"),
        "longitude": ("longitude", "long", "lng", "lon"),
        "latitude": ("latitude", "lat"),
        "lsoa": ("lsoa21cd", "lsoa11cd", "lsoa21code", "lsoa11code", "lsoacode", "lsoa",
                 "lsoa2021code", "lsoa2011code"),
        "reference": ("reference", "crimereference", "crimenumber", "crimeref", "crimeno", "incidentreference",
                      "incidentnumber", "incidentref", "crimeid", "incidentid", "caseid", "casereference"),
        "victim": ("victim", *(f"victim{rest}" for rest in ("id", "key", "ref", "reference", "no", "number", "urn"))),
        "offender": tuple(f"{who}{rest}" for who in ("offender", "suspect")
                          for rest in ("", "id", "key", "ref", "reference", "no", "number", "urn")),
        "location": ("uprn", *(f"{where}{rest}" for where in ("location", "premises", "property", "place")
                               for rest in ("id", "key", "ref", "reference", "no", "number", "urn"))),
    },
)  # fmt: skip
KEYS: Final = ("victim", "offender", "location")


@cache
def problems_by_word() -> Mapping[str, str]:
    """Return the problem that each word stands for, folded: its slug, its title, its one published category."""
    known = all_problems()
    by_category = {fold(one.police_uk[0]): slug for slug, one in known.items() if len(one.police_uk) == 1}
    return {**by_category, **{fold(word): slug for slug, one in known.items() for word in (slug, one.title)}}
