"""The messages of this journey: a module for each kind of row."""

from . import aids, calls, family, offers, partners, referrals, requests

TEMPLATES = [
    *aids.TEMPLATES,
    *offers.TEMPLATES,
    *requests.TEMPLATES,
    *family.TEMPLATES,
    *calls.TEMPLATES,
    *partners.TEMPLATES,
    *referrals.TEMPLATES,
]
