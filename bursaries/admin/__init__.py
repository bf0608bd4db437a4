"""The back-office side of bursaries."""

from . import (
    agreements,
    applications,
    bank_accounts,
    breaches,
    payments,
    schemes,
    votes,
)

__all__ = [
    "agreements",
    "applications",
    "bank_accounts",
    "breaches",
    "payments",
    "schemes",
    "votes",
]
