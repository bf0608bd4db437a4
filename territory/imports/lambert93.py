"""Lambert-93 to degrees, by the IGN's published formulas (NTG 71, ALG0002, ALG0004).

Pure. WGS84 and RGF93 differ by less than a hair's breadth on a map.
"""

from dataclasses import dataclass
from math import atan, atan2, degrees, exp, hypot, log, pi, radians, sin


@dataclass(frozen=True)
class Cone:
    """A Lambert conformal projection: its exponent, constant, pole and meridian."""

    n: float
    c: float
    x_pole: float
    y_pole: float
    meridian: float  # radians
    eccentricity: float


LAMBERT_93 = Cone(
    n=0.7256077650532670,
    c=11754255.426096,
    x_pole=700000.0,
    y_pole=12655612.049876,
    meridian=radians(3),
    eccentricity=0.08181919106,
)
PRECISION = 1e-11


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude, to some ten centimetres."""
    longitude, latitude = unproject(x, y, LAMBERT_93)
    return round(degrees(longitude), 6), round(degrees(latitude), 6)


def unproject(x: float, y: float, cone: Cone) -> tuple[float, float]:
    """Algorithm ALG0004: from the plane to longitude and latitude, in radians."""
    east, south = x - cone.x_pole, cone.y_pole - y
    longitude = cone.meridian + atan2(east, south) / cone.n
    isometric = -log(hypot(east, south) / cone.c) / cone.n
    return longitude, latitude_of(isometric, cone.eccentricity)


def latitude_of(isometric: float, eccentricity: float) -> float:
    """Algorithm ALG0002: the latitude of an isometric latitude, by iteration."""
    latitude = 2 * atan(exp(isometric)) - pi / 2
    while True:
        drift = eccentricity * sin(latitude)
        stretch = ((1 + drift) / (1 - drift)) ** (eccentricity / 2)
        closer = 2 * atan(stretch * exp(isometric)) - pi / 2
        if abs(closer - latitude) < PRECISION:
            return closer
        latitude = closer
