"""The messages of this journey: a module for each kind of row."""

from . import calls, partners, referrals, requests

TEMPLATES = [
    *requests.TEMPLATES,
    *calls.TEMPLATES,
    *partners.TEMPLATES,
    *referrals.TEMPLATES,
]
