import datetime as dt

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from factory.django import DjangoModelFactory

from installation.models import AidProgramme, AidRequest, LocalAidRecord
from tests.accounts.factories import PersonFactory
from tests.territory.factories import CommuneFactory


class ProgrammeFactory(DjangoModelFactory):
    """An aid open to all, read in a safe source."""

    class Meta:
        model = AidProgramme

    name = factory.Sequence(lambda number: f"Aide {number}")
    slug = factory.Sequence(lambda number: f"aide-{number}")
    nature = "insurance"
    funder_name = "Assurance maladie"
    summary = "Une aide."
    amount_text = "1 000 €"
    valid = DateRange(dt.date(2024, 1, 1), None)
    source = "ameli.fr"
    contact = "Votre caisse"
    is_verified = True
    checked_on = factory.LazyFunction(timezone.localdate)
    review_on = factory.LazyAttribute(
        lambda aid: aid.checked_on + dt.timedelta(days=90)
    )


class AidRequestFactory(DjangoModelFactory):
    """A draft with all that a request needs."""

    class Meta:
        model = AidRequest

    person = factory.SubFactory(PersonFactory)
    first_name = "Inès"
    last_name = "Caubet"
    email = factory.SelfAttribute("person.email")
    address = "2 rue des Tanneurs"
    postal_code = "33000"
    city = "Bordeaux"
    profession = "gp"
    mode = "liberal"
    kind = "bonus"
    commune = factory.SubFactory(CommuneFactory, nerac=True)
    first_day_on = factory.LazyFunction(
        lambda: timezone.localdate() + dt.timedelta(days=120)
    )
    amount_asked = 20000
    project = "Rejoindre la maison de santé."


class LocalAidRecordFactory(DjangoModelFactory):
    class Meta:
        model = LocalAidRecord

    person = factory.SubFactory(PersonFactory)
    signed_on = dt.date(2025, 6, 1)
    kind = "prime d'installation"
