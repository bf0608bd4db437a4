import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from bursaries.models import (
    BursaryApplication,
    Scheme,
    SchemeAmount,
    SchemeVersion,
)
from tests.accounts.factories import PersonFactory, UserFactory


class SchemeFactory(DjangoModelFactory):
    class Meta:
        model = Scheme

    name = factory.Sequence(lambda number: f"Bourse {number}")
    slug = factory.Sequence(lambda number: f"bourse-{number}")
    summary = "Une bourse pour les internes, contre cinq ans d’exercice."


class SchemeVersionFactory(DjangoModelFactory):
    """A draft that lacks nothing to be published: 700 € a month for three years."""

    class Meta:
        model = SchemeVersion
        skip_postgeneration_save = True

    scheme = factory.SubFactory(SchemeFactory)
    deliberation = "2026-114"
    deliberated_on = dt.date(2026, 6, 26)
    professions = ["medicine"]
    levels = ["des_socle_1", "des_appro_1", "des_appro_2"]
    modes = ["liberal", "mixed"]
    zones = ["ZIP", "ZAC"]
    max_months = 36

    @factory.post_generation
    def amount(self, create, extracted, **kwargs):
        SchemeAmount.objects.create(version=self, amount=extracted or 700)

    @factory.post_generation
    def published(self, create, extracted, **kwargs):
        if extracted:
            opens_on = timezone.localdate() if extracted is True else extracted
            self.publish(opens_on=opens_on, by=UserFactory())


def first_of_next_month() -> dt.date:
    day = timezone.localdate().replace(day=1)
    return (day + dt.timedelta(days=32)).replace(day=1)


class ApplicationFactory(DjangoModelFactory):
    """A draft with all that an application needs: 36 months from next month."""

    class Meta:
        model = BursaryApplication

    person = factory.SubFactory(PersonFactory)
    version = factory.SubFactory(SchemeVersionFactory, published=True)
    first_name = "Lina"
    last_name = "Moreau"
    email = factory.SelfAttribute("person.email")
    address = "3 cours Pasteur"
    postal_code = "33000"
    city = "Bordeaux"
    profession = "medicine"
    level = "des_socle_1"
    faculty = "Université de Bordeaux"
    is_enrolled = True
    is_in_eu = True
    may_practise = True
    starts_on = factory.LazyFunction(first_of_next_month)
    months = 36
    diploma_on = factory.LazyAttribute(
        lambda one: one.starts_on + dt.timedelta(days=1200)
    )
    project = "Une maison de santé."
