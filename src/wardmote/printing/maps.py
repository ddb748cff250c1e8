"""A map of areas shaded by class, drawn from GeoJSON geometries."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Area:
    """One area; `geometry` is the text of a GeoJSON Polygon or MultiPolygon in longitude and latitude."""

    code: str
    name: str
    geometry: str
    place: int | None
    """Which class of the map it belongs to, 0 the lightest; None where nothing is known."""
    outlined: bool = False
    letter: str = ""
    """Stands on the area, so that its class can be told without colour."""


@dataclass(frozen=True)
class AreaMap:
    """Areas in up to five classes, lightest first; `classes` are the words of the legend, `legend` its title."""

    areas: tuple[Area, ...]
    classes: tuple[str, ...]
    legend: str
    missing: str = "No figure"
    outline: str = ""
    """What a strong outline means, when some areas have one."""

    def __post_init__(self) -> None:
        if not 1 <= len(self.classes) <= 5:
            raise ValueError("A map needs one to five classes.")
        if any(area.place is not None and not 0 <= area.place < len(self.classes) for area in self.areas):
            raise ValueError("An area of the map stands in a class that the legend does not have.")
