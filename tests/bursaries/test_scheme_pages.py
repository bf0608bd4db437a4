"""The public pages of bursaries, and what the head writes in the back-office."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from bursaries.models import SchemeVersion
from tests.accounts.factories import UserFactory
from tests.bursaries.factories import SchemeFactory, SchemeVersionFactory

ANSWERS = {
    "etudes": "medicine",
    "annee": "des_appro_1",
    "inscription": "oui",
    "europe": "oui",
    "diplome": "oui",
    "cesp": "never",
    "autre": "non",
    "pret": "oui",
}


@pytest.fixture
def head(client):
    user = UserFactory(is_staff=True, groups=["direction"])
    client.force_login(user)
    return user


def test_nothing_open_says_so(client):
    page = client.get(reverse("bursaries:schemes"))

    assert "Aucune bourse ouverte en ce moment" in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same(client, count, django_assert_num_queries):
    client.get(reverse("bursaries:schemes"))
    for _ in range(count):
        SchemeVersionFactory(published=True)

    with django_assert_num_queries(3):  # the desk, versions, their amounts
        page = client.get(reverse("bursaries:schemes"))

    assert page.text.count("Tout savoir") == count


def test_a_draft_is_nobody_s_page(client):
    version = SchemeVersionFactory()

    assert client.get(version.scheme.get_absolute_url()).status_code == 404


def test_the_page_tells_the_version_in_force(client):
    version = SchemeVersionFactory(published=True)

    page = client.get(version.scheme.get_absolute_url())

    assert "700\u00a0€ par mois." in page.text
    assert "Exemple à vérifier" not in page.text


def test_a_closed_bursary_keeps_its_page(client):
    version = SchemeVersionFactory(published=timezone.localdate())
    with time_machine.travel(timezone.now() + dt.timedelta(days=9), tick=False):
        version.close(timezone.localdate())
        page = client.get(version.scheme.get_absolute_url())

    assert "ne prend plus de demande" in page.text


def test_a_bursary_to_come_says_when(client):
    opens_on = timezone.localdate() + dt.timedelta(days=40)
    version = SchemeVersionFactory(published=opens_on)

    page = client.get(version.scheme.get_absolute_url())

    assert "Les demandes ouvrent le" in page.text


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, "Elle peut être pour vous"),
        ({"autre": "oui"}, "Elle peut être pour vous"),
        ({"cesp": "since"}, "Pas aujourd’hui"),
        ({"annee": "dental_4"}, "Pas aujourd’hui"),
    ],
)
def test_eight_answers_get_a_verdict(client, change, verdict):
    version = SchemeVersionFactory(published=True)
    address = reverse("bursaries:eligibility", args=[version.scheme.slug])

    page = client.get(address, ANSWERS | change)

    assert verdict in page.text


def test_a_question_left_blank_keeps_the_other_answers(client):
    version = SchemeVersionFactory(published=True)
    address = reverse("bursaries:eligibility", args=[version.scheme.slug])

    page = client.get(address, ANSWERS | {"cesp": ""})

    assert "Dites où vous en êtes avec ce contrat." in page.text
    assert '<option value="des_appro_1" selected>' in page.text


@pytest.mark.parametrize("typed", ["' or 1=1", "<script>", "\x00", "é" * 5000])
def test_strange_answers_are_refused_in_words(client, typed):
    version = SchemeVersionFactory(published=True)
    address = reverse("bursaries:eligibility", args=[version.scheme.slug])

    page = client.get(address, ANSWERS | {"etudes": typed})

    assert page.status_code == 200
    assert "Elle peut être pour vous" not in page.text


def form_of(page) -> dict:
    """What the change page of the back-office would send back as it stands."""
    sent = {}
    forms = [page.context["adminform"].form]
    for formset in page.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, dt.date):
                value = f"{value:%d/%m/%Y}"
            if value is not None and value is not False:
                sent[field.html_name] = value
    return sent


def test_the_head_creates_a_bursary_and_publishes_its_rules(client, head):
    added = client.post(
        reverse("admin:bursaries_scheme_add"),
        {"name": "Bourse", "slug": "bourse", "summary": "Une bourse.", "rank": 0},
    )
    page = client.get(added.url)
    assert page.status_code == 200
    sent = form_of(page) | {
        "deliberation": "2026-114",
        "deliberated_on": "26/06/2026",
        "professions": ["medicine"],
        "levels": ["des_socle_1"],
        "modes": ["liberal"],
        "zones": "ZIP",
        "amounts-0-year": 1,
        "amounts-0-amount": 700,
    }

    saved = client.post(added.url, sent)

    version = SchemeVersion.objects.get()
    assert saved.status_code == 302, saved.context["errors"]
    assert (version.professions, version.zones) == (["medicine"], ["ZIP"])
    publish = reverse("admin:bursaries_schemeversion_publish", args=[version.pk])
    assert client.get(publish).status_code == 200
    client.post(publish, {"day": timezone.localdate().isoformat()})
    version.refresh_from_db()
    assert version.is_open_on(timezone.localdate())


def test_rules_against_the_law_are_refused_in_the_back_office(client, head):
    version = SchemeVersionFactory()
    address = reverse("admin:bursaries_schemeversion_change", args=[version.pk])
    sent = form_of(client.get(address)) | {"commitment_months": 36}

    page = client.post(address, sent)

    assert "L&#x27;indemnité d&#x27;étude demande au moins cinq ans" in page.text
    version.refresh_from_db()
    assert version.commitment_months == 60


def test_a_published_version_is_only_read(client, head):
    version = SchemeVersionFactory(published=True)
    address = reverse("admin:bursaries_schemeversion_change", args=[version.pk])
    sent = {"commitment_months": 72}

    page = client.get(address).text

    assert "Exercer 5\u00a0ans" in page
    assert "des_socle_1" not in page
    assert client.post(address, sent).status_code == 403


def test_rules_published_meanwhile_are_not_written_over(client, head):
    version = SchemeVersionFactory()
    address = reverse("admin:bursaries_schemeversion_change", args=[version.pk])
    sent = form_of(client.get(address)) | {"commitment_months": 72}
    version.publish(opens_on=timezone.localdate(), by=head)

    assert client.post(address, sent).status_code == 403


@pytest.mark.parametrize("act", ["publish", "close", "discard"])
@pytest.mark.parametrize("role", ["accueil", "finances"])
def test_only_the_head_decides_of_the_rules(client, role, act):
    client.force_login(UserFactory(is_staff=True, groups=[role]))
    version = SchemeVersionFactory(published=act == "close")
    address = reverse(f"admin:bursaries_schemeversion_{act}", args=[version.pk])

    assert client.post(address).status_code == 403
    assert (
        client.get(
            reverse("admin:bursaries_schemeversion_change", args=[version.pk])
        ).status_code
        == 200
    )


def test_a_new_version_is_begun_from_the_scheme(client, head):
    first = SchemeVersionFactory(published=True)
    address = reverse("admin:bursaries_scheme_prepare", args=[first.scheme_id])

    assert client.get(address).status_code == 200
    answer = client.post(address)

    draft = SchemeVersion.objects.drafts().get()
    assert answer.url == reverse(
        "admin:bursaries_schemeversion_change", args=[draft.pk]
    )
    assert "Rien ne change" not in client.get(answer.url).text


def test_an_empty_list_says_what_would_fill_it(client, head):
    page = client.get(reverse("admin:bursaries_scheme_changelist"))

    assert "Ajoutez celle que l’assemblée a votée" in page.text


def test_a_bursary_without_rules_is_nobody_s_page(client):
    assert client.get(SchemeFactory().get_absolute_url()).status_code == 404
