"""Charts of the home page: what they say, and where they are kept once drawn.

Drawing takes half a second and much memory: a worker does it (`portal.tasks`), a
page reads what is there, and its table says the same meanwhile.
"""

from dataclasses import dataclass
from functools import cached_property

from django.core.cache import cache
from django.db.models import Max, Sum
from django.utils.safestring import SafeString, mark_safe

from territory import naming
from territory.models import Commune, CommunePopulation, Departement

WIDTHS = (640, 300)
KEPT_FOR = 7 * 24 * 3600
# Bump when the drawing changes: what was drawn before must not be served.
DRAWING = 1


@dataclass(frozen=True)
class PeopleChart:
    """How many people live in each intercommunalité, the most peopled first."""

    departement: Departement
    rows: list[tuple[str, int]]
    source: str

    description = (
        "Nombre d’habitants de chaque intercommunalité, pour ses communes du "
        "département. Le tableau suit."
    )

    @property
    def title(self) -> str:
        """The finding: « Agglomération d’Agen : 31 % des habitants »."""
        (name, most), total = self.rows[0], sum(people for _, people in self.rows)
        return f"{name}\u00a0: {round(100 * most / total)}\u00a0% des habitants"

    @cached_property
    def drawings(self) -> list[SafeString]:
        """For a wide and for a narrow screen; nothing until a worker has drawn."""
        keys = [self.key(width) for width in WIDTHS]
        kept = cache.get_many(keys)
        # Our own drawing, its words escaped by the renderer.
        return [mark_safe(kept[key]) for key in keys] if len(kept) == len(keys) else []

    def key(self, width: int) -> str:
        loaded = self.departement.loaded_at
        version = f"{loaded:%Y%m%d%H%M%S%f}" if loaded else "never"
        return f"portal.people:{DRAWING}:{self.departement.code}:{version}:{width}"

    @property
    def specification(self) -> dict:
        """Names above their bars: none is cut on a telephone."""
        place = {"field": "name", "type": "nominal", "sort": None, "axis": None}
        # Room at the right for the longest bar's number, on a telephone too.
        scale = {"domainMax": round(1.35 * self.rows[0][1]), "nice": False}
        people = {
            "field": "people",
            "type": "quantitative",
            "axis": None,
            "scale": scale,
        }
        values = [{"name": name, "people": people} for name, people in self.rows]
        names = {"field": "name", "type": "nominal"}
        numbers = {"field": "people", "type": "quantitative", "format": ",d"}
        text = {"type": "text", "align": "left"}
        return {
            "data": {"values": values},
            "height": {"step": 42},
            "encoding": {"y": place},
            "layer": [
                {
                    "mark": {"type": "bar", "height": 14, "yOffset": 9},
                    "encoding": {"x": people},
                },
                {
                    "mark": text | {"dy": -9},
                    "encoding": {"x": {"value": 0}, "text": names},
                },
                {
                    "mark": text | {"dx": 6, "dy": 10, "fontSize": 13},
                    "encoding": {"x": people, "text": numbers},
                },
            ],
        }


def people(departement: Departement) -> PeopleChart | None:
    """The chart of a Département; None where no population is known."""
    communes = Commune.objects.open().in_departement(departement.code)
    counted = (
        communes.exclude(intercommunality=None)
        .values("intercommunality__name")
        .annotate(people=Sum("population"))
        .filter(people__gt=0)
        .order_by("-people", "intercommunality__sort_key")
    )
    rows = [
        (naming.group_short_name(row["intercommunality__name"]), row["people"])
        for row in counted
    ]
    if len(rows) < 2:
        return None
    latest = CommunePopulation.objects.filter(commune__in=communes).aggregate(
        year=Max("year")
    )
    source = f"INSEE, populations légales {latest['year'] or ''}".strip()
    return PeopleChart(departement, rows, source)
