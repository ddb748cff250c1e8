"""Points of the national grid (OSGB36, eastings and northings) as longitude and latitude (WGS84), and back.

Source: Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes B and C. Good to some 5 metres.
"""

import math
from typing import Final

# Airy 1830, and the national grid: scale and true origin.
_A, _B = 6_377_563.396, 6_356_256.909
_F0, _LAT0, _LON0, _E0, _N0 = 0.9996012717, math.radians(49), math.radians(-2), 400_000.0, -100_000.0
# From OSGB36 to WGS84: metres, parts per million, seconds of arc.
_SHIFT: Final = (446.448, -125.157, 542.060)
_SCALE: Final = -20.4894e-6
_TURN: Final = tuple(math.radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
_WGS_A, _WGS_B = 6_378_137.0, 6_356_752.3142


def to_grid(longitude: float, latitude: float) -> tuple[float, float]:
    """Return easting and northing (OSGB36, metres) of a point in degrees (WGS84), to some 5 metres."""
    x, y, z = _cartesian(math.radians(latitude), math.radians(longitude), (_WGS_A, _WGS_B))
    (tx, ty, tz), (rx, ry, rz), s = _SHIFT, _TURN, 1 - _SCALE
    # Annex B: the same seven numbers with their signs turned lead back, to millimetres.
    x, y, z = -tx + s * x + rz * y - ry * z, -ty - rz * x + s * y + rx * z, -tz + ry * x - rx * y + s * z
    return _projected(*_geodetic(x, y, z, (_A, _B)))


def grid_reference(easting: float, northing: float) -> str:
    """Return the reference of the square of 100 metres that a point lies in, such as `SK 587 043`.

    Source: Ordnance Survey, "Using the National Grid": two letters for 100 km, then hundreds of metres east and north.
    Raises ValueError beyond the grid.
    """
    east, north = int(easting // 100_000), int(northing // 100_000)
    if not (0 <= east < 7 and 0 <= north < 13):
        raise ValueError(f"Easting {easting:.0f}, northing {northing:.0f} lie beyond the national grid.")
    letters = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
    # Squares of 500 km run A to Z without I from the north-west; the origin of the grid is the south-west of S.
    first = letters[(3 - north // 5) * 5 + 2 + east // 5]
    second = letters[(4 - north % 5) * 5 + east % 5]
    return f"{first}{second} {int(easting % 100_000 // 100):03} {int(northing % 100_000 // 100):03}"


def to_degrees(easting: float, northing: float) -> tuple[float, float]:
    """Return longitude and latitude (WGS84) of a point of the national grid (OSGB36), to some 5 metres."""
    latitude, longitude = _airy(easting, northing)
    return _shifted(latitude, longitude)


def _airy(easting: float, northing: float) -> tuple[float, float]:
    """Annex C, "Converting eastings and northings to latitude and longitude": radians on the Airy ellipsoid."""
    latitude = _LAT0 + (northing - _N0) / (_A * _F0)
    left = northing - _N0 - _meridian(latitude)
    # To a thousandth of a millimetre; the annex stops at a hundredth of one.
    while abs(left) > 1e-6:
        latitude += left / (_A * _F0)
        left = northing - _N0 - _meridian(latitude)
    e2 = 1 - (_B / _A) ** 2
    sine2 = math.sin(latitude) ** 2
    nu = _A * _F0 / math.sqrt(1 - e2 * sine2)
    rho = _A * _F0 * (1 - e2) / (1 - e2 * sine2) ** 1.5
    eta2, t, secant, d = nu / rho - 1, math.tan(latitude), 1 / math.cos(latitude), easting - _E0
    vii = t / (2 * rho * nu)
    viii = t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2)
    ix = t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4)
    x = secant / nu
    xi = secant / (6 * nu**3) * (nu / rho + 2 * t**2)
    xii = secant / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4)
    xiia = secant / (5040 * nu**7) * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6)
    return latitude - vii * d**2 + viii * d**4 - ix * d**6, _LON0 + x * d - xi * d**3 + xii * d**5 - xiia * d**7


