"""French spacing in sentences that no template wrote."""

import re
from decimal import Decimal

NBSP = "\u00a0"
_BEFORE = re.compile(r" (?=[:;!?»%€])")
_AFTER = re.compile(r"(?<=«) ")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")


def unbreakable(text: str) -> str:
    """The same text, whose marks and figures are never left alone on a line."""
    for space in (_BEFORE, _AFTER, _THOUSANDS):
        text = space.sub(NBSP, text)
    return text


def figure(amount: Decimal) -> str:
    """« 12 500 », « 12 500,50 »."""
    whole = amount == amount.to_integral_value()
    text = f"{amount:,.0f}" if whole else f"{amount:,.2f}"
    return text.replace(",", NBSP).replace(".", ",")


def euros(amount: Decimal | None) -> str:
    """« 12 500 € », « 12 500,50 € »; nothing when there is no amount."""
    return "" if amount is None else f"{figure(amount)}{NBSP}€"
