"""How many districts a comparison needs beside one's own."""

from typing import Final

# With fewer than five areas in all nobody can tell what differs between them (analytics/measures/comparison.py).
FEWEST_OTHERS: Final = 4
MOST_OTHERS: Final = 40
