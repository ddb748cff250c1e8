"""One file per measure: counts, rates, shares, change, scoring."""
