"""What the rooms of a commune gave in a semester: nights, rents, cost, and for whom.

No person's name or date leaves this module: sums by commune only.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Q, Sum

from internships import rents
from internships.models import (
    Dwelling,
    HousingRequest,
    Occupation,
    RentCall,
    Room,
    Semester,
)
from internships.models.rents import ZERO
from territory import zones

Kind = Occupation.Kind
# A share of fewer stays tells who they are.
LEAST = 5


@dataclass(frozen=True)
class Bed:
    """A room, and until when it was lent."""

    pk: int
    commune: str
    closed_on: dt.date | None = None


@dataclass(frozen=True)
class Taken:
    """Days when a bed was not free."""

    bed: int
    kind: str
    begins: dt.date
    ends: dt.date
    # A placement in a priority zone; None when the stay goes with none.
    in_priority: bool | None = None


@dataclass
class Figures:
    """One commune, or all of them together."""

    name: str
    beds: int = 0
    offered: int = 0
    occupied: int = 0
    stays: int = 0
    placed: int = 0
    in_priority: int = 0
    called: Decimal = ZERO
    collected: Decimal = ZERO
    # None when no dwelling says what it costs.
    cost: Decimal | None = None
    dwellings: set = field(default_factory=set, repr=False)

    @property
    def occupancy(self) -> int | None:
        """Nights slept out of a hundred offered; None when nothing was."""
        return percent(self.occupied, self.offered)

    @property
    def priority_share(self) -> int | None:
        """None below five placements: it would tell who they are."""
        return percent(self.in_priority, self.placed) if self.placed >= LEAST else None

    @property
    def cost_a_night(self) -> Decimal | None:
        if self.cost is None or not self.occupied:
            return None
        return (self.cost / self.occupied).quantize(rents.CENT)

    def add(self, other: "Figures") -> None:
        for name in ("beds", "offered", "occupied", "stays", "placed", "in_priority"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.called += other.called
        self.collected += other.collected
        if other.cost is not None:
            self.cost = (self.cost or ZERO) + other.cost


def percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def nights_within(begins: dt.date, ends: dt.date, period) -> int:
    """How many of these nights are in the period."""
    return max(0, (min(ends, period.upper) - max(begins, period.lower)).days)


def counted(beds: list[Bed], taken: list[Taken], period) -> dict[str, Figures]:
    """Nights offered and slept, by commune: works are not offered, cleaning is."""
    found: dict[str, Figures] = {}
    offered: dict[int, int] = {}
    commune_of = {bed.pk: bed.commune for bed in beds}
    closed_on = {bed.pk: bed.closed_on for bed in beds}
    for bed in beds:
        figures = found.setdefault(bed.commune, Figures(bed.commune))
        nights = nights_within(period.lower, bed.closed_on or period.upper, period)
        offered[bed.pk] = nights
        figures.beds += bool(nights)
    for one in taken:
        if one.bed not in commune_of:
            continue
        ends = min(one.ends, closed_on[one.bed] or one.ends)
        nights = nights_within(one.begins, ends, period)
        figures = found[commune_of[one.bed]]
        if one.kind == Kind.MAINTENANCE:
            offered[one.bed] -= nights
        elif one.kind == Kind.STAY and nights:
            figures.occupied += nights
            figures.stays += 1
            if one.in_priority is not None:
                figures.placed += 1
                figures.in_priority += one.in_priority
    for bed in beds:
        found[bed.commune].offered += offered[bed.pk]
    return found


def months_of_cost(monthly: Decimal, period) -> Decimal:
    """What a dwelling cost over a period: whole months, and parts of them."""
    return sum(
        (rents.amount(monthly, period, month) for month in rents.months(period)), ZERO
    )


@dataclass(frozen=True)
class Report:
    """The figures of a semester: a line for each commune, and their sum."""

    lines: list[Figures]
    total: Figures
    refused: int
    withdrawn: int


def report(semester: Semester, dwellings=None) -> Report:
    """For the dwellings given, or for all; a constant number of queries."""
    period = semester.period
    homes = Dwelling.objects.all() if dwellings is None else dwellings
    rows = list(
        homes.order_by("commune__sort_key", "pk").values_list(
            "pk", "commune__name", "monthly_cost"
        )
    )
    named = {pk: commune for pk, commune, _cost in rows}
    found = counted(_beds(named), _taken(named, period), period)
    for pk, commune, cost in rows:
        figures = found.setdefault(commune, Figures(commune))
        if cost is not None:
            figures.cost = (figures.cost or ZERO) + months_of_cost(cost, period)
        figures.dwellings.add(pk)
    _add_rents(found, named, period)
    total = Figures("Ensemble")
    lines = [found[commune] for commune in dict.fromkeys(named.values())]
    for figures in lines:
        total.add(figures)
    unmet = _unmet(named if dwellings is not None else None, period)
    return Report(lines, total, **unmet)


def _beds(named: dict) -> list[Bed]:
    rows = Room.objects.filter(dwelling__in=named)
    return [
        Bed(pk, named[dwelling], closed_on)
        for pk, dwelling, closed_on in rows.values_list(
            "pk", "dwelling_id", "closed_on"
        )
    ]


def _taken(named: dict, period) -> list[Taken]:
    rows = Occupation.objects.over(period).filter(
        room__dwelling__in=named, kind__in=[Kind.STAY, Kind.MAINTENANCE]
    )
    return [
        Taken(
            bed,
            kind,
            when.lower,
            when.upper,
            None if placement is None else zones.is_priority(zone),
        )
        for bed, kind, when, placement, zone in rows.values_list(
            "room_id",
            "kind",
            "period",
            "request__placement_id",
            "request__placement__zone_code",
        )
    ]


def _add_rents(found: dict, named: dict, period) -> None:
    """Months that begin in the semester, the first one with it."""
    first = period.lower.replace(day=1)
    calls = RentCall.objects.standing().filter(
        month__gte=first,
        month__lt=period.upper,
        period__overlap=period,
        stay__occupation__room__dwelling__in=named,
    )
    sums = calls.order_by().values("stay__occupation__room__dwelling__commune__name")
    for row in sums.annotate(called=Sum("amount"), collected=Sum("paid_amount")):
        figures = found[row["stay__occupation__room__dwelling__commune__name"]]
        figures.called += row["called"]
        figures.collected += row["collected"]


def _unmet(named: dict | None, period) -> dict[str, int]:
    """Requests that found no bed, by how they ended."""
    requests = HousingRequest.objects.filter(period__overlap=period)
    if named is not None:
        requests = requests.filter(dwellings__in=named)
    State = HousingRequest.State
    return requests.order_by().aggregate(
        refused=Count("pk", filter=Q(state=State.REFUSED), distinct=True),
        withdrawn=Count("pk", filter=Q(state=State.WITHDRAWN), distinct=True),
    )
