"""Outlines as a mesh of arcs, each drawn once and shared by its two neighbours.

Simplifying shape by shape opens slivers between communes; simplifying the arcs they
share does not. Pure: points in, points out.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from itertools import pairwise
from math import cos, hypot, radians

Point = tuple[float, float]
Arc = tuple[Point, ...]


class Projection:
    """Degrees to drawing units: true distances around one latitude, north up."""

    def __init__(self, points: Iterable[Point], width: float, margin: float):
        longitudes, latitudes = zip(*points, strict=True)
        self._west, self._north = min(longitudes), max(latitudes)
        south = min(latitudes)
        self._squeeze = cos(radians((south + self._north) / 2))
        across = (max(longitudes) - self._west) * self._squeeze or 1
        self._margin = margin
        self._scale = (width - 2 * margin) / across
        self.width = width
        self.height = round((self._north - south) * self._scale + 2 * margin, 1)

    def __call__(self, point: Point) -> Point:
        longitude, latitude = point
        return (
            (longitude - self._west) * self._squeeze * self._scale + self._margin,
            (self._north - latitude) * self._scale + self._margin,
        )


def rings(geometry: dict) -> list[Arc]:
    """The closed lines of a GeoJSON polygon, first point not repeated."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    found = []
    for polygon in polygons:
        for ring in polygon:
            points = []
            for longitude, latitude, *_ in ring:
                point = (round(longitude, 5), round(latitude, 5))
                if not points or points[-1] != point:
                    points.append(point)
            if len(points) > 1 and points[0] == points[-1]:
                points.pop()
            if len(points) > 2:
                found.append(tuple(points))
    return found


class Mesh:
    """Shapes cut into the arcs they share, so that both sides simplify alike."""

    def __init__(self, shapes: dict[Hashable, list[Arc]]):
        junctions = _junctions(shapes)
        self._directed: list[tuple[Hashable, Arc]] = []
        owners = defaultdict(list)
        for name, outline in shapes.items():
            for ring in outline:
                for arc in _cut(ring, junctions):
                    self._directed.append((name, arc))
                    owners[_undirected(arc)].append(name)
        self._owners: dict[Arc, list[Hashable]] = dict(owners)

    def lines(self, belongs, tolerance: float) -> list[Arc]:
        """The arcs, once each, whose owners (one outside, else two) fit `belongs`."""
        arcs = [arc for arc, owners in self._owners.items() if belongs(owners)]
        return chain((simplify(arc, tolerance) for arc in arcs), either_way=True)

    def border_lengths(self, group_of: dict) -> dict[frozenset, float]:
        """How long each pair of neighbouring groups touch."""
        lengths = defaultdict(float)
        for arc, owners in self._owners.items():
            pair = frozenset(group_of[name] for name in owners)
            if len(pair) == 2:
                lengths[pair] += _length(arc)
        return dict(lengths)

    def outlines(self, group_of: dict, tolerance: float) -> dict[Hashable, list[Arc]]:
        """The outer rings of each group of shapes, holes included."""
        borders = defaultdict(list)
        for name, arc in self._directed:
            group = group_of[name]
            key = _undirected(arc)
            if [group_of[owner] for owner in self._owners[key]].count(group) == 1:
                drawn = simplify(key, tolerance)
                borders[group].append(drawn if key == arc else drawn[::-1])
        return {group: chain(arcs) for group, arcs in borders.items()}


def chain(arcs: Iterable[Arc], *, either_way: bool = False) -> list[Arc]:
    """Put arcs end to end into rings, or lines where they stop."""
    arcs = list(arcs)
    starting = defaultdict(list)
    for index, arc in enumerate(arcs):
        starting[arc[0]].append((index, arc))
        if either_way:
            starting[arc[-1]].append((index, arc[::-1]))
    used = set()

    def follow(line: list[Point]) -> None:
        while line[-1] != line[0]:
            following = next(
                (step for step in starting[line[-1]] if step[0] not in used), None
            )
            if following is None:
                return
            used.add(following[0])
            line.extend(following[1][1:])

    chained = []
    for index, arc in enumerate(arcs):
        if index in used:
            continue
        used.add(index)
        line = list(arc)
        follow(line)
        if either_way and line[-1] != line[0]:
            line.reverse()
            follow(line)
        chained.append(tuple(line))
    return chained


