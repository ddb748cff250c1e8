"""Whether areas fit together: the ground that two of them claim, and the holes that none of them covers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MOST_AREAS: Final = 5_000
_THOUSANDTHS: Final = 1_000


@dataclass(frozen=True)
class Coverage:
    """Shares of the whole ground in thousandths: claimed twice, and enclosed but claimed by none."""

    overlap: int
    holes: int


def coverage_of(geometries: Sequence[str]) -> Coverage | None:
    """Measure the overlaps and holes of areas given as GeoJSON texts; None for more areas than can be compared."""
    if len(geometries) > MOST_AREAS:
        return None
    import shapely

    shapes = shapely.make_valid(shapely.from_geojson(list(geometries)))
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = one < other
    overlap = shapely.area(shapely.intersection(shapes[one[pairs]], shapes[other[pairs]])).sum()
    # Corners that lie within a centimetre are one, else a hairline would open a hole.
    whole = shapely.union_all(shapes, grid_size=1e-7)
    ground = shapely.area(whole)
    outlines = [shapely.Polygon(part.exterior) for part in shapely.get_parts(whole) if part.geom_type == "Polygon"]
    holes = shapely.area(shapely.union_all(outlines)) - ground
    return Coverage(round(overlap / ground * _THOUSANDTHS), round(holes / ground * _THOUSANDTHS))
