"""The desk's day in a real browser: a request from the queue to its reopening."""

import datetime as dt
import re
import time

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts import roles
from casework.models import Message, Task
from installation.models import InstallationRequest
from tests.accounts.factories import PASSWORD, PersonFactory, UserFactory
from tests.browser.journeys import enter
from tests.documents import samples
from tests.installation.factories import ExchangeFactory, RequestFactory
from tests.territory.factories import CommuneFactory, DeskFactory, OrganisationFactory

TABS = ["projet", "famille", "echanges", "documents", "journal"]
DECISIONS = ["prochaine-action", "confier", "pause", "clore"]
NOTE = "Ne pas rappeler avant midi : elle consulte."


@pytest.fixture
def places():
    DeskFactory(phone="+33536491247")
    return [CommuneFactory(nerac=True), *CommuneFactory.create_batch(2)]


@pytest.fixture
def officer(places):
    """Somebody of the desk, and the secret of the application on their phone."""

    def officer(first_name, last_name, email):
        secret = generate_totp_secret()
        user = UserFactory(
            email=email,
            person__first_name=first_name,
            person__last_name=last_name,
            is_staff=True,
            groups=[roles.ACCUEIL],
            second_factor=False,
        )
        TOTP.activate(user, secret)
        user.totp_secret = secret
        return user

    return officer


@pytest.fixture
def claire(officer):
    return officer("Claire", "Dumas", "claire.dumas@example.org")


@pytest.fixture
def mathilde(officer):
    return officer("Mathilde", "Laborde", "mathilde.laborde@example.org")


@pytest.fixture
def ask(places):
    """Somebody files a request."""

    def ask(first_name, last_name, **options):
        email = f"{last_name.lower()}@example.org"
        person = PersonFactory(
            first_name=first_name,
            last_name=last_name,
            email=email,
            phone="+33536490142",
        )
        options = {"submitted": True, "kind": "installation"} | options
        dossier = RequestFactory(
            applicant=person,
            first_name=first_name,
            last_name=last_name,
            email=email,
            message="Nous cherchons une maison de santé près de Nérac.",
            **options,
        )
        dossier.communes.set(places[:1])
        return dossier

    return ask


def code_of(user) -> str:
    """What the application on their phone shows now."""
    half_minutes = int(time.time()) // 30
    return format_hotp_value(hotp_value(user.totp_secret, half_minutes))


def sign_in(page, base_url, user):
    page.goto(base_url + reverse("admin:index"))
    page.get_by_label("Courriel").fill(user.email)
    page.get_by_label("Mot de passe").first.fill(PASSWORD)
    page.get_by_role("button", name="Entrer", exact=True).click()
    page.get_by_label("Code").fill(code_of(user))
    page.get_by_role("button", name="Entrer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Semaine du")


def dossier_url(dossier, tab="resume"):
    name = "admin:installation_installationrequest_change"
    return f"{reverse(name, args=[dossier.pk])}?onglet={tab}"


def press(page, button):
    page.get_by_role("main").get_by_role("link", name=button, exact=True).click()


def save(page, button):
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()


def soon(days=9) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def told(page, sentence):
    expect(page.get_by_role("status").filter(has_text=sentence)).to_be_visible()


