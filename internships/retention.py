"""How long what trainees leave here is kept, and what they may take away."""

from accounts.models import Person
from internships import placement_keeping

RULES = [
    *placement_keeping.RULES,
]


def export(person: Person) -> list[dict]:
    return [
        *placement_keeping.export(person),
    ]
