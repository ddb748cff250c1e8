"""Statistical disclosure control: which counts must be hidden so that no small one can be read or worked out.

Sources: Fischetti and Salazar (2001), Solving the cell suppression problem on tabular data with linear constraints;
Office for National Statistics, policy on protecting confidentiality in tables of birth and death statistics.
"""

from wardmote.analytics.disclosure.audit import Range, feasible_ranges
from wardmote.analytics.disclosure.protection import Protected, ProtectionFailed, protect
from wardmote.analytics.disclosure.tables import CountTable, Limits, Sum

__all__ = [
    "CountTable",
    "Limits",
    "Protected",
    "ProtectionFailed",
    "Range",
    "Sum",
    "feasible_ranges",
    "protect",
]