def test_a_request_from_the_queue_to_its_reopening(
    page, base_url, look, claire, mathilde, ask
):
    dossier = ask("Inès", "Caubet")

    sign_in(page, base_url, claire)
    look(page, "guichet-semaine")
    menu = page.get_by_role("navigation")
    menu.get_by_role("link", name=re.compile("^Demandes( \\d|$)")).click()
    look(page, "guichet-file")
    page.get_by_role("link", name=re.compile("Inès Caubet")).click()
    look(page, "guichet-dossier-nouveau")

    press(page, "Prendre en charge")
    look(page, "guichet-prendre-en-charge")
    save(page, "Prendre en charge")
    told(page, "La demande est à vous")

    press(page, "Écrire")
    page.get_by_label("Message").fill("Bonjour, quand pourriez-vous venir à Nérac ?")
    page.get_by_label("Pièces jointes").set_input_files(
        {
            "name": "maison-de-sante.pdf",
            "mimeType": "application/pdf",
            "buffer": samples.pdf(),
        }
    )
    page.get_by_label("Ce que vous attendez d’elle").fill("Choisir une date de visite")
    save(page, "Enregistrer et envoyer")
    expect(page.get_by_text("Dites avant quelle date.").first).to_be_visible()
    expect(page.get_by_label("Message")).to_have_value(re.compile("venir à Nérac"))
    look(page, "guichet-ecrire-a-corriger")
    page.get_by_label("Avant le").fill(soon().isoformat())
    page.get_by_label("Pièces jointes").set_input_files(
        {
            "name": "maison-de-sante.pdf",
            "mimeType": "application/pdf",
            "buffer": samples.pdf(),
        }
    )
    save(page, "Enregistrer et envoyer")
    told(page, "C’est écrit.")
    expect(page.get_by_text("maison-de-sante.pdf").first).to_be_visible()

    press(page, "Écrire")
    page.get_by_text("Une note, lue du guichet seul").click()
    page.get_by_label("Message").fill(NOTE)
    save(page, "Enregistrer et envoyer")
    told(page, "C’est écrit.")
    expect(page.get_by_text(NOTE)).to_be_visible()

    press(page, "Fixer la prochaine action")
    page.get_by_label("Prochaine action").fill("Préparer la visite de Nérac")
    page.get_by_label("À faire le").fill(soon(5).isoformat())
    save(page, "Enregistrer")
    told(page, "La prochaine action est notée.")

    press(page, "Mettre en pause")
    page.get_by_label("Jusqu’au").fill(soon(30).isoformat())
    page.get_by_label("Motif").fill("Elle termine son remplacement.")
    save(page, "Mettre en pause")
    told(page, "Le dossier est en pause.")
    press(page, "Reprendre")
    look(page, "guichet-reprendre")
    save(page, "Reprendre")
    told(page, "L’accompagnement reprend.")

    for tab in TABS:
        page.goto(base_url + dossier_url(dossier, tab))
        look(page, f"guichet-dossier-{tab}")
    for slug in DECISIONS:
        name = f"admin:installation_decision_{slug}"
        page.goto(base_url + reverse(name, args=[dossier.pk]))
        look(page, f"guichet-{slug}")

    page.get_by_text("personne orientée", exact=True).click()
    page.get_by_label("Un mot à la personne").fill("Bonne route à Nérac.")
    save(page, "Clore le dossier")
    told(page, "Le dossier est clos.")
    look(page, "guichet-dossier-clos")
    press(page, "Rouvrir")
    page.get_by_label("Pourquoi rouvrir").fill("Le local de Nérac n’est plus libre.")
    save(page, "Rouvrir")
    told(page, "Le dossier est rouvert.")

    page.goto(base_url + dossier_url(dossier, "journal"))
    journal = page.get_by_role("main").inner_text()
    for step in (
        "a pris la demande en charge",
        "a écrit à la personne",
        "a écrit une note interne",
        "a fixé la prochaine action",
        "a mis la demande en pause",
        "a repris la demande",
        "a clos la demande",
        "a rouvert la demande",
    ):
        assert f"Claire Dumas {step}" in journal
    assert not Message.objects.filter(text__contains=NOTE).exists()


def test_the_applicant_never_reads_a_note(page, base_url, client, claire, ask):
    dossier = ask("Inès", "Caubet", in_support=True, case_worker=claire)
    applicant = UserFactory(person=dossier.applicant, email=dossier.email)
    enter(page, base_url, claire)
    name = "admin:installation_decision_ecrire"
    page.goto(base_url + reverse(name, args=[dossier.pk]))
    page.get_by_text("Une note, lue du guichet seul").click()
    page.get_by_label("Message").fill(NOTE)
    page.get_by_label("Pièces jointes").set_input_files(
        {
            "name": "note-du-guichet.pdf",
            "mimeType": "application/pdf",
            "buffer": samples.pdf(),
        }
    )
    save(page, "Enregistrer et envoyer")
    told(page, "C’est écrit.")

    client.force_login(applicant)
    response = client.get(
        reverse("installation:dossier-detail", args=[dossier.reference])
    )

    read = response.content.decode()
    assert response.status_code == 200
    assert (NOTE in read, "note-du-guichet" in read) == (False, False)
    assert list(Message.objects.filter(recipient=dossier.email)) == []


