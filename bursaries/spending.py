"""What bursaries cost each civil year: pure arithmetic on months and amounts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from bursaries.projection import Projection

NONE = Decimal("0.00")


@dataclass(frozen=True)
class Line:
    """One civil year: what was voted, what is promised, what granting more adds.

    `voted` is None where the assembly has voted no envelope yet; `paid` is a part of
    what was promised.
    """

    year: int
    voted: Decimal | None
    committed: Decimal = NONE
    added: Decimal = NONE
    paid: Decimal = NONE

    @property
    def left(self) -> Decimal | None:
        if self.voted is None:
            return None
        return self.voted - self.committed - self.added

    @property
    def is_exceeded(self) -> bool:
        return self.left is not None and self.left < 0


def by_year(projection: Projection) -> dict[int, Decimal]:
    """What is paid month after month, by civil year; the last months bear the cut."""
    months = [
        (year.starts_on + relativedelta(months=rank), year.monthly)
        for year in projection.years
        for rank in range(year.months)
    ]
    cut, spent = projection.cut, defaultdict(lambda: NONE)
    for day, amount in reversed(months):
        kept = max(amount - cut, NONE)
        cut -= amount - kept
        spent[day.year] += kept
    return dict(sorted(spent.items()))


def lines(
    voted: Mapping[int, Decimal],
    committed: Iterable[Projection],
    added: Iterable[Projection] = (),
    paid: Mapping[int, Decimal] | None = None,
) -> list[Line]:
    """Year after year, for the years that cost something or were voted."""
    promised, more, spent = _summed(committed), _summed(added), paid or {}
    return [
        Line(
            year,
            voted.get(year),
            promised.get(year, NONE),
            more.get(year, NONE),
            spent.get(year, NONE),
        )
        for year in sorted({*voted, *promised, *more, *spent})
    ]


def _summed(projections: Iterable[Projection]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = defaultdict(lambda: NONE)
    for projection in projections:
        for year, amount in by_year(projection).items():
            found[year] += amount
    return found
