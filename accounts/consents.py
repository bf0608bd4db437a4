"""Giving and withdrawing consent; who uses the data asks `active` each time."""

from django.db import transaction

from accounts.models import Consent, Person, User
from accounts.signals import consent_withdrawn
from territory.models import Organisation


@transaction.atomic
def give(
    person: Person,
    purpose: str,
    *,
    wording: str,
    organisation: Organisation | None = None,
) -> Consent:
    """Note the consent in the words that were read; a running one is kept."""
    Person.objects.select_for_update(of=["self"], no_key=True).get(pk=person.pk)
    running = person.consents.active().filter(
        purpose=purpose, organisation=organisation
    )
    return running.first() or person.consents.create(
        purpose=purpose, organisation=organisation, wording=wording
    )


@transaction.atomic
def withdraw(
    person: Person,
    purpose: str,
    *,
    organisation: Organisation | None = None,
    by: User | None = None,
) -> bool:
    """Stop this use from now on (R-50); say whether there was one to stop."""
    running = person.consents.active().filter(
        purpose=purpose, organisation=organisation
    )
    consent = running.select_for_update(of=["self"]).first()
    if consent is None:
        return False
    consent.withdraw()
    consent_withdrawn.send(Consent, consent=consent, by=by)
    return True


@transaction.atomic
def withdraw_every(person: Person) -> None:
    """Stop every use of what is known of this person."""
    for consent in person.consents.active().order_by("pk"):
        withdraw(person, consent.purpose, organisation=consent.organisation)


def active(
    person: Person, purpose: str, *, organisation: Organisation | None = None
) -> bool:
    """May this person's data be used so, now?"""
    running = person.consents.active()
    return running.filter(purpose=purpose, organisation=organisation).exists()
