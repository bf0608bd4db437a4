"""The messages of this journey: a module for each kind of row."""

from . import aids, calls, family, following, offers, partners, referrals, requests

TEMPLATES = [
    *aids.TEMPLATES,
    *offers.TEMPLATES,
    *requests.TEMPLATES,
    *family.TEMPLATES,
    *following.TEMPLATES,
    *calls.TEMPLATES,
    *partners.TEMPLATES,
    *referrals.TEMPLATES,
]