def test_two_people_take_the_same_request(
    browser, browser_context_args, base_url, claire, mathilde, ask
):
    dossier = ask("Inès", "Caubet")
    url = reverse("admin:installation_decision_prendre-en-charge", args=[dossier.pk])
    pages = []
    for user in (claire, mathilde):
        page = browser.new_context(**browser_context_args).new_page()
        enter(page, base_url, user)
        page.goto(base_url + url)
        pages.append(page)
    first, second = pages

    save(first, "Prendre en charge")
    told(first, "La demande est à vous")
    save(second, "Prendre en charge")

    refusal = second.get_by_role("alert")
    expect(refusal).to_contain_text("Claire Dumas")
    dossier.refresh_from_db()
    assert dossier.case_worker == claire
    for page in pages:
        page.context.close()


def test_a_call_without_a_way_to_answer_is_refused(page, base_url, look, claire):
    enter(page, base_url, claire)
    page.goto(base_url + reverse("gestion:call"))

    page.get_by_label(re.compile(r"^\s*Nom\b")).fill("Garrigue")
    save(page, "Noter l’appel")

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Notez un téléphone ou un courriel")
    expect(page.get_by_label(re.compile(r"^\s*Nom\b"))).to_have_value("Garrigue")
    look(page, "guichet-appel-a-corriger")
    assert not InstallationRequest.objects.exists()


def test_the_week_tells_late_from_due(page, base_url, look, claire, ask):
    late = ask(
        "Paul",
        "Garrigue",
        in_support=True,
        case_worker=claire,
        next_action="Répondre à Paul Garrigue",
        next_action_on=soon(-3),
    )
    ask(
        "Camille",
        "Roussel",
        in_support=True,
        case_worker=claire,
        next_action="Préparer la visite",
        next_action_on=timezone.localdate(),
    )
    Task.objects.create(
        title="Rappeler le docteur Pujol",
        due_on=soon(1),
        owner=claire,
        kind=Task.Kind.PROMISE,
        created_by=claire,
    )
    enter(page, base_url, claire)
    page.goto(base_url + reverse("admin:index"))
    look(page, "guichet-semaine-pleine")

    rows = page.get_by_role("table").get_by_role("row")
    expect(rows.filter(has_text="Répondre à Paul Garrigue")).to_contain_text(
        "En retard"
    )
    expect(rows.filter(has_text="Préparer la visite")).not_to_contain_text("En retard")
    save(page, "Fait : Rappeler le docteur Pujol")
    told(page, "C’est fait : Rappeler le docteur Pujol.")
    rows.get_by_role("link", name="Répondre à Paul Garrigue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Paul Garrigue")
    assert page.url.endswith(dossier_url(late).split("?")[0])


@pytest.mark.parametrize(
    "text", ["caubet", "INES CAUBET", "05 36 49 01 42", "BD47-2026-0777"]
)
def test_one_field_finds_a_request(page, base_url, claire, ask, text):
    ask("Inès", "Caubet", reference="BD47-2026-0777")
    enter(page, base_url, claire)
    page.goto(base_url + reverse("admin:index"))

    page.get_by_role("searchbox").fill(text)
    page.get_by_role("searchbox").press("Enter")

    found = page.get_by_role("region", name="Demandes")
    expect(found.get_by_role("link", name="Inès Caubet")).to_be_visible()


def test_the_other_pages_of_the_desk(page, base_url, look, claire, ask):
    dossier = ask("Inès", "Caubet", in_support=True, case_worker=claire)
    ExchangeFactory(request=dossier)
    OrganisationFactory(name="Relais petite enfance d’Albret")
    enter(page, base_url, claire)
    person = reverse("admin:accounts_person_change", args=[dossier.applicant_id])
    for name, path in {
        "recherche": f"{reverse('gestion:search')}?q=Caubet",
        "recherche-vide": f"{reverse('gestion:search')}?q=introuvable",
        "file-vide": f"{reverse('admin:installation_installationrequest_changelist')}"
        "?etat=closed",
        "personnes": reverse("admin:accounts_person_changelist"),
        "personne": person,
        "partenaires": reverse("admin:territory_organisation_changelist"),
        "taches": reverse("admin:casework_task_changelist"),
        "tache-ajouter": reverse("admin:casework_task_add"),
        "courriels": reverse("admin:casework_message_changelist"),
        "modeles": reverse("admin:casework_emailtemplate_changelist"),
        "relances": reverse("admin:casework_ladderstep_changelist"),
        "absences": reverse("admin:casework_absence_changelist"),
        "absence-ajouter": reverse("admin:casework_absence_add"),
    }.items():
        response = page.goto(base_url + path)
        assert response.status == 200, name
        look(page, f"guichet-{name}")
