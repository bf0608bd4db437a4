"""How long what trainees leave here is kept, and what they may take away."""

from accounts.models import Person
from internships import inventory_keeping, placement_keeping, rent_keeping

RULES = [
    *inventory_keeping.RULES,
    *placement_keeping.RULES,
    *rent_keeping.RULES,
]


def export(person: Person) -> list[dict]:
    return [
        *inventory_keeping.export(person),
        *placement_keeping.export(person),
        *rent_keeping.export(person),
    ]
