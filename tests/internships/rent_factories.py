"""What is asked of those who sleep here, and what they say is broken."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from internships import models
from tests.accounts.factories import MembershipFactory, PersonFactory, UserFactory
from tests.internships.factories import DwellingFactory, StayFactory, days


class RentCallFactory(DjangoModelFactory):
    """November, from the 2nd: 29 nights of a room at 120 euros."""

    class Meta:
        model = models.RentCall

    stay = factory.SubFactory(StayFactory)
    month = dt.date(2026, 11, 1)
    period = factory.LazyFunction(lambda: days("2026-11-02", "2026-12-01"))
    amount = 116
    payee = factory.SelfAttribute("stay.occupation.room.dwelling.owner")
    due_on = dt.date(2026, 11, 12)


class IncidentFactory(DjangoModelFactory):
    class Meta:
        model = models.Incident

    dwelling = factory.SubFactory(DwellingFactory)
    reporter = factory.SubFactory(PersonFactory)
    title = "Le chauffe-eau ne marche plus"
    description = "Plus d'eau chaude depuis ce matin."


def member_of(organisation, **fields):
    """Somebody who signs in and acts for a body."""
    user = UserFactory(**fields)
    MembershipFactory(person=user.person, organisation=organisation)
    return user
