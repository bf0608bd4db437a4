import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import Consent
from installation import shared_fields
from installation.models import (
    Attachment,
    Exchange,
    FamilyAccess,
    InstallationRequest,
    Need,
    Plan,
    Referral,
    Settlement,
    Step,
    Visit,
    VisitStop,
)
from territory.models import Commune, Topic
from tests.accounts.factories import PersonFactory, UserFactory
from tests.documents.factories import DocumentFactory
from tests.territory.factories import OrganisationFactory

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


class NeedFactory(DjangoModelFactory):
    """A home to find, in a followed dossier."""

    class Meta:
        model = Need

    request = factory.SubFactory(RequestFactory, in_support=True)
    topic = factory.LazyFunction(lambda: Topic.objects.get(slug="housing"))
    source = Need.Source.ANSWERS


class ConsentFactory(DjangoModelFactory):
    """The person agrees that a partner is told."""

    class Meta:
        model = Consent

    person = factory.SubFactory(PersonFactory)
    purpose = Consent.Purpose.SHARE_PROFILE
    organisation = factory.SubFactory(OrganisationFactory, email="acces@example.org")
    wording = "J'accepte."


class ReferralFactory(DjangoModelFactory):
    """Sent with the person's consent; traits take it and end it."""

    class Meta:
        model = Referral

    class Params:
        taken = factory.Trait(
            state=Referral.State.TAKEN, taken_at=factory.LazyFunction(timezone.now)
        )

    need = factory.SubFactory(NeedFactory)
    organisation = factory.SubFactory(OrganisationFactory, email="acces@example.org")
    consent = factory.SubFactory(
        ConsentFactory,
        person=factory.SelfAttribute("..need.request.applicant"),
        organisation=factory.SelfAttribute("..organisation"),
    )
    shared_fields = factory.LazyAttribute(
        lambda referral: shared_fields.fields_for(referral.need.topic)
    )
    to_email = factory.SelfAttribute("organisation.email")


def referral_in(state: str) -> Referral:
    """One referral in this state, the smallest that may be."""
    now = timezone.now()
    return ReferralFactory(
        state=state,
        taken_at=now if state == Referral.State.TAKEN else None,
        ended_at=None if state in ("sent", "taken") else now,
    )


class FamilyAccessFactory(DjangoModelFactory):
    """Somebody invited to the family side; give `accepted` and a `person` to join."""

    class Meta:
        model = FamilyAccess

    class Params:
        accepted = factory.Trait(
            state=FamilyAccess.State.ACCEPTED,
            accepted_at=factory.LazyFunction(timezone.now),
            person=factory.SubFactory(PersonFactory),
        )

    request = factory.SubFactory(RequestFactory, in_support=True)
    invited_name = "Julien Caubet"
    invited_email = factory.Sequence(lambda number: f"julien{number}@example.org")


class PlanFactory(DjangoModelFactory):
    """A plan without steps, for a first day in six months."""

    class Meta:
        model = Plan

    request = factory.SubFactory(RequestFactory, in_support=True)
    planned_on = factory.LazyFunction(
        lambda: timezone.localdate() + dt.timedelta(days=180)
    )
    opened_by = factory.SelfAttribute("request.case_worker")


class StepFactory(DjangoModelFactory):
    class Meta:
        model = Step

    plan = factory.SubFactory(PlanFactory)
    title = factory.Sequence(lambda number: f"Étape {number}")
    rank = factory.Sequence(lambda number: number)
    due_on = factory.LazyAttribute(
        lambda step: step.plan.planned_on + dt.timedelta(days=step.offset_days)
    )
    offset_days = -30


class VisitFactory(DjangoModelFactory):
    """A welcome day being prepared; `sent` has gone to the person."""

    class Meta:
        model = Visit

    class Params:
        sent = factory.Trait(
            sent_at=factory.LazyFunction(timezone.now), is_to_send=False
        )

    request = factory.SubFactory(RequestFactory, in_support=True)
    day = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=10))
    created_by = factory.SelfAttribute("request.case_worker")


class VisitStopFactory(DjangoModelFactory):
    class Meta:
        model = VisitStop

    visit = factory.SubFactory(VisitFactory)
    starts_at = dt.time(9, 30)
    ends_at = dt.time(11)
    place = "Maison de santé"
    meets = "le docteur Lasserre"
    email = "lasserre@example.org"


class SettlementFactory(DjangoModelFactory):
    """Declared by a doctor who began a month ago."""

    class Meta:
        model = Settlement

    request = factory.SubFactory(RequestFactory, in_support=True)
    person = factory.SelfAttribute("request.applicant")
    commune = factory.LazyFunction(lambda: Commune.objects.get(name="Nérac"))
    mode = "liberal"
    first_day_on = factory.LazyFunction(
        lambda: timezone.localdate() - dt.timedelta(days=30)
    )
