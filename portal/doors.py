"""Where one can go from any page: each app offers its own, none is promised.

An app's `navigation.py` holds DOORS (the header), ERRANDS, SITE and LEGAL (the footer):
the rank, the title and the URL name of each.
"""

from functools import lru_cache

from django.urls import reverse

from accounts import discovery


def doors(path: str = "") -> list[dict]:
    """Title and address of each door, in order; the one we stand in is current."""
    return [
        {"title": title, "url": url, "is_current": path.startswith(url)}
        for title, url in _offered("DOORS")
    ]


def errands() -> list[dict]:
    """What one can come and do, whichever journey it belongs to."""
    return [{"title": title, "url": url} for title, url in _offered("ERRANDS")]


def site() -> list[dict]:
    """What else there is to see, and where partners come in."""
    return [{"title": title, "url": url} for title, url in _offered("SITE")]


def legal() -> list[dict]:
    return [{"title": title, "url": url} for title, url in _offered("LEGAL")]


@lru_cache(maxsize=4)
def _offered(kind: str) -> list[tuple[str, str]]:
    offered = sorted(
        link
        for _, module in discovery.modules("navigation")
        for link in getattr(module, kind, [])
    )
    return [(title, reverse(url_name)) for _, title, url_name in offered]
