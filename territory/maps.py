"""Maps of a Département as SVG: classes only, so that one drawing serves each theme."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe

from territory import geometry, treemaps
from territory.geometry import Mesh, Projection
from territory.models import Commune, Departement

# Degrees: some hundred metres for what is filled, twice that for the hairlines
# between communes, which are half the weight of the drawing.
LIMIT_TOLERANCE = 0.001
HAIRLINE_TOLERANCE = 0.002
DAY = 24 * 3600
# Bump when the drawing changes: what was drawn before must not be served.
DRAWING = 1


@dataclass(frozen=True)
class Pin:
    """A borne on the map: how many places of a commune are concerned."""

    commune: Commune
    count: int


@dataclass(frozen=True)
class _Style:
    """Sizes in drawing units; the narrow render keeps its text above 12 pixels."""

    width: int
    margin: int
    towns: int
    letter: int
    pin: float


_WIDE = _Style(width=720, margin=16, towns=7, letter=15, pin=0.55)
_NARROW = _Style(width=344, margin=10, towns=4, letter=13, pin=0.5)


@dataclass(frozen=True)
class _Base:
    """The part of a map that only a new loading changes."""

    paths: str
    projection: Projection
    towns: list[tuple[str, geometry.Point]]
    communes: int
    groups: int


def departement_map(
    departement: Departement, *, pins: Iterable[Pin] = (), wide: bool = True
) -> SafeString | None:
    """The outline with its communes and intercommunalités, or None without contours."""
    style = _WIDE if wide else _NARROW
    base = _kept("map", departement, wide, lambda: _draw(departement, style))
    if base is None:
        return None
    pins = [pin for pin in pins if pin.commune.longitude is not None]
    placed = [
        (pin, base.projection((pin.commune.longitude, pin.commune.latitude)))
        for pin in pins
    ]
    labels = _labels(base, placed, style)
    markers = "".join(_pin(pin, point, style) for pin, point in placed)
    return _svg(
        identifier=f"carte-{departement.code}{'' if wide else '-etroite'}",
        css="map" if wide else "map map-narrow",
        size=(base.projection.width, base.projection.height),
        title=f"Carte du Département {departement.with_de}",
        description=_description(base, pins),
        content=base.paths + markers + labels,
    )


def treemap(departement: Departement, *, wide: bool = True) -> SafeString | None:
    """Communes as rectangles by population within their intercommunalité.

    Area is people, where a map shows land. None without any population.
    """
    style = _WIDE if wide else _NARROW

    def draw():
        communes = (
            Commune.objects.open()
            .in_departement(departement.code)
            .filter(population__gt=0)
            .select_related("intercommunality")
            .only("name", "population", "intercommunality__name")
            .order_by("-population", "sort_key")
        )
        groups: dict[str, list[tuple[str, int]]] = {}
        for commune in communes:
            group = commune.intercommunality
            label = group.short_name if group else "Sans intercommunalité"
            groups.setdefault(label, []).append((commune.name, commune.population))
        return treemaps.draw(groups, width=style.width, letter=style.letter)

    drawn = _kept("treemap", departement, wide, draw)
    if drawn is None:
        return None
    return _svg(
        identifier=f"mosaique-{departement.code}{'' if wide else '-etroite'}",
        css="map treemap" if wide else "map treemap map-narrow",
        size=drawn.size,
        title=f"Les habitants {departement.with_de}, commune par commune",
        description=drawn.description,
        content=drawn.content,
    )


def _kept(kind: str, departement: Departement, wide: bool, draw):
    """Draw once for each loading of the data."""
    loaded = departement.loaded_at
    version = f"{loaded:%Y%m%d%H%M%S%f}" if loaded else "never"
    key = f"territory.{kind}:{DRAWING}:{departement.code}:{version}:{wide:d}"
    kept = cache.get(key)
    if kept is None:
        kept = (draw(),)
        cache.set(key, kept, timeout=DAY)
    return kept[0]


def _draw(departement: Departement, style: _Style) -> _Base | None:
    communes = list(
        Commune.objects.open()
        .in_departement(departement.code)
        .exclude(contour=None)
        .only(
            "code",
            "name",
            "contour",
            "population",
            "longitude",
            "latitude",
            "intercommunality_id",
        )
        .order_by("code")
    )
    shapes = {commune.code: geometry.rings(commune.contour) for commune in communes}
    points = [point for rings in shapes.values() for ring in rings for point in ring]
    if not points:
        return None
    group_of = {commune.code: commune.intercommunality_id or 0 for commune in communes}
    mesh = Mesh(shapes)
    projection = Projection(points, style.width, style.margin)
    colours = geometry.two_colours(
        mesh.border_lengths(group_of), set(group_of.values())
    )

    def is_outer(owners):
        return len(owners) == 1

    def parts_communes(owners):
        """Within one intercommunalité: the others are the edges of the fills."""
        return len(owners) > 1 and len({group_of[owner] for owner in owners}) == 1

    outlines = sorted(mesh.outlines(group_of, LIMIT_TOLERANCE).items())
    fills = "".join(
        _path(f"map-{colours[group] + 1}", rings, projection)
        for group, rings in outlines
    )
    hairlines = mesh.lines(parts_communes, HAIRLINE_TOLERANCE)
    limit = mesh.lines(is_outer, LIMIT_TOLERANCE)
    lines = _path("map-line", hairlines, projection) + _path(
        "map-limit", limit, projection
    )
    return _Base(
        paths=fills + lines,
        projection=projection,
        towns=_towns(communes, projection, style),
        communes=len(communes),
        groups=len(set(group_of.values()) - {0}),
    )


def _path(css: str, lines, projection: Projection) -> str:
    return f'<path class="{css}" d="{geometry.path(lines, projection)}"/>'


def _towns(communes, projection: Projection, style: _Style):
    """The most populated ones that stand clear of each other."""
    apart = style.letter * 5
    chosen = []
    for commune in sorted(communes, key=lambda one: -(one.population or 0)):
        if commune.longitude is None or not commune.population:
            continue
        x, y = projection((commune.longitude, commune.latitude))
        if all(
            abs(x - other_x) > apart or abs(y - other_y) > style.letter * 2.4
            for _, (other_x, other_y) in chosen
        ):
            chosen.append((commune.name, (x, y)))
        if len(chosen) == style.towns:
            break
    return chosen


def _labels(base: _Base, placed, style: _Style) -> str:
    """Names under the bornes and under the dots of the main towns."""
    drawn = []
    taken = []
    names = {pin.commune.name for pin, _ in placed}

    def is_free(x, y, text):
        half = len(text) * style.letter * 0.28
        box = (x - half, y - style.letter, x + half, y + 3)
        if any(
            box[0] < other[2]
            and other[0] < box[2]
            and box[1] < other[3]
            and other[1] < box[3]
            for other in taken
        ):
            return False
        taken.append(box)
        return True

    for _, (x, y) in placed:
        half = 24 * style.pin
        taken.append((x - half, y - 64 * style.pin, x + half, y))
    for rank, (name, (x, y)) in enumerate(base.towns):
        if name in names:
            continue
        below = y + style.letter + 3
        if is_free(x, below, name):
            minor = " map-label-minor" if rank > 2 else ""
            drawn.append(
                f'<circle class="map-town" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'
                + _text(name, x, below, f"map-label{minor}", base, style)
            )
    for pin, (x, y) in placed:
        below = y + style.letter
        if is_free(x, below, pin.commune.name):
            css = "map-label map-label-minor"
            drawn.append(_text(pin.commune.name, x, below, css, base, style))
    return "".join(drawn)


def _text(text: str, x: float, y: float, css: str, base: _Base, style: _Style) -> str:
    """A name, pushed back inside when it would leave the drawing."""
    half = len(text) * style.letter * 0.28
    x = min(max(x, half + 2), base.projection.width - half - 2)
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'


def _pin(pin: Pin, point: geometry.Point, style: _Style) -> str:
    """The borne, its foot on the place; the style sheet lets it grow on phones."""
    x, y = point
    return (
        f'<g transform="translate({x:.1f} {y:.1f}) scale({style.pin})">'
        '<g class="map-pin">'
        '<path class="map-pin-body" d="M-20 0V-40a20 20 0 0 1 40 0v40z"/>'
        '<path class="map-pin-cap" d="M-20-37v-3a20 20 0 0 1 40 0v3z"/>'
        f'<text class="map-pin-count" y="-10">{pin.count}</text>'
        "</g></g>"
    )


def _description(base: _Base, pins: list[Pin]) -> str:
    towns = ", ".join(name for name, _ in base.towns)
    sentences = [
        f"Le contour du Département, ses {base.communes} communes et ses "
        f"{base.groups} intercommunalités.",
        f"Principales villes : {towns}." if towns else "",
    ]
    if pins:
        counts = ", ".join(f"{pin.commune.name} ({pin.count})" for pin in pins)
        sentences.append(f"Bornes : {counts}.")
    return " ".join(sentence for sentence in sentences if sentence)


def _svg(*, identifier, css, size, title, description, content) -> SafeString:
    width, height = size
    return mark_safe(
        f'<svg class="{css}" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-labelledby="{identifier}-titre {identifier}-description">'
        f'<title id="{identifier}-titre">{escape(title)}</title>'
        f'<desc id="{identifier}-description">{escape(description)}</desc>'
        f"{content}</svg>"
    )
