"""Which bed for whom: pure, from wishes already ranked and beds with what stands there.

A bed suits when nothing of the wish is missing and its days are free, those of
cleaning included. The nearest to the placement comes first, then the cheapest.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from casework import typography

FAR_AWAY = 10_000
Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Wish:
    """What somebody who waits asks for, and the beds they already let go by."""

    request: int
    start: dt.date
    end: dt.date
    rank: tuple = ()
    dwellings: frozenset[int] = frozenset()
    for_two: bool = False
    children: int = 0
    has_car: bool = False
    has_animal: bool = False
    needs_accessible: bool = False
    site: int | None = None
    commune: int | None = None
    let_go: frozenset[int] = frozenset()


@dataclass
class Bed:
    """A room, what it offers, and the half-open days on which it is taken."""

    room: int
    dwelling: int
    commune: int
    rent: Decimal
    buffer_days: int = 0
    for_two: bool = False
    is_accessible: bool = False
    accepts_children: bool = False
    accepts_animals: bool = False
    needs_car: bool = False
    # Site → (minutes, how).
    minutes: dict[int, tuple[int, str]] = field(default_factory=dict)
    # In the order of days, none over another.
    taken: list[Days] = field(default_factory=list)

    def is_free(self, start: dt.date, end: dt.date) -> bool:
        """Nothing stands on any of these days."""
        place = bisect_left(self.taken, (end,))
        return place == 0 or self.taken[place - 1][1] <= start

    def suits(self, start: dt.date, end: dt.date) -> bool:
        """Free, and long enough after for the cleaning."""
        return self.is_free(start, end + dt.timedelta(days=self.buffer_days))

    def take(self, start: dt.date, end: dt.date) -> None:
        until = end + dt.timedelta(days=self.buffer_days)
        self.taken.insert(bisect_right(self.taken, (start,)), (start, until))


@dataclass(frozen=True)
class Proposal:
    """A bed for a wish, and why this one."""

    wish: Wish
    bed: Bed
    reasons: tuple[str, ...]


def missing(wish: Wish, bed: Bed) -> list[str]:
    """What keeps this bed from suiting, whatever the days; nothing when it suits."""
    said = {
        "pas parmi les logements souhaités": bool(wish.dwellings)
        and bed.dwelling not in wish.dwellings,
        "pour une seule personne": wish.for_two and not bed.for_two,
        "pas accessible en fauteuil roulant": wish.needs_accessible
        and not bed.is_accessible,
        "les enfants n'y sont pas acceptés": wish.children > 0
        and not bed.accepts_children,
        "les animaux n'y sont pas acceptés": wish.has_animal
        and not bed.accepts_animals,
        "une voiture est nécessaire": bed.needs_car and not wish.has_car,
    }
    return [sentence for sentence, is_missing in said.items() if is_missing]


def proposals(wish: Wish, beds: Iterable[Bed]) -> list[Proposal]:
    """The beds that suit a wish, the best first, with why."""
    found = [
        bed
        for bed in beds
        if bed.room not in wish.let_go
        and bed.suits(wish.start, wish.end)
        and not missing(wish, bed)
    ]
    found.sort(key=lambda bed: _order(wish, bed))
    return [Proposal(wish, bed, _reasons(wish, bed)) for bed in found]


def best(wish: Wish, beds: Iterable[Bed]) -> Proposal | None:
    """The first of `proposals`, without sorting the others."""
    suiting = (
        bed
        for bed in beds
        if bed.room not in wish.let_go
        and bed.suits(wish.start, wish.end)
        and not missing(wish, bed)
    )
    bed = min(suiting, key=lambda bed: _order(wish, bed), default=None)
    return bed and Proposal(wish, bed, _reasons(wish, bed))


def shared_out(
    wishes: Iterable[Wish],
    beds: Sequence[Bed],
    *,
    refused: Container[tuple[int, int]] = frozenset(),
) -> Iterator[Proposal]:
    """Each wish in the order of ranks gets the best bed left, if one suits."""
    for wish in sorted(wishes, key=lambda wish: wish.rank):
        open_to = [bed for bed in beds if (wish.request, bed.room) not in refused]
        if proposal := best(wish, open_to):
            proposal.bed.take(wish.start, wish.end)
            yield proposal


def _order(wish: Wish, bed: Bed) -> tuple:
    """Nearest, in the commune of the placement, cheapest; the key parts the equals.

    A room for two, or an accessible one, is left to whoever needs it.
    """
    minutes, _how = bed.minutes.get(wish.site, (FAR_AWAY, ""))
    elsewhere = wish.commune is None or bed.commune != wish.commune
    spared = (bed.for_two and not wish.for_two) + (
        bed.is_accessible and not wish.needs_accessible
    )
    if elsewhere is False and minutes == FAR_AWAY:
        minutes = 0
    return minutes, elsewhere, spared, bed.rent, bed.room


def _reasons(wish: Wish, bed: Bed) -> tuple[str, ...]:
    return tuple(
        filter(
            None,
            [
                _met(wish),
                _near(wish, bed),
                f"{typography.figure(bed.rent)}{typography.NBSP}€ par mois",
            ],
        )
    )


def _met(wish: Wish) -> str:
    asked = [
        said
        for said, is_asked in {
            "en couple": wish.for_two,
            "avec enfants": wish.children,
            "avec un animal": wish.has_animal,
            "accessible": wish.needs_accessible,
            "sans voiture": not wish.has_car,
        }.items()
        if is_asked
    ]
    wanted = ["logement souhaité"] if wish.dwellings else []
    return ", ".join([*wanted, *asked]) or "tous les souhaits sont remplis"


def _near(wish: Wish, bed: Bed) -> str:
    if wish.site in bed.minutes:
        minutes, how = bed.minutes[wish.site]
        return f"à {minutes} minutes du stage {how}"
    if wish.commune is not None and wish.commune == bed.commune:
        return "dans la commune du stage"
    return ""
