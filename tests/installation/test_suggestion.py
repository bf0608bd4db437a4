"""Which partners could help, why, and where nobody does."""

import datetime as dt

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from installation import coverage, directory
from installation.directory import Place
from installation.suggestion import suggest
from territory.models import ContactAbsence, Topic
from tests.installation.factories import ReferralFactory, RequestFactory
from tests.territory.factories import (
    CommuneFactory,
    ContactFactory,
    IntercommunalityFactory,
    OrganisationFactory,
)

DAY = dt.date(2026, 11, 23)


@pytest.fixture
def housing():
    return Topic.objects.get(slug="housing")


def partner(name, *, topics=(), communes=(), groups=(), email="p@example.org"):
    organisation = OrganisationFactory(name=name, email=email)
    organisation.topics.set(topics)
    organisation.communes.set(communes)
    organisation.intercommunalities.set(groups)
    return organisation


def said(suggestions):
    return [(one.partner.organisation.name, one.explanation) for one in suggestions]


def test_partners_are_ranked_and_each_says_why(housing):
    marmande = CommuneFactory(name="Marmande")
    elsewhere = CommuneFactory(
        name="Tonneins", intercommunality=IntercommunalityFactory(code="200068955")
    )
    school = Topic.objects.get(slug="school")
    local = partner("Habitat", topics=[housing], communes=[marmande])
    partner("Mairie", topics=[housing], communes=[marmande, elsewhere])
    partner("ADIL", topics=[housing])
    partner("École", topics=[school], communes=[marmande])
    partner("Loin", topics=[housing], communes=[CommuneFactory()])
    partner("Muette", topics=[housing], communes=[marmande], email="")
    for _ in range(2):
        ReferralFactory(organisation=local)
    request = RequestFactory()
    request.communes.add(marmande, elsewhere)

    wished = directory.wished_by([request])[request.pk]
    found = suggest(housing, wished, directory.load(DAY), DAY)

    assert said(found) == [
        (
            "Mairie",
            "couvre Marmande et Tonneins, thème logement, aucune orientation en cours",
        ),
        (
            "ADIL",
            "couvre tout le Département, thème logement, aucune orientation en cours",
        ),
        (
            "Habitat",
            "couvre Marmande mais pas Tonneins, thème logement, 2 orientations en "
            "cours",
        ),
        (
            "Muette",
            "couvre Marmande mais pas Tonneins, thème logement, aucune orientation en "
            "cours, sans adresse : à ajouter dans l'annuaire",
        ),
    ]


def test_the_stand_in_answers_during_an_absence(housing):
    organisation = partner("Habitat", topics=[housing], email="")
    away = ContactFactory(organisation=organisation, name="Odile Fabre", is_main=True)
    stand_in = ContactFactory(
        organisation=organisation, name="Marc Vidal", email="marc@example.org"
    )
    ContactAbsence.objects.create(
        contact=away,
        stand_in=stand_in,
        period=DateRange(dt.date(2026, 11, 20), dt.date(2026, 12, 1)),
    )

    [found] = suggest(housing, [], directory.load(DAY), DAY)

    assert (found.address, found.answering.contact) == ("marc@example.org", stand_in)
    assert found.reasons[-1] == (
        "Odile Fabre revient le 01/12/2026, Marc Vidal répond d'ici là"
    )


def test_whoever_gave_the_need_back_comes_last(housing):
    first = partner("A", topics=[housing])
    partner("B", topics=[housing])

    found = suggest(housing, [], directory.load(DAY), DAY, declined={first.pk})

    assert [(one.partner.organisation.name, one.is_recommended) for one in found] == [
        ("B", True),
        ("A", False),
    ]
    assert found[1].reasons[-1] == "a déjà rendu ce besoin"


def test_a_merged_commune_is_covered_through_the_one_that_took_its_place(housing):
    new = CommuneFactory(name="Neuve")
    old = CommuneFactory(name="Ancienne", merged_into=new, closed_on=DAY)
    partner("Habitat", topics=[housing], communes=[old])

    [loaded] = directory.load(DAY)

    assert loaded.covers(Place("Neuve", new.pk, new.intercommunality_id))


def test_loading_costs_the_same_for_one_partner_and_for_many(
    housing, django_assert_num_queries
):
    for number in range(2):
        organisation = partner(f"P{number}", topics=[housing])
        organisation.communes.add(CommuneFactory())
        ContactFactory(organisation=organisation)

    with django_assert_num_queries(7):
        loaded = directory.load(DAY)

    assert len(loaded) == 2


def test_the_coverage_table_says_where_nobody_helps(housing):
    albret = IntercommunalityFactory()
    other = IntercommunalityFactory(code="200068955", name="CA d'Agen")
    # Nérac is there already.
    mezin = CommuneFactory(intercommunality=albret)
    nerac = CommuneFactory(nerac=True)
    CommuneFactory(intercommunality=other)
    school, aids = (Topic.objects.get(slug=slug) for slug in ("school", "aids"))
    partner("Habitat", topics=[housing], communes=[nerac])
    partner("Collège", topics=[school], communes=[nerac, mezin])
    partner("=Inspection", topics=[school], groups=[other])

    lines = coverage.table(
        [housing, school, aids], directory.groups_of("47"), directory.load(DAY)
    )

    assert [[cell.sentence for cell in line.cells] for line in lines] == [
        ["Personne", "1 commune sur 2"],
        ["1 partenaire", "1 partenaire"],
        ["Personne", "Personne"],
    ]
    assert len(lines[2].holes) == 2
    assert coverage.as_csv(lines).splitlines()[2:4] == [
        "projet familial;Logement;CC Albret Communauté;200068948;1 commune sur 2;"
        "Habitat (1 sur 2)",
        "projet familial;École, collège, lycée;CA d'Agen;200068955;1 partenaire;"
        "'=Inspection",
    ]
