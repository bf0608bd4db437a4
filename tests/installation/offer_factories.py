import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from installation.models import Mentor, PracticeOffer
from tests.accounts.factories import PersonFactory
from tests.territory.factories import CommuneFactory, IntercommunalityFactory


class OfferFactory(DjangoModelFactory):
    """An offer in Nérac; traits send it, publish it or keep it confidential."""

    class Meta:
        model = PracticeOffer

    class Params:
        submitted = factory.Trait(
            state=PracticeOffer.State.SUBMITTED,
            submitted_at=factory.LazyFunction(timezone.now),
        )
        published = factory.Trait(
            submitted=True,
            state=PracticeOffer.State.PUBLISHED,
            published_at=factory.LazyFunction(timezone.now),
            confirmed_at=factory.LazyFunction(timezone.now),
            expires_on=factory.LazyFunction(
                lambda: timezone.localdate() + dt.timedelta(days=60)
            ),
        )
        confidential = factory.Trait(kind="succession", is_confidential=True)

    kind = "succession"
    title = "Cabinet de médecine générale à reprendre"
    summary = "Patientèle fidèle, secrétariat partagé."
    profession = "doctor"
    specialty = "médecine générale"
    mode = "liberal"
    commune = factory.SubFactory(CommuneFactory, nerac=True)
    contact_name = "Docteur Lasserre"
    contact_email = "lasserre@example.org"


class MentorFactory(DjangoModelFactory):
    class Meta:
        model = Mentor

    person = factory.SubFactory(PersonFactory)
    themes = ["start"]
    availability = "Le jeudi midi."
    intercommunality = factory.SubFactory(IntercommunalityFactory)
