"""The catalogue, the finder, what is kept of it."""

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from casework.models import Entry
from installation import aid_week
from installation.actions import aids
from installation.models import AidProgramme, AidReview
from territory import zones
from territory.models import Commune
from tests.accounts.factories import PersonFactory, UserFactory
from tests.installation.aid_factories import LocalAidRecordFactory, ProgrammeFactory
from tests.installation.factories import RequestFactory, desk_user
from tests.territory.factories import (
    CommuneFactory,
    DepartementFactory,
    ZoneAssignmentFactory,
    ZoningFactory,
)

FINDER = "/installation/aides/"
PROFILE = {
    "commune": "47195",
    "profession": "gp",
    "projet": "creation",
    "exercice": "liberal",
    "premiere": "oui",
    "secteur": "1",
    "jours": "4",
    "lieu": "group",
    "salaries": "0",
}


@pytest.fixture
def catalogue():
    call_command("load_aids", verbosity=0)


@pytest.fixture
def zip_in_nerac():
    zoning = ZoningFactory(
        version="2026",
        legal_reference="Arrêté du 30 décembre 2025",
        valid=DateRange(dt.date(2026, 2, 3), None),
    )
    return ZoneAssignmentFactory(zoning=zoning)


def named(page, verdict) -> list[str]:
    groups = {group["verdict"]: group["lines"] for group in page["groups"]}
    return [line["slug"] for line in groups.get(verdict, [])]


# --- The catalogue ----------------------------------------------------------------


def test_loading_adds_what_is_missing_and_touches_nothing(catalogue):
    edited = AidProgramme.objects.get(slug="frr")
    edited.summary = "Relue par Claire."
    edited.save()
    AidProgramme.objects.get(slug="cesp").delete()

    added = aids.load_catalogue(by=desk_user())

    edited.refresh_from_db()
    assert [programme.slug for programme in added] == ["cesp"]
    assert edited.summary == "Relue par Claire."


@pytest.mark.parametrize(
    ("code", "funds"), [("47", "CPAM ou MSA"), ("48", "CCSS de la Lozère ou MSA")]
)
def test_the_funds_named_are_those_of_the_departement(settings, code, funds):
    settings.DEPARTEMENT = code
    DepartementFactory(code=code)
    aids.load_catalogue()

    aid = AidProgramme.objects.get(slug="primo-installation")

    assert aid.funder_name == f"Assurance maladie ({funds})"
    assert aid.contact == f"Votre caisse d’assurance maladie : {funds}"
    others = AidProgramme.objects.filter(contact__contains="Lozère")
    assert others.exists() == (code == "48")


def test_a_departement_gets_its_own_local_aids(catalogue):
    slugs = set(AidProgramme.objects.values_list("slug", flat=True))

    assert "grand-villeneuvois" in slugs
    assert not {"exercice-salarie-region", "contrats-regionaux-hauts-de-france"} & slugs
    mine = AidProgramme.objects.get(slug="aide-installation-departement")
    assert mine.granted_by == "Le Département de Lot-et-Garonne"


