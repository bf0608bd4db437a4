"""The colours of a Département, derived in OKLCH from its two own values.

Configuration holds a brand and an accent; everything else follows, in light and in
dark, so that a text stays legible whatever was typed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import atan2, cos, hypot, pi, sin
from urllib.parse import quote

DEFAULT_BRAND = "#5d2350"
DEFAULT_ACCENT = "#f6bb3b"

Tokens = dict[str, str]


@dataclass(frozen=True)
class Colour:
    """A colour as the eye orders them: lightness, chroma, hue in radians."""

    lightness: float
    chroma: float
    hue: float

    @classmethod
    def from_hex(cls, value: str) -> "Colour":
        red, green, blue = (_to_linear(channel) for channel in _channels(value))
        long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (
            1 / 3
        )
        medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (
            1 / 3
        )
        short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (
            1 / 3
        )
        lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
        a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
        b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
        return cls(lightness, hypot(a, b), atan2(b, a) % (2 * pi))

    def at(self, lightness: float, chroma: float) -> "Colour":
        """The same hue elsewhere."""
        return Colour(lightness, chroma, self.hue)

    def to_hex(self) -> str:
        """The nearest colour a screen can show, chroma giving way first."""
        if _is_displayable(self._linear()):
            return _hex(self._linear())
        low, high = 0.0, self.chroma
        for _ in range(24):
            middle = (low + high) / 2
            if _is_displayable(self.at(self.lightness, middle)._linear()):
                low = middle
            else:
                high = middle
        return _hex(self.at(self.lightness, low)._linear())

    def _linear(self) -> tuple[float, float, float]:
        a, b = self.chroma * cos(self.hue), self.chroma * sin(self.hue)
        long = (self.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        medium = (self.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (self.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        return (
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        )


# Neutrals: the brand's hue, a fixed lightness and chroma.
NEUTRALS = {
    "light": {
        "page": (0.985, 0.004),
        "sunken": (0.958, 0.008),
        "line": (0.895, 0.010),
        "line-strong": (0.595, 0.018),
        "ink": (0.235, 0.022),
        "ink-soft": (0.440, 0.022),
    },
    "dark": {
        "page": (0.185, 0.015),
        "surface": (0.225, 0.017),
        "raised": (0.265, 0.019),
        "sunken": (0.155, 0.013),
        "line": (0.345, 0.020),
        "line-strong": (0.620, 0.022),
        "ink": (0.950, 0.008),
        "ink-soft": (0.775, 0.014),
    },
}

# Brand colours: a lightness and the share of the brand's chroma they keep.
BRANDS = {
    "light": {
        "brand": (0.385, 1),
        "brand-hover": (0.31, 0.90),
        "brand-ink": (0.385, 1),
        "brand-tint": (0.945, 0.22),
        "brand-tint-2": (0.885, 0.42),
        "link": (0.48, 1),
        "hero": (0.385, 1),
        "hero-2": (0.31, 0.90),
        "map-1": (0.48, 1),
        "map-2": (0.435, 1),
        "map-line": (0.69, 0.85),
        "focus": (0.385, 1),
        "sky": (0.945, 0.22),
        "hill-1": (0.885, 0.42),
        "hill-2": (0.795, 0.62),
        "hill-3": (0.58, 1),
        "hill-4": (0.385, 1),
    },
    "dark": {
        "brand": (0.80, 0.75),
        "brand-hover": (0.87, 0.55),
        "brand-ink": (0.84, 0.62),
        "on-brand": (0.195, 0.60),
        "brand-tint": (0.30, 0.55),
        "brand-tint-2": (0.37, 0.66),
        "link": (0.82, 0.70),
        "hero": (0.265, 0.62),
        "hero-2": (0.226, 0.55),
        "map-1": (0.40, 0.80),
        "map-2": (0.36, 0.74),
        "map-line": (0.55, 0.80),
        "focus": (0.90, 0.40),
        "sky": (0.27, 0.60),
        "hill-1": (0.34, 0.70),
        "hill-2": (0.41, 0.80),
        "hill-3": (0.49, 0.90),
        "hill-4": (0.22, 0.60),
        "road": (0.80, 0.31),
    },
}

# What means something keeps its colour everywhere: a red brand alarms nobody.
STATES = {
    "light": {
        "success": ("#197037", "#045725", "#e9f7eb", "#a3c9aa"),
        "warning": ("#884d01", "#6a3a00", "#fef0e4", "#dbb697"),
        "danger": ("#a5292b", "#84171b", "#feeeed", "#edaaa4"),
        "info": ("#176297", "#034b79", "#e9f4fe", "#a1c2df"),
    },
    "dark": {
        "success": ("#83cb93", "#b0dfb8", "#1c3020", "#41684a"),
        "warning": ("#e9a76d", "#f4c7a1", "#382616", "#795535"),
        "danger": ("#ff958e", "#febfb9", "#401f1d", "#884844"),
        "info": ("#80bef3", "#add6fa", "#1b2c3a", "#40617e"),
    },
}
DATA = {
    "light": {
        "seq": ("#d6f0ea", "#96d0ca", "#51a3a5", "#1c6f7c", "#013d4f"),
        "div": ("#914006", "#de9c60", "#efede4", "#72b7b7", "#035a69"),
        "cat": ("#01596f", "#d16d23", "#b2719c", "#002a65", "#1d2700", "#5b4902"),
        "cat-2-text": "#a34a06",
        "grid": "#e3e1e3",
        "no-data": "#efedee",
        "no-data-line": "#8c868b",
    },
    "dark": {
        "seq": ("#1a3c48", "#1f626e", "#3d9095", "#76c1bc", "#c7f1e7"),
        "div": ("#f7ab64", "#ae6739", "#3f3d37", "#358189", "#8cd7d2"),
        "cat": ("#66b9cc", "#ed9c55", "#994c99", "#d1e9fe", "#46742b", "#f4e576"),
        "cat-2-text": "#ed9c55",
        "grid": "#3d363c",
        "no-data": "#2c262b",
        "no-data-line": "#8f878d",
    },
}

# What must be told apart: (sentence, foreground, background, ratio needed).
CONTRASTS = [
    ("Le texte sur la page", "ink", "page", 4.5),
    ("Le texte secondaire sur la page", "ink-soft", "page", 4.5),
    ("Le texte secondaire sur un fond creusé", "ink-soft", "sunken", 4.5),
    ("Le lien sur la page", "link", "page", 4.5),
    ("Le lien sur un fond creusé", "link", "sunken", 4.5),
    ("Le texte sur la couleur principale", "on-brand", "brand", 4.5),
    ("La couleur principale sur sa teinte", "brand-ink", "brand-tint", 4.5),
    ("Le texte sur l’accent", "accent-ink", "accent", 4.5),
    ("Le texte sur la teinte d’accent", "ink", "accent-tint", 4.5),
    ("Le texte blanc sur le bandeau", "white", "hero", 4.5),
    ("Le texte blanc sur le pied de page", "white", "hero-2", 4.5),
    ("Le texte blanc sur la carte", "white", "map-1", 4.5),
    ("Le bord des champs sur une fiche", "line-strong", "surface", 3),
    ("Le bord des champs sur la page", "line-strong", "page", 3),
    ("Le bord d’accent sur une fiche", "accent-line", "surface", 3),
    ("Le bord d’accent sur sa teinte", "accent-line", "accent-tint", 3),
    ("L’accent sur le bandeau", "accent", "hero", 3),
    ("Le contour de l’élément actif", "focus", "page", 3),
]


@lru_cache(maxsize=8)
def tokens(
    brand: str = DEFAULT_BRAND, accent: str = DEFAULT_ACCENT
) -> dict[str, Tokens]:
    """Every colour of both schemes, as hexadecimal values by token name."""
    brand_colour = Colour.from_hex(brand)
    brand_colour = brand_colour.at(0.385, min(brand_colour.chroma, 0.16))
    accent_colour = Colour.from_hex(accent)
    own = accent_colour.chroma
    shown = accent_colour.at(min(max(accent_colour.lightness, 0.80), 0.88), own)
    if 0.80 <= accent_colour.lightness <= 0.88:
        accent_hex = accent.lower()
    else:
        accent_hex = shown.to_hex()

    schemes: dict[str, Tokens] = {
        "light": {
            "surface": "#ffffff",
            "raised": "#ffffff",
            "on-brand": "#ffffff",
            "accent": accent_hex,
            "accent-ink": shown.at(0.27, own).to_hex(),
            "accent-tint": shown.at(0.955, min(own, 0.055)).to_hex(),
            "accent-line": shown.at(0.55, min(own, 0.112)).to_hex(),
            "focus-halo": accent_hex,
        },
        "dark": {
            "accent": accent_hex,
            "accent-ink": shown.at(0.24, own).to_hex(),
            "accent-tint": shown.at(0.31, min(own, 0.050)).to_hex(),
            "accent-line": shown.at(0.72, min(own, 0.130)).to_hex(),
            "focus-halo": shown.at(0.84, own).to_hex(),
        },
    }
    for name, scheme in schemes.items():
        for token, (lightness, chroma) in NEUTRALS[name].items():
            scheme[token] = brand_colour.at(lightness, chroma).to_hex()
        for token, (lightness, share) in BRANDS[name].items():
            chroma = brand_colour.chroma * share
            scheme[token] = brand_colour.at(lightness, chroma).to_hex()
        scheme.update(_fixed(name))
    schemes["light"]["road"] = schemes["light"]["page"]
    return schemes


def stylesheet(brand: str = DEFAULT_BRAND, accent: str = DEFAULT_ACCENT) -> str:
    """The custom properties of both schemes; paper is always light."""
    schemes = tokens(brand, accent)
    light, dark = _declarations(schemes["light"]), _declarations(schemes["dark"])
    return (
        f":root{{color-scheme:light;{light}}}\n"
        "@media screen and (prefers-color-scheme:dark){"
        f':root:not([data-bs-theme="light"]){{color-scheme:dark;{dark}}}}}\n'
        f'@media screen{{:root[data-bs-theme="dark"]{{color-scheme:dark;{dark}}}}}\n'
    )


def sample_stylesheet(brand: str, accent: str) -> str:
    """The same properties for two parts of one page, one in each scheme."""
    schemes = tokens(brand, accent)
    return "".join(
        f".theme-{name}{{color-scheme:{name};{_declarations(schemes[name])}"
        "background:var(--bd-page);color:var(--bd-ink)}"
        # Headings take their colour from the page around the part.
        f".theme-{name} :is(h2,h3){{color:inherit}}\n"
        for name in ("light", "dark")
    )


def contrast_failures(brand: str, accent: str) -> list[str]:
    """What these two colours would make hard to read, in sentences."""
    failures = []
    for scheme, suffix in (("light", ""), ("dark", ", en affichage sombre,")):
        values = {**tokens(brand, accent)[scheme], "white": "#ffffff"}
        for sentence, foreground, background, needed in CONTRASTS:
            ratio = contrast(values[foreground], values[background])
            if ratio < needed:
                failures.append(
                    f"{sentence}{suffix} est trop peu contrasté "
                    f"({_number(ratio)} pour {_number(needed)} demandés)."
                )
    return failures


def contrast(foreground: str, background: str) -> float:
    """WCAG ratio of two colours, from 1 to 21."""
    first, second = _luminance(foreground), _luminance(background)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def _fixed(scheme: str) -> Tokens:
    fixed = {}
    for state, (solid, ink, tint, line) in STATES[scheme].items():
        fixed |= {
            state: solid,
            f"{state}-ink": ink,
            f"{state}-tint": tint,
            f"{state}-line": line,
        }
    for name, value in DATA[scheme].items():
        if isinstance(value, str):
            fixed[name] = value
        else:
            fixed |= {f"{name}-{i}": colour for i, colour in enumerate(value, 1)}
    return fixed


def _declarations(scheme: Tokens) -> str:
    colours = "".join(f"--bd-{name}:{value};" for name, value in scheme.items())
    return colours + "".join(_glyphs(scheme))


def _glyphs(scheme: Tokens) -> Iterator[str]:
    """Drawings inside native controls: a background image cannot inherit a colour."""
    on_brand, soft = scheme["on-brand"], scheme["ink-soft"]
    for name, box, shape in (
        (
            "tick",
            20,
            f'<path fill="none" stroke="{on_brand}" stroke-linecap="round" '
            'stroke-linejoin="round" stroke-width="3" d="m5 10 4 4 7-8"/>',
        ),
        ("dot", 8, f'<circle r="2" cx="4" cy="4" fill="{on_brand}"/>'),
        (
            "chevron",
            16,
            f'<path fill="none" stroke="{soft}" stroke-linecap="round" '
            'stroke-linejoin="round" stroke-width="1.6" d="m4 6 4 4 4-4"/>',
        ),
    ):
        image = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box} {box}">'
            f"{shape}</svg>"
        )
        yield f'--bd-{name}:url("data:image/svg+xml,{quote(image)}");'


def _channels(value: str) -> tuple[float, float, float]:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValueError(f"“{value}” is not a colour such as #5d2350.")
    return tuple(int(value[i : i + 2], 16) / 255 for i in (1, 3, 5))


def _to_linear(channel: float) -> float:
    if channel <= 0.04045:
        return channel / 12.92
    return ((channel + 0.055) / 1.055) ** 2.4


def _to_gamma(channel: float) -> float:
    if channel <= 0.0031308:
        return channel * 12.92
    return 1.055 * channel ** (1 / 2.4) - 0.055


def _is_displayable(linear: tuple[float, float, float]) -> bool:
    return all(-0.0002 <= channel <= 1.0002 for channel in linear)


def _hex(linear: tuple[float, float, float]) -> str:
    return "#" + "".join(
        f"{round(255 * _to_gamma(min(max(channel, 0), 1))):02x}" for channel in linear
    )


def _luminance(value: str) -> float:
    red, green, blue = (_to_linear(channel) for channel in _channels(value))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
