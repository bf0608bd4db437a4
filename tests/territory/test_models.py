from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from territory.models import (
    Commune,
    CommunePopulation,
    Departement,
    Desk,
    Intercommunality,
    Organisation,
    Topic,
    ZoneAssignment,
    Zoning,
)

from .factories import (
    CommuneFactory,
    CommunePopulationFactory,
    DepartementFactory,
    DeskFactory,
    HealthStructureFactory,
    IntercommunalityFactory,
    OrganisationFactory,
    ZoneAssignmentFactory,
    ZoningFactory,
)


def names(communes):
    return [commune.name for commune in communes]


@pytest.mark.usefixtures("lot_et_garonne")
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Nérac", "Nérac"),
        ("nerac", "Nérac"),
        ("NERAC 47600", "Nérac"),
        ("st front", "Saint-Front-sur-Lémance"),
        ("Saint Front sur Lemance", "Saint-Front-sur-Lémance"),
        ("ste livrade", "Sainte-Livrade-sur-Lot"),
        ("sainte-livrade", "Sainte-Livrade-sur-Lot"),
        ("47300", "Villeneuve-sur-Lot"),
        ("47195", "Nérac"),
        ("passage", "Le Passage"),
        ("marmadne", "Marmande"),
        ("agin", "Agen"),
        ("vilneuve sur lot", "Villeneuve-sur-Lot"),
        ("Gueyze", "Sos"),
        ("agenais", "Penne-d'Agenais"),
    ],
)
def test_search_forgives(text, first):
    found = Commune.objects.open().in_departement("47").search(text)

    assert names(found[:1]) == [first]


@pytest.mark.usefixtures("lot_et_garonne")
@pytest.mark.parametrize("text", ["", "  ", "\0", "%", "_", "zzzz", "x" * 10_000, "💊"])
def test_search_finds_nothing_in_nonsense(text):
    assert names(Commune.objects.search(text)) == []


@pytest.mark.usefixtures("lot_et_garonne")
def test_search_by_postal_code_makes_no_guess():
    assert names(Commune.objects.search("47600")) == ["Nérac", "Moncrabeau"]


@pytest.mark.usefixtures("lot_et_garonne")
def test_former_commune_keeps_its_row_and_leads_to_its_successor():
    gueyze = Commune.objects.get(code="47116")

    assert (gueyze.name, gueyze.current.name) == ("Gueyze", "Sos")
    assert gueyze not in Commune.objects.open()


def test_commune_is_not_merged_into_itself():
    commune = CommuneFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Commune.objects.filter(pk=commune.pk).update(merged_into=commune.pk)


def test_communes_are_filed_in_french_order():
    for name in ["Étauliers", "Zoza", "Estillac", "Œuilly"]:
        CommuneFactory(name=name)

    assert names(Commune.objects.all()) == ["Estillac", "Étauliers", "Œuilly", "Zoza"]


def test_population_is_unique_for_a_year():
    first = CommunePopulationFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        CommunePopulation.objects.create(commune=first.commune, year=2023, municipal=1)


def test_intercommunality_is_in_each_departement_of_its_communes():
    group = IntercommunalityFactory()
    CommuneFactory(intercommunality=group)
    gers = DepartementFactory(code="32", name="Gers")
    CommuneFactory(code="32001", departement=gers, intercommunality=group)
    found = Intercommunality.objects

    assert [list(found.in_departement(code)) for code in ("47", "32", "33")] == [
        [group],
        [group],
        [],
    ]