@pytest.mark.parametrize(
    "wrong",
    [
        {"review_on": dt.date(2027, 7, 1), "checked_on": dt.date(2026, 11, 23)},
        {"review_on": dt.date(2026, 11, 22), "checked_on": dt.date(2026, 11, 23)},
        {"intake": "closed", "closed_on": None},
        {"funder": None, "funder_name": ""},
    ],
)
def test_the_catalogue_refuses(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeFactory(**wrong)


def test_a_page_past_its_review_says_so_and_comes_in_the_week(client):
    day = dt.date(2026, 11, 23)
    old = ProgrammeFactory(
        name="Vieille aide",
        checked_on=dt.date(2026, 3, 1),
        review_on=dt.date(2026, 8, 1),
    )

    with time_machine.travel(day, tick=False):
        page = client.get(old.get_absolute_url()).content.decode()
        week = [line.title for line in aid_week.lines(day)]

    assert "Cette fiche devait être relue" in page
    assert week == ["Relire la fiche : Vieille aide"]


def test_an_unpublished_aid_is_not_found(client):
    hidden = ProgrammeFactory(is_published=False)

    assert client.get(hidden.get_absolute_url()).status_code == 404


# --- The zones --------------------------------------------------------------------


def test_a_merged_commune_answers_for_those_it_absorbed(zip_in_nerac):
    new = CommuneFactory()
    former = [CommuneFactory(merged_into=new), CommuneFactory(merged_into=new)]
    day = dt.date(2026, 11, 23)
    for commune in former:
        ZoneAssignmentFactory(zoning=zip_in_nerac.zoning, commune=commune)
    same = zones.of(new, day)["ars_doctors"]
    new.zones.all().delete()
    row = former[0].zones.get()
    row.category_code = "ZAC"
    row.save()

    differ = zones.of(new, day)["ars_doctors"]

    assert (same.code, same.is_unclear) == ("ZIP", False)
    assert differ.is_unclear


def test_the_version_in_force_that_day_answers(zip_in_nerac):
    nerac = Commune.objects.get(code="47195")

    before = zones.of(nerac, dt.date(2026, 2, 2))["ars_doctors"]
    after = zones.of(nerac, dt.date(2026, 2, 3))["ars_doctors"]

    assert (before.is_loaded, after.is_loaded, after.code) == (False, True, "ZIP")


# --- The finder -------------------------------------------------------------------


@time_machine.travel("2026-11-23 10:00+01:00", tick=False)
def test_the_finder_answers_without_an_account(client, catalogue, zip_in_nerac):
    response = client.get(FINDER, PROFILE)
    page = response.content.decode()

    found = response.context["found"]
    assert named(found, "eligible") == ["primo-installation"]
    assert "10\u00a0000\u00a0€, une fois" in page
    assert "Version 2026, en vigueur depuis le 3\u00a0février 2026" in page
    assert "Résultat indicatif, sans valeur de décision." in page
    assert "Vérifié le 23\u00a0novembre 2026 – ameli.fr" in page
    assert "frr" in named(found, "to_check")


def test_without_a_zoning_zones_are_to_be_checked(client, catalogue):
    response = client.get(FINDER, PROFILE)

    found = response.context["found"]
    assert named(found, "eligible") == []
    assert "primo-installation" in named(found, "to_check")
    assert "zonage non chargé" in response.content.decode().lower()


@pytest.mark.parametrize(
    "asked",
    [
        {"commune": "47195"},
        {**PROFILE, "commune": "\0"},
        {**PROFILE, "commune": "Paris"},
        {**PROFILE, "salaries": "-1"},
        {**PROFILE, "salaries": "9" * 400},
        {**PROFILE, "jours": "8"},
        {**PROFILE, "le": "31/02/2026"},
        {**PROFILE, "aide_locale_le": "0001-01-01"},
        {**PROFILE, "profession": "' OR 1=1"},
        {**PROFILE, "en_cours": "inconnue"},
        {**PROFILE, "en_cours": "\0"},
    ],
)
def test_the_finder_keeps_what_was_typed_wrong(client, catalogue, asked):
    response = client.get(FINDER, asked)

    assert response.status_code == 200
    assert response.context["found"] is None
    assert response.context["form"].errors


def test_words_of_another_site_are_not_a_search(client):
    assert not client.get(FINDER, {"utm": "x"}).context["form"].is_bound


@pytest.mark.parametrize("count", [2, 12])
def test_the_finder_costs_the_same(client, count, django_assert_max_num_queries):
    ProgrammeFactory.create_batch(count)
    client.get(FINDER, PROFILE)

    with django_assert_max_num_queries(13):
        client.get(FINDER, PROFILE)


def test_our_register_speaks_for_whoever_is_signed_in(client, catalogue, zip_in_nerac):
    user = UserFactory()
    LocalAidRecordFactory(person=user.person, signed_on=dt.date(2025, 6, 1))
    client.force_login(user)

    found = client.get(FINDER, PROFILE).context["found"]

    assert "aide-installation-departement" in named(found, "no")


# --- Kept in a dossier ------------------------------------------------------------


def test_a_result_is_joined_to_ones_own_dossier(client, catalogue, zip_in_nerac):
    user = UserFactory()
    dossier = RequestFactory(in_support=True, applicant=user.person)
    client.force_login(user)
    url = reverse("installation:aid-review-attach", query=PROFILE)

    first = client.post(url, {"dossier": dossier.reference})
    client.post(url, {"dossier": dossier.reference})

    assert first.status_code == 302
    review = AidReview.objects.get()
    by_slug = {line["slug"]: line for line in review.results}
    assert by_slug["primo-installation"]["verdict"] == "eligible"
    assert review.zonings[0]["zone"] == "Zone d'intervention prioritaire"
    assert ["Commune d’exercice", "Nérac"] in review.answers
    page = client.get(dossier.get_absolute_url()).content.decode()
    assert "Aide à la primo-installation" in page
    assert Entry.objects.about(dossier).filter(verb="installation.aid.reviewed")


def test_nobody_joins_a_result_to_a_stranger_s_dossier(client, catalogue):
    dossier = RequestFactory(in_support=True)
    client.force_login(UserFactory())
    url = reverse("installation:aid-review-attach", query=PROFILE)

    client.post(url, {"dossier": dossier.reference})

    assert not AidReview.objects.exists()


def test_the_desk_searches_from_a_dossier(client, catalogue, zip_in_nerac):
    dossier = RequestFactory(in_support=True, profession="doctor", specialty="Générale")
    client.force_login(desk_user())
    page = reverse("admin:installation_installationrequest_change", args=[dossier.pk])
    url = reverse("admin:installation_dossier_aids", args=[dossier.pk])

    wrong = client.post(url, {**PROFILE, "commune": "nulle part"})
    client.post(url, PROFILE)

    assert "nulle part" in wrong.content.decode()
    shown = client.get(f"{page}?onglet=aides").content.decode()
    assert "Vous remplissez les conditions (1)" in shown


def test_a_partner_or_a_visitor_has_no_catalogue_to_edit(client):
    client.force_login(UserFactory(is_staff=True, groups=["elus"]))

    url = reverse("admin:installation_aidprogramme_changelist")
    assert client.get(url).status_code == 403


def test_staff_edit_the_conditions_without_code(client):
    client.force_login(desk_user())
    programme = ProgrammeFactory(name="Aide de la commune")
    url = reverse("admin:installation_aidprogramme_change", args=[programme.pk])
    form = client.get(url).context["adminform"].form
    posted = {
        name: form.initial[name]
        for name in form.fields
        if form.initial.get(name) not in (None, False, [])
    }
    posted |= {
        "name": "Aide de la commune",
        "professions": ["gp", "midwife"],
        "min_days_a_week": "3",
        "is_published": "on",
        "valid_until": "2027-12-31",
        "zones-TOTAL_FORMS": "1",
        "zones-INITIAL_FORMS": "0",
        "zones-0-zoning_kind": "frr",
        "zones-0-codes": "FRR socle, FRR+",
        "zones-0-amount": "5000",
    }

    answer = client.post(url, posted)

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    programme.refresh_from_db()
    assert programme.professions == ["gp", "midwife"]
    assert programme.valid.upper == dt.date(2028, 1, 1)
    assert programme.conditions.zones[0].codes == ("FRR socle", "FRR+")


def test_the_catalogue_is_loaded_by_a_button(client):
    client.force_login(desk_user(person=PersonFactory(first_name="Claire")))
    url = reverse("admin:installation_aidprogramme_load_catalogue")

    client.get(url)
    assert not AidProgramme.objects.exists()
    client.post(url)

    assert AidProgramme.objects.count() > 10
