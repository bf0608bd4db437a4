"""The desk at work: a call by keyboard alone, the whole week, doubles."""

import datetime as dt
import re
import time

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from casework.actions import announce_absence
from casework.models import Task
from installation.models import InstallationRequest
from tests.accounts.factories import PersonFactory
from tests.browser.journeys import enter, mailed, open_desk
from tests.installation.factories import (
    ExchangeFactory,
    ReferralFactory,
    RequestFactory,
    desk_user,
)
from tests.territory.factories import OrganisationFactory

# A loaded machine is no slow page.
PATIENCE = 20_000
# Everything one may fill, a group of boxes or of choices being one question.
FIELDS = """() => {
  const fields = [...document.querySelectorAll(
    ".desk-call :is(input, select, textarea):not([type=hidden])"
  )].filter((field) => field.checkVisibility());
  return new Set(fields.map((field) => field.name || field.id)).size;
}"""


@pytest.fixture
def signed_in(settings, page, base_url):
    """Claire Dumas at the desk, signed in."""
    claire = open_desk(settings)
    enter(page, base_url, claire)
    return claire


def type_in(page, label, text):
    """Reach a field with Tab alone, then type."""
    reach(page, label)
    page.keyboard.type(text)


def reach(page, label):
    for _ in range(60):
        if re.search(label, focused(page)):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"« {label} » is out of reach; last: {focused(page)}")


def focused(page) -> str:
    return page.evaluate(
        """() => {
          const field = document.activeElement;
          const label = field.labels?.[0]?.innerText;
          return (label || field.innerText || field.value || "").trim();
        }"""
    )


def test_a_call_is_noted_by_keyboard_within_a_minute(
    page, base_url, look, signed_in, context
):
    page.goto(base_url + reverse("gestion:call"))
    look(page, "9-backoffice-appel")
    assert page.evaluate(FIELDS) < 15
    page.reload()
    began = time.monotonic()

    assert re.search("Téléphone", focused(page))
    page.keyboard.type("05 36 49 01 42")
    type_in(page, r"^Nom\b", "Garrigue")
    type_in(page, "^Prénom", "Paul")
    type_in(page, "^Courriel", "paul.garrigue@example.org")
    reach(page, "^Profession")
    page.keyboard.press("ArrowDown")
    reach(page, "^Logement")
    page.keyboard.press("Space")
    type_in(page, "^Notes", "Sa femme cherche un poste d’infirmière.")
    type_in(page, "^Prochaine action", "Envoyer trois lieux")
    reach(page, "jours ouvrés")
    page.keyboard.press("ArrowDown")
    reach(page, "^Noter l’appel")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(
        "L’appel est noté", timeout=PATIENCE
    )

    assert time.monotonic() - began < 60
    dossier = InstallationRequest.objects.get()
    assert (dossier.channel, dossier.case_worker) == ("phone", signed_in)
    assert [need.topic.slug for need in dossier.needs.all()] == ["housing"]
    look(page, "9-backoffice-dossier-appel")

    context.clear_cookies()
    page.goto(base_url + mailed("paul.garrigue@example.org", dossier.reference))
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Faisons connaissance")
    expect(page.get_by_label(re.compile("^Nom"))).to_have_value("Garrigue")
    look(page, "completer-1")
    page.get_by_label("Adresse").fill("2 rue des Tanneurs")
    page.get_by_label("Code postal").fill("33000")
    page.get_by_label("Ville").fill("Bordeaux")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Que faites-vous")
    page.goto(base_url + dossier.get_absolute_url())
    expect(
        page.get_by_text("À compléter, quand vous voulez", exact=True)
    ).to_be_visible()
    expect(page.get_by_text("infirmière")).to_have_count(0)
    look(page, "completer-dossier")
    assert "infirmière" not in "".join(sent.body for sent in mail.outbox)


def test_a_caller_we_know_joins_their_dossier(page, base_url, look, signed_in):
    known = PersonFactory(
        first_name="Inès", last_name="Caubet", phone="+33536490143", email=""
    )
    dossier = RequestFactory(in_support=True, applicant=known, case_worker=signed_in)
    page.goto(base_url + reverse("gestion:call"))

    page.keyboard.type("05 36 49 01 43")
    choice = page.get_by_label(re.compile(f"ajouter au dossier {dossier.reference}"))
    expect(choice).to_be_visible(timeout=PATIENCE)
    reach(page, "ajouter au dossier")
    page.keyboard.press("Space")
    look(page, "9-backoffice-appel-connu")
    page.get_by_label(re.compile("^Nom")).fill("Caubet")
    expect(choice).to_be_checked()
    page.get_by_label(re.compile("^Notes")).fill("Je vous rappelle vendredi.")
    page.get_by_role("button", name="Noter l’appel").click()

    expect(page.get_by_role("status")).to_contain_text(dossier.reference)
    page.get_by_role("link", name="Échanges").first.click()
    look(page, "9-backoffice-promesse")
    page.get_by_role("button", name=re.compile("En faire une tâche pour le")).click()
    expect(page.get_by_text("Promesse notée")).to_be_visible()
    assert Task.objects.get().kind == "promise"
    page.get_by_role("link", name="Résumé").first.click()
    look(page, "9-backoffice-dossier-taches")