def _meridian(latitude: float) -> float:
    n = (_A - _B) / (_A + _B)
    less, more = latitude - _LAT0, latitude + _LAT0
    return (
        _B
        * _F0
        * (
            (1 + n + 1.25 * n**2 + 1.25 * n**3) * less
            - (3 * n + 3 * n**2 + 2.625 * n**3) * math.sin(less) * math.cos(more)
            + (1.875 * n**2 + 1.875 * n**3) * math.sin(2 * less) * math.cos(2 * more)
            - 35 / 24 * n**3 * math.sin(3 * less) * math.cos(3 * more)
        )
    )


def _projected(latitude: float, longitude: float) -> tuple[float, float]:
    """Annex C, "Converting latitude and longitude to eastings and northings": radians on the Airy ellipsoid."""
    e2 = 1 - (_B / _A) ** 2
    sine2 = math.sin(latitude) ** 2
    nu = _A * _F0 / math.sqrt(1 - e2 * sine2)
    rho = _A * _F0 * (1 - e2) / (1 - e2 * sine2) ** 1.5
    eta2, t2, sine, cosine = nu / rho - 1, math.tan(latitude) ** 2, math.sin(latitude), math.cos(latitude)
    ii = nu / 2 * sine * cosine
    iii = nu / 24 * sine * cosine**3 * (5 - t2 + 9 * eta2)
    iiia = nu / 720 * sine * cosine**5 * (61 - 58 * t2 + t2**2)
    v = nu / 6 * cosine**3 * (nu / rho - t2)
    vi = nu / 120 * cosine**5 * (5 - 18 * t2 + t2**2 + 14 * eta2 - 58 * t2 * eta2)
    d = longitude - _LON0
    northing = _meridian(latitude) + _N0 + ii * d**2 + iii * d**4 + iiia * d**6
    return _E0 + nu * cosine * d + v * d**3 + vi * d**5, northing


def _cartesian(latitude: float, longitude: float, axes: tuple[float, float]) -> tuple[float, float, float]:
    """Annex B.1: radians on an ellipsoid, at height 0, to metres."""
    e2 = 1 - (axes[1] / axes[0]) ** 2
    nu = axes[0] / math.sqrt(1 - e2 * math.sin(latitude) ** 2)
    x, y = (nu * math.cos(latitude) * turn(longitude) for turn in (math.cos, math.sin))
    return x, y, (1 - e2) * nu * math.sin(latitude)


def _geodetic(x: float, y: float, z: float, axes: tuple[float, float]) -> tuple[float, float]:
    """Annex B.2: metres to latitude and longitude on an ellipsoid, radians."""
    e2 = 1 - (axes[1] / axes[0]) ** 2
    p = math.hypot(x, y)
    latitude = math.atan2(z, p * (1 - e2))
    for _ in range(5):
        nu = axes[0] / math.sqrt(1 - e2 * math.sin(latitude) ** 2)
        latitude = math.atan2(z + e2 * nu * math.sin(latitude), p)
    return latitude, math.atan2(y, x)


def _shifted(latitude: float, longitude: float) -> tuple[float, float]:
    """Annex B: through Cartesian coordinates from the Airy ellipsoid to WGS84; degrees."""
    x, y, z = _cartesian(latitude, longitude, (_A, _B))
    (tx, ty, tz), (rx, ry, rz), s = _SHIFT, _TURN, 1 + _SCALE
    x, y, z = tx + s * x - rz * y + ry * z, ty + rz * x + s * y - rx * z, tz - ry * x + rx * y + s * z
    latitude, longitude = _geodetic(x, y, z, (_WGS_A, _WGS_B))
    return math.degrees(longitude), math.degrees(latitude)
