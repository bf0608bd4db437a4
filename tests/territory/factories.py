from datetime import date

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from factory.django import DjangoModelFactory

from territory.models import (
    Commune,
    CommunePopulation,
    Contact,
    Departement,
    Desk,
    HealthStructure,
    Intercommunality,
    Organisation,
    ZoneAssignment,
    Zoning,
)


class DepartementFactory(DjangoModelFactory):
    class Meta:
        model = Departement
        django_get_or_create = ["code"]

    code = "47"
    name = "Lot-et-Garonne"
    tncc = 2
    region_code = "75"
    region_name = "Nouvelle-Aquitaine"


class IntercommunalityFactory(DjangoModelFactory):
    class Meta:
        model = Intercommunality
        django_get_or_create = ["code"]

    code = "200068948"
    name = "CC Albret Communauté"
    kind = "CC"


class CommuneFactory(DjangoModelFactory):
    """A commune of Lot-et-Garonne: Nérac, then invented neighbours of it."""

    class Meta:
        model = Commune
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda number: f"47{900 + number % 100}")
    name = factory.Sequence(lambda number: f"Bourg-Neuf-{number}")
    postal_codes = ["47600"]
    departement = factory.SubFactory(DepartementFactory)
    intercommunality = factory.SubFactory(IntercommunalityFactory)
    population = 700

    class Params:
        nerac = factory.Trait(
            code="47195",
            name="Nérac",
            population=6992,
            longitude=0.34,
            latitude=44.13,
        )


class CommunePopulationFactory(DjangoModelFactory):
    class Meta:
        model = CommunePopulation

    commune = factory.SubFactory(CommuneFactory, nerac=True)
    year = 2023
    municipal = 6992


class DeskFactory(DjangoModelFactory):
    """The desk of Lot-et-Garonne, with telephone numbers kept for fiction."""

    class Meta:
        model = Desk
        django_get_or_create = ["departement"]

    departement = factory.SubFactory(DepartementFactory)
    phone = "05 36 49 12 47"
    email = "guichet@example.org"
    address = "Hôtel du Département\n1633 avenue du Général-Leclerc\n47922 Agen"
    court_name = "tribunal administratif de Bordeaux"


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda number: f"Relais petite enfance {number}")
    kind = "childcare"


class HealthStructureFactory(DjangoModelFactory):
    class Meta:
        model = HealthStructure

    name = factory.Sequence(lambda number: f"Maison de santé {number}")
    kind = "health_house"
    commune = factory.SubFactory(CommuneFactory, nerac=True)


class ZoningFactory(DjangoModelFactory):
    class Meta:
        model = Zoning

    kind = "ars_doctors"
    version = "2025"
    legal_reference = "Arrêté de spécimen"
    region_code = "75"
    valid = DateRange(date(2025, 1, 1), None)


class ZoneAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = ZoneAssignment

    zoning = factory.SubFactory(ZoningFactory)
    commune = factory.SubFactory(CommuneFactory, nerac=True)
    category_code = "ZIP"
    category_label = "Zone d'intervention prioritaire"


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda number: f"Odile Fabre {number}")
