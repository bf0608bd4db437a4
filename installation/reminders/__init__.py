"""What must not be forgotten in this journey: who is reminded, and of what."""

from . import referrals, requests

LADDERS = [*requests.LADDERS, *referrals.LADDERS]
