"""What trainees say of a site, once enough of them have said it."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Avg, Count

from internships.models import Assessment, PlacementSite

# Fewer would tell who said what.
FEWEST = 5


@dataclass(frozen=True)
class Marks:
    """How many answered, and the average of each question, out of five."""

    count: int
    averages: tuple[tuple[str, Decimal], ...]


def of_site(site: PlacementSite) -> Marks | None:
    """Nothing below five answers, ever."""
    rows = Assessment.objects.filter(placement__site=site)
    found = rows.aggregate(
        count=Count("pk"), **{name: Avg(name) for name in Assessment.QUESTIONS}
    )
    if found["count"] < FEWEST:
        return None
    return Marks(
        found["count"],
        tuple(
            (sentence, _rounded(found[name]))
            for name, sentence in Assessment.QUESTIONS.items()
        ),
    )


def _rounded(mean: float) -> Decimal:
    return Decimal(mean).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
