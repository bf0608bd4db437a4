"""Whom the messages about a dwelling reach, on the side of who owns it."""

import datetime as dt

from accounts.models import Person
from territory.models import Organisation


def addresses(owner: Organisation, day: dt.date) -> list[str]:
    """The mailbox of the body; without one, everybody who acts for it."""
    if owner.email:
        return [owner.email]
    found = members(owner, day).exclude(email="").order_by("email")
    return list(found.values_list("email", flat=True))


def members(owner: Organisation, day: dt.date):
    acting = owner.memberships.acting(day).values("person")
    return Person.objects.filter(pk__in=acting)


def acts_for(person: Person, owner_id: int, day: dt.date) -> bool:
    return person.memberships.acting(day).filter(organisation=owner_id).exists()
