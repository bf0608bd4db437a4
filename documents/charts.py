"""Vega-Lite specifications drawn as SVG in the portal's own look.

The drawing carries classes where the specification had the colours of the light
scheme, so the page's style sheet decides and one drawing serves both schemes.
"""

import hashlib
import re
import tempfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import vl_convert
from django.conf import settings
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from territory.theme import DATA

SVG = "http://www.w3.org/2000/svg"
FONT = settings.BASE_DIR.joinpath(
    "node_modules/@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2"
)
FALLBACK_FONT = "DejaVu Sans"

NUMBERS = {
    "decimal": ",",
    "thousands": "\u00a0",
    "grouping": [3],
    "currency": ["", "\u00a0€"],
    "percent": "\u00a0%",
}
DATES = {
    "dateTime": "%A %e %B %Y à %X",
    "date": "%d/%m/%Y",
    "time": "%H:%M:%S",
    "periods": ["", ""],
    "days": ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
    "shortDays": ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
    "months": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "shortMonths": [
        "janv.",
        "févr.",
        "mars",
        "avr.",
        "mai",
        "juin",
        "juil.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ],
}

PALETTE = DATA["light"]
CATEGORIES, SEQUENCE = list(PALETTE["cat"]), list(PALETTE["seq"])
# The words on and around a chart do not follow the brand either: these stand for
# the page's ink until the classes take over.
INK, INK_SOFT, SURFACE = "#251a22", "#5b4e57", "#ffffff"
GRID = PALETTE["grid"]

CONFIG = {
    "background": None,
    "padding": 4,
    "autosize": {"type": "fit-x", "contains": "padding"},
    "view": {"stroke": None, "continuousWidth": 520, "continuousHeight": 300},
    "axis": {
        "labelColor": INK_SOFT,
        "titleColor": INK_SOFT,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": 400,
        "labelPadding": 6,
        "grid": True,
        "gridColor": GRID,
        "domain": False,
        "ticks": False,
        "tickCount": 5,
    },
    "axisX": {"grid": False, "domain": True, "domainColor": INK_SOFT},
    # A turned title runs into the labels once on paper.
    "axisY": {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end"},
    "axisBand": {"grid": False, "domain": False},
    "legend": {
        "labelColor": INK,
        "titleColor": INK_SOFT,
        "labelFontSize": 14,
        "titleFontSize": 13,
        "titleFontWeight": 400,
        "orient": "top",
        "symbolType": "square",
        "symbolSize": 180,
    },
    "line": {"strokeWidth": 3, "strokeJoin": "round", "strokeCap": "round"},
    "bar": {"fill": CATEGORIES[0]},
    "area": {"opacity": 0.18, "fill": CATEGORIES[0]},
    "point": {"filled": True, "size": 70, "stroke": SURFACE, "strokeWidth": 1.5},
    "rule": {"color": INK_SOFT, "strokeDash": [3, 4]},
    "text": {"fontSize": 14, "color": INK},
    "geoshape": {"stroke": SURFACE, "strokeWidth": 0.6},
    "range": {
        "category": CATEGORIES,
        "ordinal": SEQUENCE,
        "ramp": SEQUENCE,
        "heatmap": SEQUENCE,
        "diverging": list(PALETTE["div"]),
    },
}

CHART = re.compile(r'<svg [^>]*class="chart"[^>]*>')


def draw(spec: dict, *, title: str, description: str, width: int = 560) -> str:
    """The chart as an SVG element to be put in a page or a PDF.

    The title says the finding, the description what is measured and where the
    table stands. Draw a second one, 344 wide, for telephones.
    """
    config = CONFIG | {"font": _font()} | spec.get("config", {})
    spec = {"width": width, **spec, "config": config}
    drawn = vl_convert.vegalite_to_svg(
        spec,
        allowed_base_urls=[],  # The data is in the specification, never fetched.
        format_locale=NUMBERS,
        time_format_locale=DATES,
    )
    return _dress(drawn, title=title, description=description)


def for_paper(html: str, *, colours: dict[str, str]) -> str:
    """The same charts with their colours inside: a PDF has no theme sheet."""
    rules = f'text{{font-family:Figtree,"{FALLBACK_FONT}",sans-serif}}' + "".join(
        f".{name}{{fill:{colours[name]}}}.{name}-line{{stroke:{colours[name]}}}"
        for name in _class_names().values()
    )
    return CHART.sub(rf"\g<0><style>{rules}</style>", html)


@cache
def _font() -> str:
    """The font's name, once the renderer can measure text with it."""
    if not FONT.exists():
        return FALLBACK_FONT
    folder = Path(tempfile.mkdtemp(prefix="fonts-"))
    font = TTFont(FONT)
    font.flavor = None
    regular = instancer.instantiateVariableFont(font, {"wght": 400})
    for record in regular["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = "Figtree"
    regular.save(folder / "figtree.ttf")
    vl_convert.register_font_directory(str(folder))
    return "Figtree"


@cache
def _class_names() -> dict[str, str]:
    names = {INK: "ink", INK_SOFT: "ink-soft", SURFACE: "surface", GRID: "grid"}
    for palette in ("seq", "div", "cat"):
        for step, colour in enumerate(PALETTE[palette], 1):
            names[colour] = f"{palette}-{step}"
    return names


def _dress(drawn: str, *, title: str, description: str) -> str:
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(drawn)  # noqa: S314 our own renderer wrote it
    key = hashlib.sha256(f"{title}{drawn}".encode()).hexdigest()[:10]
    for element in root.iter():
        _speak_no_english(element)
        _colour_by_class(element)
        element.attrib.pop("font-family", None)  # The page's own.
    _remove_hidden(root)
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    root.set("class", "chart")
    root.set("role", "img")
    root.set("aria-labelledby", f"chart-{key}-title chart-{key}-desc")
    for position, (tag, text) in enumerate((("title", title), ("desc", description))):
        said = ElementTree.Element(f"{{{SVG}}}{tag}", id=f"chart-{key}-{tag}")
        said.text = text
        root.insert(position, said)
    svg = ElementTree.tostring(root, encoding="unicode", short_empty_elements=True)
    return re.sub(r"(\d+\.\d{2})\d+", r"\1", svg)


def _speak_no_english(element) -> None:
    """The whole is one image with a French title; its parts say nothing.

    What the renderer writes for each mark is English, and longer than the drawing.
    """
    for name in ("role", "aria-label", "aria-roledescription", "aria-hidden", "class"):
        element.attrib.pop(name, None)


def _colour_by_class(element) -> None:
    names = _class_names()
    classes = []
    for attribute, suffix in (("fill", ""), ("stroke", "-line")):
        colour = element.get(attribute, "").lower()
        if colour in names:
            del element.attrib[attribute]
            classes.append(names[colour] + suffix)
    if classes:
        element.set("class", " ".join(classes))


def _remove_hidden(element) -> None:
    for child in list(element):
        if child.get("display") == "none":
            element.remove(child)
        else:
            _remove_hidden(child)