def simplify(line: Arc, tolerance: float) -> Arc:
    """Douglas and Peucker's: drop the points that stray less than the tolerance."""
    if len(line) < 3:
        return line
    if line[0] == line[-1]:
        far = max(range(len(line)), key=lambda index: _distance(line[0], line[index]))
        halves = simplify(line[: far + 1], tolerance), simplify(line[far:], tolerance)
        return (*halves[0], *halves[1][1:])
    kept = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        worst, astray = None, tolerance
        for index in range(first + 1, last):
            distance = _from_segment(line[index], line[first], line[last])
            if distance > astray:
                worst, astray = index, distance
        if worst is not None:
            kept.add(worst)
            spans += [(first, worst), (worst, last)]
    return tuple(line[index] for index in sorted(kept))


def two_colours(borders: dict[frozenset, float], names: Iterable) -> dict:
    """0 or 1 for each name, so that neighbours with a long border differ.

    Two colours cannot part every pair; the shortest borders give way. Greedy from
    the longest border, then each name changes side as long as that gains.
    """
    around = defaultdict(dict)
    for pair, length in borders.items():
        first, second = pair
        around[first][second] = around[second][first] = length
    ordered = sorted(names, key=lambda name: (-sum(around[name].values()), str(name)))
    colours = {}

    def cost(name, colour):
        return sum(
            length
            for other, length in around[name].items()
            if colours.get(other) == colour
        )

    for name in ordered:
        colours[name] = int(cost(name, 1) < cost(name, 0))
    for _ in ordered:
        moved = False
        for name in ordered:
            colour = colours[name]
            if cost(name, 1 - colour) < cost(name, colour):
                colours[name] = 1 - colour
                moved = True
        if not moved:
            break
    return colours


def path(lines: Iterable[Arc], projection: Projection) -> str:
    """The `d` of an SVG path, to a tenth of a unit, each step relative to the last."""
    parts = []
    for line in lines:
        closed = line[0] == line[-1] and len(line) > 3
        points = [_tenths(projection(point)) for point in line]
        here = points[0]
        parts.append(f"M{_decimal(here[0])} {_decimal(here[1])}l")
        steps = []
        for point in points[1 : -1 if closed else None]:
            if point == here:
                continue
            steps.append(
                f"{_decimal(point[0] - here[0])} {_decimal(point[1] - here[1])}"
            )
            here = point
        if not steps:
            parts.pop()
            continue
        parts.append(" ".join(steps).replace(" -", "-"))
        if closed:
            parts.append("z")
    return "".join(parts)


def _junctions(shapes: dict[Hashable, list[Arc]]) -> set[Point]:
    """Points where more than two borders meet: the ends of the arcs."""
    neighbours = defaultdict(set)
    for outline in shapes.values():
        for ring in outline:
            for here, there in zip(ring, ring[1:] + ring[:1], strict=True):
                neighbours[here].add(there)
                neighbours[there].add(here)
    return {point for point, others in neighbours.items() if len(others) != 2}


def _cut(ring: Arc, junctions: set[Point]) -> Iterable[Arc]:
    cuts = [index for index, point in enumerate(ring) if point in junctions]
    if not cuts:
        # An island or an enclave: both sides must start at the same point.
        start = ring.index(min(ring))
        yield (*ring[start:], *ring[: start + 1])
        return
    doubled = ring + ring
    for first, last in zip(cuts, [*cuts[1:], cuts[0] + len(ring)], strict=True):
        yield doubled[first : last + 1]


def _undirected(arc: Arc) -> Arc:
    return min(arc, arc[::-1])


def _length(line: Arc) -> float:
    return sum(_distance(a, b) for a, b in pairwise(line))


def _distance(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def _from_segment(point: Point, start: Point, end: Point) -> float:
    across, up = end[0] - start[0], end[1] - start[1]
    length = across * across + up * up
    if not length:
        return _distance(point, start)
    along = ((point[0] - start[0]) * across + (point[1] - start[1]) * up) / length
    along = min(1, max(0, along))
    return _distance(point, (start[0] + along * across, start[1] + along * up))


def _tenths(point: Point) -> tuple[int, int]:
    return round(point[0] * 10), round(point[1] * 10)


def _decimal(tenths: int) -> str:
    """« -.4 » rather than « -0.4 »: half the bytes of a map are zeros and points."""
    whole, part = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    text = f"{whole or ''}.{part}" if part else str(whole)
    return sign + text