@pytest.mark.parametrize(
    ("valid", "region", "is_accepted"),
    [
        (DateRange(date(2026, 1, 1), None), "75", False),
        (DateRange(date(2024, 1, 1), date(2025, 1, 2)), "75", False),
        (DateRange(date(2024, 1, 1), date(2025, 1, 1)), "75", True),
        (DateRange(date(2026, 1, 1), None), "76", True),
    ],
)
def test_zoning_versions_do_not_overlap_in_a_region(valid, region, is_accepted):
    ZoningFactory(valid=DateRange(date(2025, 1, 1), None))
    other = Zoning(
        kind="ars_doctors",
        version="autre",
        legal_reference="Arrêté",
        region_code=region,
        valid=valid,
    )

    if is_accepted:
        other.save()
    else:
        with pytest.raises(ValidationError, match="Une autre version"):
            other.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            other.save()


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "frr", "region_code": "75"},
        {"kind": "ars_doctors", "region_code": ""},
        {"valid": DateRange(None, date(2025, 1, 1))},
        {"valid": DateRange(empty=True)},
    ],
)
def test_zoning_refuses_what_says_nothing(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        ZoningFactory(**values)


def test_zone_of_a_commune_depends_on_the_day():
    commune = CommuneFactory(nerac=True)
    versions = [
        ("ZAC", DateRange(date(2022, 1, 1), date(2025, 11, 1))),
        ("ZIP", DateRange(date(2025, 11, 1), None)),
    ]
    for code, valid in versions:
        zoning = ZoningFactory(version=code, valid=valid)
        ZoneAssignmentFactory(zoning=zoning, commune=commune, category_code=code)

    def zones(day):
        found = ZoneAssignment.objects.on(day).of_kind("ars_doctors")
        return [zone.category_code for zone in found.filter(commune=commune)]

    assert zones(date(2021, 12, 31)) == []
    assert zones(date(2025, 10, 31)) == ["ZAC"]
    assert zones(date(2025, 11, 1)) == ["ZIP"]


def test_commune_has_one_zone_in_a_zoning():
    zone = ZoneAssignmentFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ZoneAssignmentFactory(zoning=zone.zoning, commune=zone.commune)


def test_organisation_covers_named_places_or_everywhere():
    nerac = CommuneFactory(nerac=True)
    elsewhere = CommuneFactory(intercommunality=None)
    everywhere = OrganisationFactory(name="A")
    by_commune = OrganisationFactory(name="B")
    by_commune.communes.add(nerac)
    by_group = OrganisationFactory(name="C")
    by_group.intercommunalities.add(nerac.intercommunality)
    found = Organisation.objects

    assert list(found.covering(nerac)) == [everywhere, by_commune, by_group]
    assert list(found.covering(elsewhere)) == [everywhere]


def test_health_structures_without_finess_can_be_many():
    HealthStructureFactory(finess="")
    HealthStructureFactory(finess="")

    with pytest.raises(IntegrityError), transaction.atomic():
        HealthStructureFactory(finess="47")


def test_topics_are_there_from_the_start():
    assert list(Topic.objects.values_list("slug", flat=True)) == [
        "premises",
        "structure",
        "administrative",
        "aids",
        "mentor",
        "housing",
        "partner-job",
        "school",
        "childcare",
        "leisure",
    ]


def test_desk_of_the_day_is_read_once(django_assert_num_queries):
    DeskFactory()

    with django_assert_num_queries(1):
        first, second = Desk.objects.current(), Desk.objects.current()

    assert first == second
    assert first.departement.with_de == "de Lot-et-Garonne"


def test_desk_saved_is_desk_shown():
    desk = DeskFactory()
    Desk.objects.current()

    desk.service_name = "Guichet santé"
    desk.save()

    assert Desk.objects.current().service_name == "Guichet santé"


def test_desk_has_defaults_before_any_loading(settings):
    settings.DEPARTEMENT = "23"

    desk = Desk.objects.current()

    assert (desk.pk, desk.service_name, str(desk.departement.code)) == (
        None,
        "Bienvenue Docteur",
        "23",
    )


@pytest.mark.parametrize(
    "values",
    [{"brand": "red"}, {"logo": b"x"}, {"logo": b"x", "logo_media_type": "text/html"}],
)
def test_desk_refuses(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        DeskFactory(**values)


def test_current_departement_is_the_one_of_the_settings(settings):
    DepartementFactory()
    lozere = DepartementFactory(code="48", name="Lozère", tncc=3)
    settings.DEPARTEMENT = "48"

    assert Departement.objects.current() == lozere
