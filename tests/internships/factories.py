import datetime as dt

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from factory.django import DjangoModelFactory

from internships import models
from tests.accounts.factories import PersonFactory
from tests.territory.factories import CommuneFactory, OrganisationFactory

# The semester of most tests: 2 November 2026 to 2 May 2027, that day not included.
BEGINS, ENDS = dt.date(2026, 11, 2), dt.date(2027, 5, 3)


def days(start: str | dt.date, end: str | dt.date) -> DateRange:
    """A half-open period: `days("2026-11-02", "2027-05-03")`."""
    start, end = (
        dt.date.fromisoformat(day) if isinstance(day, str) else day
        for day in (start, end)
    )
    return DateRange(start, end)


class SemesterFactory(DjangoModelFactory):
    class Meta:
        model = models.Semester
        django_get_or_create = ("period",)

    period = factory.LazyFunction(lambda: days(BEGINS, ENDS))
    draw_seed = "0123456789abcdef"


class PlacementSiteFactory(DjangoModelFactory):
    class Meta:
        model = models.PlacementSite

    name = factory.Sequence(lambda n: f"Maison de santé n° {n}")
    organisation = factory.SubFactory(OrganisationFactory)
    commune = factory.SubFactory(CommuneFactory, nerac=True)
    faculty = "Bordeaux"
    faculty_km = 130
    faculty_minutes = 95


class SupervisorFactory(DjangoModelFactory):
    class Meta:
        model = models.Supervisor

    last_name = factory.Sequence(lambda n: f"Lasserre{n}")
    first_name = "Claire"
    levels = ["n1", "saspas"]
    capacity = 2


class PlacementOfferFactory(DjangoModelFactory):
    class Meta:
        model = models.PlacementOffer

    class Params:
        submitted = factory.Trait(
            state=models.PlacementOffer.State.SUBMITTED,
            submitted_at=factory.LazyFunction(timezone.now),
        )
        published = factory.Trait(
            submitted=True,
            state=models.PlacementOffer.State.PUBLISHED,
            published_at=factory.LazyFunction(timezone.now),
            confirmed_at=factory.LazyFunction(timezone.now),
            expires_on=factory.LazyAttribute(lambda o: o.semester.period.upper),
        )

    site = factory.SubFactory(PlacementSiteFactory)
    semester = factory.SubFactory(SemesterFactory)
    commune = factory.SelfAttribute("site.commune")
    organisation = factory.SelfAttribute("site.organisation")
    kind = "n1"
    title = "Stage de niveau 1 en maison de santé"
    summary = "Trois maîtres de stage, une équipe soudée."
    seats = 1
    contact_name = "Docteure Lasserre"
    contact_email = "lasserre@example.org"


class InterestFactory(DjangoModelFactory):
    class Meta:
        model = models.Interest

    class Params:
        accepted = factory.Trait(
            state="accepted", answered_at=factory.LazyFunction(timezone.now)
        )

    offer = factory.SubFactory(PlacementOfferFactory, published=True)
    semester = factory.SelfAttribute("offer.semester")
    person = factory.SubFactory(PersonFactory)
    rank = 1
    wording = "J'accepte que mon nom et mes coordonnées soient donnés au terrain."


class PlacementFactory(DjangoModelFactory):
    class Meta:
        model = models.Placement

    person = factory.SubFactory(PersonFactory)
    kind = "n1"
    semester = factory.SubFactory(SemesterFactory)
    period = factory.LazyAttribute(lambda o: o.semester.period)
    site = factory.SubFactory(PlacementSiteFactory)
    commune = factory.SelfAttribute("site.commune")


class DwellingFactory(DjangoModelFactory):
    class Meta:
        model = models.Dwelling

    name = factory.Sequence(lambda n: f"Résidence Tapie {n}")
    owner = factory.SubFactory(OrganisationFactory, kind="commune")
    commune = factory.SubFactory(CommuneFactory, nerac=True)
    address = "12 rue des Lilas"
    situation = "À dix minutes à pied du centre."
    buffer_days = 2


class RoomFactory(DjangoModelFactory):
    class Meta:
        model = models.Room

    dwelling = factory.SubFactory(DwellingFactory)
    name = factory.Sequence(lambda n: f"Chambre {n}")
    rent = 120
    surface = 18


class HousingRequestFactory(DjangoModelFactory):
    class Meta:
        model = models.HousingRequest

    person = factory.SubFactory(PersonFactory)
    period = factory.LazyFunction(lambda: days(BEGINS, ENDS))
    has_car = True
    wording = "Je sais que ce logement ne se cumule pas."


class OccupationFactory(DjangoModelFactory):
    """A hold of a week; traits make it a stay, works, or free again."""

    class Meta:
        model = models.Occupation

    class Params:
        stay = factory.Trait(
            kind="stay",
            expires_at=None,
            confirmed_at=factory.LazyFunction(timezone.now),
            request=factory.SubFactory(
                HousingRequestFactory,
                state="housed",
                period=factory.SelfAttribute("..period"),
            ),
        )
        maintenance = factory.Trait(kind="maintenance", expires_at=None, request=None)

    room = factory.SubFactory(RoomFactory)
    kind = "hold"
    period = factory.LazyFunction(lambda: days(BEGINS, ENDS))
    expires_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=7))
    request = factory.SubFactory(
        HousingRequestFactory, state="held", period=factory.SelfAttribute("..period")
    )


class StayFactory(DjangoModelFactory):
    class Meta:
        model = models.Stay

    occupation = factory.SubFactory(OccupationFactory, stay=True)
    rent = factory.SelfAttribute("occupation.room.rent")
    deposit = factory.SelfAttribute("occupation.room.dwelling.deposit")
    terms = factory.SelfAttribute("occupation.room.dwelling.terms")
