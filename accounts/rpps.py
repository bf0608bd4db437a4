"""The national number of a health professional, and its check digit."""

import re

LENGTH = 11
REFUSAL = (
    "Ce numéro RPPS n'est pas valable. Il compte onze chiffres et figure sur "
    "votre carte de professionnel de santé."
)


def is_valid(number: str) -> bool:
    """Eleven digits whose Luhn key is right."""
    if not re.fullmatch(r"[0-9]{11}", number):
        return False
    total = 0
    for position, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
