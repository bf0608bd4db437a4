import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from bursaries.models import Scheme, SchemeAmount, SchemeVersion
from tests.accounts.factories import UserFactory


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
