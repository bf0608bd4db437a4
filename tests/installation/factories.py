import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from installation.models import Attachment, Exchange, InstallationRequest
from tests.accounts.factories import PersonFactory, UserFactory
from tests.documents.factories import DocumentFactory

State = InstallationRequest.State


def desk_user(**options):
    """Somebody who answers at the desk."""
    return UserFactory(is_staff=True, groups=["accueil"], **options)


class RequestFactory(DjangoModelFactory):
    """A draft with everything the law asks for; traits file it and follow it."""

    class Meta:
        model = InstallationRequest

    class Params:
        filed = factory.Trait(
            state=State.SUBMITTED,
            reference=factory.Sequence(lambda number: f"BD47-2025-{number + 1:04}"),
            applicant=factory.SubFactory(
                PersonFactory, email=factory.SelfAttribute("..email")
            ),
            submitted_at=factory.LazyFunction(timezone.now),
            last_exchange_at=factory.LazyFunction(timezone.now),
            to_assign_since=factory.LazyFunction(timezone.now),
            next_action="Donner une première réponse",
            next_action_on=factory.LazyFunction(
                lambda: timezone.localdate() + dt.timedelta(days=2)
            ),
        )
        submitted = factory.Trait(filed=True)
        in_support = factory.Trait(
            filed=True,
            state=State.IN_SUPPORT,
            case_worker=factory.LazyFunction(desk_user),
            to_assign_since=None,
            taken_charge_at=factory.LazyFunction(timezone.now),
        )
        paused = factory.Trait(
            in_support=True,
            state=State.PAUSED,
            paused_until=factory.LazyFunction(
                lambda: timezone.localdate() + dt.timedelta(days=30)
            ),
        )
        closed = factory.Trait(
            in_support=True,
            state=State.CLOSED,
            outcome="oriented",
            closed_at=factory.LazyFunction(timezone.now),
            next_action="",
            next_action_on=None,
        )

    first_name = "Inès"
    last_name = "Caubet"
    email = factory.Sequence(lambda number: f"ines{number}@example.org")
    phone = "+33553000000"
    address = "2 rue des Tanneurs"
    postal_code = "33000"
    city = "Bordeaux"
    step_reached = 5


def request_in(state: str) -> InstallationRequest:
    """One request in this state, the smallest that may be."""
    if state == State.DRAFT:
        return RequestFactory()
    return RequestFactory(**{state: True})


class ExchangeFactory(DjangoModelFactory):
    """What the applicant wrote; give an `author` for the desk."""

    class Meta:
        model = Exchange

    request = factory.SubFactory(RequestFactory, in_support=True)
    body = "Bonjour, je peux venir un vendredi."


class AttachmentFactory(DjangoModelFactory):
    class Meta:
        model = Attachment

    request = factory.SubFactory(RequestFactory, in_support=True)
    document = factory.SubFactory(DocumentFactory)
    from_applicant = True
