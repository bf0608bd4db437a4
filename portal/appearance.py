"""The colours of this installation as a style sheet, and light or dark."""

import hashlib
from functools import lru_cache

from django.urls import reverse

from territory import theme

SCHEME_COOKIE = "bd_scheme"
SCHEMES = ("light", "dark")


def scheme(request) -> str:
    """The display this visitor chose; empty follows the device."""
    chosen = request.COOKIES.get(SCHEME_COOKIE, "")
    return chosen if chosen in SCHEMES else ""


def theme_url(desk) -> str:
    return reverse("theme", args=[_version(desk.brand, desk.accent)])


def is_current(desk, version: str) -> bool:
    return version == _version(desk.brand, desk.accent)


@lru_cache(maxsize=8)
def _version(brand: str, accent: str) -> str:
    """Changes when the colours do, or the way they are derived."""
    content = theme.stylesheet(brand, accent).encode()
    return hashlib.sha256(content).hexdigest()[:12]
