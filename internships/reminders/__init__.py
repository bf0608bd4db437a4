"""The reminders of this journey: a module for each kind of fact."""

from internships.reminders import housing, interests, offers, rents

LADDERS = [
    *housing.LADDERS,
    *offers.LADDERS,
    *interests.LADDERS,
    *rents.LADDERS,
]
