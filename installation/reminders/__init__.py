"""What must not be forgotten in this journey: who is reminded, and of what."""

from . import aids, following, referrals, requests

LADDERS = [
    *aids.LADDERS,
    *requests.LADDERS,
    *referrals.LADDERS,
    *following.LADDERS,
]
