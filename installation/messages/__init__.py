"""The messages of this journey: a module for each kind of row."""

from . import calls, referrals, requests

TEMPLATES = [*requests.TEMPLATES, *calls.TEMPLATES, *referrals.TEMPLATES]