def test_the_whole_week(page, base_url, look, signed_in):
    today = timezone.localdate()
    mathilde = desk_user(
        person=PersonFactory(first_name="Mathilde", last_name="Laborde")
    )
    names = [("Paul", "Garrigue"), ("Inès", "Caubet"), ("Lucas", "Faure")]
    for n, (first_name, last_name) in enumerate(names):
        dossier = RequestFactory(
            in_support=True,
            case_worker=signed_in,
            first_name=first_name,
            last_name=last_name,
            next_action=["Répondre", "Appeler la mairie de Mézin", "Proposer un lieu"][
                n
            ],
            next_action_on=today + dt.timedelta(days=n * 2 - 2),
            last_exchange_at=timezone.now() - dt.timedelta(days=40 * n),
        )
    relay = OrganisationFactory(
        name="Relais petite enfance d’Albret", phone="05 36 49 05 05", email="r@e.org"
    )
    ReferralFactory(
        need__request=dossier,
        organisation=relay,
        sent_at=timezone.now() - dt.timedelta(days=24),
    )
    RequestFactory(
        in_support=True,
        case_worker=mathilde,
        first_name="Jeanne",
        last_name="Roumagnac",
        next_action="Confirmer la visite",
        next_action_on=today,
    )
    RequestFactory(submitted=True, first_name="Hugo", last_name="Delmas")
    announce_absence(
        mathilde,
        first_day=today,
        last_day=today + dt.timedelta(days=4),
        stand_in=signed_in,
        by=mathilde,
    )
    Task.objects.create(
        title="Envoyer le bail à L. Faure",
        due_on=today + dt.timedelta(days=1),
        owner=signed_in,
        kind="promise",
    )
    ExchangeFactory(request=dossier)
    page.goto(base_url + reverse("admin:index"))
    look(page, "9-backoffice-semaine")

    expect(page.get_by_role("region", name="Absences et relève")).to_contain_text(
        "Confirmer la visite"
    )
    expect(page.get_by_role("region", name="Partenaires silencieux")).to_contain_text(
        "Relais petite enfance"
    )
    page.get_by_role("button", name="Fait : Envoyer le bail").click()
    page.get_by_role("button", name="Annuler : Envoyer le bail").click()
    expect(page.get_by_role("button", name="Fait : Envoyer le bail")).to_be_visible()
    for name, path in (
        ("semaine", reverse("gestion:week-sheet")),
        ("releve", reverse("gestion:handover", args=[mathilde.absences.get().pk])),
    ):
        response = page.request.get(base_url + path)
        assert (response.status, response.headers["content-type"]) == (
            200,
            "application/pdf",
        ), name


def test_doubles_are_compared_then_merged(page, base_url, look, signed_in):
    hugo = PersonFactory(
        first_name="Hugo", last_name="Lacaze", phone="+33536490151", email=""
    )
    PersonFactory(first_name="Hugo", last_name="Lacase", phone="+33536490151", email="")
    kept = RequestFactory(in_support=True, applicant=hugo, case_worker=signed_in)
    other = RequestFactory(submitted=True, applicant=hugo, kind="locum")
    ExchangeFactory(request=other)
    page.goto(base_url + reverse("gestion:duplicates"))
    look(page, "9-backoffice-doublons")
    page.get_by_role(
        "link", name=f"Comparer {kept.reference} et {other.reference}"
    ).click()
    look(page, "9-backoffice-reunir")

    page.get_by_role("button", name="Réunir pour de bon").click()

    expect(page.get_by_role("status")).to_contain_text(
        f"{other.reference} est réuni à {kept.reference}", timeout=PATIENCE
    )
    page.get_by_role("searchbox").fill(other.reference)
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("main").get_by_role("link", name=re.compile("Inès")).click()
    expect(page.get_by_role("status")).to_contain_text(
        "est réuni à ce dossier", timeout=PATIENCE
    )
    look(page, "9-backoffice-dossier-reuni")
