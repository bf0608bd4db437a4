"""How long what trainees leave here is kept, and what they may take away."""

from collections.abc import Iterator
from typing import IO

from accounts.models import Person
from internships import (
    housing_keeping,
    inventory_keeping,
    placement_keeping,
    rent_keeping,
)

# Rents and inventories go before the stay they are of, and a stay before its placement.
RULES = [
    *inventory_keeping.RULES,
    *rent_keeping.RULES,
    *housing_keeping.RULES,
    *placement_keeping.RULES,
]


def export(person: Person) -> list[dict]:
    return [
        *placement_keeping.export(person),
        *housing_keeping.export(person),
        *inventory_keeping.export(person),
        *rent_keeping.export(person),
    ]


def files(person: Person) -> Iterator[tuple[str, IO[bytes]]]:
    yield from housing_keeping.files(person)
    yield from inventory_keeping.files(person)
    yield from rent_keeping.files(person)
