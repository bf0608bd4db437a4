"""A commune and its surroundings as SVG, with a dot for each place of interest."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe

from territory import geometry
from territory.geometry import Mesh, Point, Projection
from territory.models import Commune

WIDTH = 480
TOLERANCE = 0.0006
# How much of the surroundings is shown, as a share of the commune's own size.
AROUND = 0.55
SMALLEST_DEGREES = 0.09
DAY = 24 * 3600
# Bump when the drawing changes: what was drawn before must not be served.
DRAWING = 1
APART = 56


@dataclass(frozen=True)
class Dot:
    """A place on the map; `label` is its number in the list beside it."""

    longitude: float
    latitude: float
    label: str
    title: str


@dataclass(frozen=True)
class _Ground:
    """What only a new loading of the contours changes."""

    paths: str
    frame: tuple[Point, ...]
    names: list[tuple[str, Point]]


def commune_map(commune: Commune, dots: Iterable[Dot] = ()) -> SafeString | None:
    """The commune among its neighbours, or None without contours."""
    ground = _kept(commune)
    if ground is None:
        return None
    projection = Projection(ground.frame, WIDTH, 0)
    drawn = []
    shown = [dot for dot in dots if _is_inside(dot, ground.frame)]
    for dot in shown:
        x, y = projection((dot.longitude, dot.latitude))
        drawn.append(
            f'<g class="local-dot"><title>{escape(dot.title)}</title>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{11 if dot.label else 6}"/>'
            f'<text x="{x:.1f}" y="{y + 4.5:.1f}">{escape(dot.label)}</text></g>'
        )
    names = "".join(
        f'<text class="local-name" x="{x:.1f}" y="{y:.1f}">{escape(name)}</text>'
        for name, (x, y) in _clear(ground.names, shown, projection)
    )
    places = f" {len(shown)} lieux de soins y sont marqués." if shown else ""
    return mark_safe(
        f'<svg class="local-map" viewBox="0 0 {WIDTH} {projection.height:g}" '
        f'role="img" aria-labelledby="carte-{commune.code}">'
        f'<title id="carte-{commune.code}">{escape(commune.name)} et ses communes '
        f"voisines.{places}</title>"
        f"{ground.paths}{names}{''.join(drawn)}</svg>"
    )


def _kept(commune: Commune) -> _Ground | None:
    """Drawn once for each loading of the Département."""
    loaded = commune.departement.loaded_at
    version = f"{loaded:%Y%m%d%H%M%S%f}" if loaded else "never"
    key = f"territory.local:{DRAWING}:{commune.code}:{version}"
    kept = cache.get(key)
    if kept is None:
        kept = (_draw(commune),)
        cache.set(key, kept, timeout=DAY)
    return kept[0]


def _draw(commune: Commune) -> _Ground | None:
    communes = (
        Commune.objects.open()
        .filter(departement_id=commune.departement_id)
        .exclude(contour=None)
        .only("code", "name", "contour", "longitude", "latitude", "population")
    )
    shapes = {place: geometry.rings(place.contour) for place in communes}
    ours = next((rings for place, rings in shapes.items() if place == commune), None)
    if not ours:
        return None
    frame = _frame([point for ring in ours for point in ring])
    near = {
        place.code: rings
        for place, rings in shapes.items()
        if _overlaps(_box([point for ring in rings for point in ring]), _box(frame))
    }
    projection = Projection(frame, WIDTH, 0)
    outlines = Mesh(near).outlines({code: code for code in near}, TOLERANCE)
    paths = "".join(
        f'<path class="local-{"here" if code == commune.code else "around"}" '
        f'd="{geometry.path(rings, projection)}"/>'
        # The commune itself last, its border over its neighbours'.
        for code, rings in sorted(
            outlines.items(), key=lambda one: (one[0] == commune.code, one[0])
        )
    )
    names = [
        (place.name, (place.longitude, place.latitude))
        for place in sorted(
            shapes, key=lambda one: (one != commune, -(one.population or 0))
        )
        if place.code in near and place.longitude is not None
    ]
    return _Ground(paths, frame, names)


def _frame(points: list[Point]) -> tuple[Point, ...]:
    """The commune's box with some of what is around it, never smaller than a walk."""
    west, south, east, north = _box(points)
    across = max(east - west, SMALLEST_DEGREES) * (1 + AROUND)
    up = max(north - south, SMALLEST_DEGREES * 0.7) * (1 + AROUND)
    # Neither a ribbon nor a tower: the page leaves it a square's room.
    across, up = max(across, up * 1.5), max(up, across * 0.55)
    middle, centre = (west + east) / 2, (south + north) / 2
    return (
        (middle - across / 2, centre - up / 2),
        (middle + across / 2, centre + up / 2),
    )


def _clear(names, dots: list[Dot], projection: Projection):
    """Names that stay inside and touch neither each other nor a dot."""
    taken = [projection((dot.longitude, dot.latitude)) for dot in dots]
    kept = []
    for name, point in names:
        x, y = projection(point)
        half = len(name) * 3.9
        inside = half < x < WIDTH - half and 14 < y < projection.height - 6
        free = all(
            abs(x - other_x) > half + 14 or abs(y - other_y) > 18
            for other_x, other_y in taken
        ) and all(
            abs(x - other_x) > half + APART or abs(y - other_y) > 18
            for _name, (other_x, other_y) in kept
        )
        if inside and free:
            kept.append((name, (x, y)))
    return kept


def _box(points) -> tuple[float, float, float, float]:
    longitudes, latitudes = zip(*points, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _overlaps(one, other) -> bool:
    return (
        one[0] < other[2]
        and other[0] < one[2]
        and one[1] < other[3]
        and other[1] < one[3]
    )


def _is_inside(dot: Dot, frame: tuple[Point, ...]) -> bool:
    (west, south), (east, north) = frame
    return west < dot.longitude < east and south < dot.latitude < north
