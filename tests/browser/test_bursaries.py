"""A bursary written by the head, published, and read by a student on a phone."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from bursaries.models import (
    BursaryApplication,
    Deed,
    SchemeDocument,
    SchemeVersion,
)
from documents.models import SigningPower
from tests.accounts.factories import PersonFactory, UserFactory
from tests.browser.journeys import enter, open_desk
from tests.bursaries.binding import again, drafted, granted, mailed_code, sent
from tests.bursaries.factories import SchemeFactory, SchemeVersionFactory
from tests.documents import scans
from tests.documents.samples import pdf

QUESTIONS = [
    "Êtes-vous à la faculté cette année universitaire ?",
    "Votre faculté est-elle dans l’Union européenne ?",
    "Votre diplôme permettra-t-il d’exercer en France ?",
]


@pytest.fixture
def head(live_server, settings):
    open_desk(settings)
    return UserFactory(
        is_staff=True,
        groups=["direction"],
        email="helene.laborde@example.org",
        person=PersonFactory(first_name="Hélène", last_name="Laborde"),
    )


def write_the_rules(page, base_url, look):
    """From an empty list to a version published today."""
    page.goto(base_url + reverse("admin:bursaries_scheme_add"))
    page.get_by_label("Nom").fill("Bourse d’engagement des internes")
    page.get_by_label("En une phrase").fill(
        "Une bourse chaque mois d’internat, contre cinq ans d’exercice."
    )
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page).to_have_url(re.compile("schemeversion"))
    page.get_by_label("Délibération").fill("2026-114")
    page.locator("[name=deliberated_on]").fill("26/06/2026")
    page.get_by_label("Médecine", exact=True).check()
    page.get_by_label("Internat, phase socle").check()
    page.get_by_label("En libéral").check()
    page.locator("[name=zones]").fill("ZIP, ZAC")
    page.locator("[name=amounts-0-amount]").fill("700")
    look(page, "bursary-rules")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    in_return = page.get_by_text("Exercer 5 ans, 4 jours par semaine au moins.")
    expect(in_return).to_be_visible()
    page.get_by_role("link", name="Publier").click()
    look(page, "bursary-publish")
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_text("La version est publiée.")).to_be_visible()
    look(page, "bursary-version")


def choose(page, question: str, answer: str) -> None:
    group = page.get_by_role("group", name=question)
    group.locator("label", has_text=answer).click()


def test_a_bursary_is_written_published_and_read(page, base_url, head, look):
    enter(page, base_url, head)
    write_the_rules(page, base_url, look)
    page.context.clear_cookies()

    page.goto(base_url + reverse("bursaries:schemes"))
    look(page, "bursaries")
    named = "Bourse d’engagement des internes"
    page.get_by_role("link", name=named, exact=True).click()
    look(page, "bursary")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("link", name="Est-elle pour moi").click()
    page.get_by_label("Vos études").select_option("medicine")
    page.get_by_label("Votre année, en ce moment").select_option("des_socle_1")
    page.get_by_role("button", name="Voir la réponse").click()
    missing = page.get_by_role("link", name="Dites où vous en êtes avec ce contrat.")
    expect(missing).to_be_visible()
    look(page, "bursary-eligibility-errors")
    for question in QUESTIONS:
        choose(page, question, "Oui")
    choose(page, "contrat d’engagement de service", "Oui, demandé depuis")
    choose(page, "Avez-vous un autre engagement", "Non")
    choose(page, "Êtes-vous d’accord", "Oui")
    page.get_by_role("button", name="Voir la réponse").click()

    expect(page.get_by_role("heading", name="Pas aujourd’hui")).to_be_visible()
    look(page, "bursary-eligibility")
    version = SchemeVersion.objects.get()
    assert version.is_open_on(timezone.localdate())


@pytest.fixture
def version(head):
    """Open today, asking for one document."""
    draft = SchemeVersionFactory(
        scheme=SchemeFactory(
            slug="internes",
            name="Bourse d’engagement des internes",
            summary="Une bourse chaque mois d’internat, contre cinq ans d’exercice.",
        )
    )
    SchemeDocument.objects.create(
        version=draft,
        code="inscription",
        label="Certificat de scolarité de l’année",
        moment="application",
    )
    draft.publish(opens_on=timezone.localdate(), by=head)
    return draft


def fill_the_application(page) -> None:
    page.get_by_label("Vos études").select_option("medicine")
    page.get_by_label("Votre année, en ce moment").select_option("des_socle_1")
    page.get_by_label("Votre faculté").fill("Université de Bordeaux")
    page.get_by_label("Fin des études, prévue le").fill("2030-11-01")
    for label in (
        "Je suis à la faculté cette année universitaire",
        "Ma faculté est dans l’Union européenne",
        "Mon diplôme permettra d’exercer en France",
    ):
        page.locator("label", has_text=label).click()
    page.get_by_label("Premier mois demandé").fill(f"{timezone.localdate():%Y-%m}")
    page.get_by_label("Autres aides reçues pour ces mois").fill("Ville de Nérac")
    page.get_by_label("Leur montant par mois").fill("1 800")
    page.get_by_label("Nombre de mois demandés").fill("36")
    page.get_by_label("Votre projet professionnel").fill("Une maison de santé.")
    page.locator("[name=address]").fill("3 cours Pasteur")
    page.locator("[name=postal_code]").fill("33000")
    page.locator("[name=city]").fill("Bordeaux")


def test_a_bursary_is_asked_for_and_examined(page, base_url, head, version, look):
    person = PersonFactory(first_name="Lina", last_name="Moreau")
    lina = UserFactory(email="lina@example.org", person=person)
    enter(page, base_url, lina)
    page.set_viewport_size({"width": 390, "height": 844})

    page.goto(base_url + version.scheme.get_absolute_url())
    page.get_by_role("link", name="Demander cette bourse").click()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    fill_the_application(page)
    expect(page.get_by_text("au lieu de 700").first).to_be_visible()
    estimates = [url for url in asked if "estimation" in url]
    assert estimates
    assert not any("Moreau" in url or "project" in url for url in estimates)
    look(page, "bursary-application")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    line = page.get_by_role("listitem").filter(has_text="Certificat de scolarité")
    line.locator("input[type=file]").set_input_files(
        {"name": "certificat.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    line.locator("button[type=submit]").click()
    expect(page.get_by_text("Reçu : Certificat").first).to_be_visible()
    for label in ("atteste sur l’honneur", "J’ai compris", "J’ai relu"):
        page.locator("label", has_text=label).click()
    look(page, "bursary-application-pieces")
    page.get_by_role("button", name="Déposer ma demande").click()
    expect(page.get_by_text("BE47-").first).to_be_visible()
    look(page, "bursary-application-filed")

    page.set_viewport_size({"width": 1280, "height": 900})
    enter(page, base_url, head)
    page.goto(base_url + reverse("admin:bursaries_bursaryapplication_changelist"))
    page.get_by_role("link", name="Lina Moreau").click()
    look(page, "desk-bursary-application")
    page.get_by_role("button", name="Accepter").click()
    page.get_by_role("link", name="Déclarer complète").click()
    page.get_by_role("button", name="Déclarer complète").click()

    expect(page.get_by_text("La demande est complète.")).to_be_visible()
    vote(page, base_url, look)
    assert BursaryApplication.objects.get().state == "granted"

    enter(page, base_url, lina)
    page.goto(base_url + BursaryApplication.objects.get().get_absolute_url())
    expect(page.get_by_text("vous accorde la bourse")).to_be_visible()


def vote(page, base_url, look) -> None:
    """From a session prepared to its votes, the application being complete."""
    demand = page.url
    page.goto(base_url + reverse("admin:bursaries_committeesession_add"))
    page.locator("[name=held_on]").fill(f"{timezone.localdate():%d/%m/%Y}")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("La séance est prête")).to_be_visible()
    session = page.url
    page.goto(demand)
    page.get_by_role("link", name="Inscrire à une séance").click()
    page.get_by_label("La séance").select_option(index=1)
    page.get_by_label("Pourquoi passer outre").fill("Le plafond est respecté.")
    page.get_by_role("button", name="Inscrire", exact=True).click()
    page.goto(session)
    page.get_by_role("button", name="Recalculer l’enveloppe").click()
    page.get_by_label("Numéro de la délibération").fill("2026-214")
    page.locator("label", has_text="Accordée").click()
    look(page, "desk-bursary-session")
    page.get_by_role("button", name="Enregistrer les votes").click()
    expect(page.get_by_text("chacun est prévenu")).to_be_visible()
    look(page, "desk-bursary-votes")


def test_an_agreement_is_written_signed_and_followed(page, base_url, head, look):
    """The desk writes it, the student signs on a phone, then the president."""
    version = SchemeVersionFactory(published=timezone.localdate())
    lina = UserFactory(email="lina@example.org", person=PersonFactory())
    application = granted(version, head, user=lina)
    enter(page, base_url, head)
    demand = reverse("admin:bursaries_bursaryapplication_change", args=[application.pk])
    page.goto(base_url + demand)
    page.get_by_role("button", name="Préparer la convention").click()
    page.get_by_role("link", name="Ajouter une remarque sur l’article Objet").click()
    page.get_by_label("Remarque").fill("Dire pourquoi ici.")
    page.get_by_role("button", name="Ajouter la remarque").click()
    look(page, "desk-deed-draft")
    page.get_by_role("button", name="Traitée").click()
    power = SigningPower.objects.create(
        name="Hélène Laborde",
        capacity="présidente du conseil départemental",
        email=head.email,
    )
    page.get_by_role("link", name="Arrêter le texte").click()
    page.get_by_label("Qui signe pour le Département").select_option(str(power.pk))
    page.get_by_role("button", name="Arrêter et mettre à la signature").click()
    expect(page.get_by_text("Le texte est arrêté.")).to_be_visible()
    deed = Deed.objects.get()
    student, department = deed.circuit.signatories.all()

    enter(page, base_url, lina)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(base_url + reverse("space"))
    page.get_by_role("link", name="Lire et signer").first.click()
    page.get_by_role("link", name="Lire et signer").click()
    page.get_by_role("button", name="Recevoir un code").click()
    look(page, "agreement-sign")
    sign(page, student)
    expect(page.get_by_text("C’est signé.")).to_be_visible()

    enter(page, base_url, head)
    page.goto(base_url + deed.get_absolute_url())
    page.get_by_role("link", name="Signer en ligne").click()
    page.get_by_role("button", name="Recevoir un code").click()
    look(page, "desk-deed-sign")
    sign(page, department)
    page.get_by_role("link", name="Transmission et notification").click()
    today = f"{timezone.localdate()}"
    page.locator("[name=transmitted_on]").fill(today)
    page.locator("[name=notified_on]").fill(today)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Les dates sont enregistrées.")).to_be_visible()
    look(page, "desk-deed-binding")

    enter(page, base_url, lina)
    page.goto(base_url + deed.agreement.get_absolute_url())
    page.locator("[name=kind]").select_option("enrolment")
    page.locator("input[type=file]").set_input_files(
        {"name": "certificat.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    page.get_by_role("button", name="Envoyer ce document").click()
    expect(page.get_by_text("Le document est envoyé.")).to_be_visible()
    later = f"{timezone.localdate().year + 2}-06-01"
    page.get_by_label("Et si je partais le").fill(later)
    page.get_by_role("button", name="Calculer").click()
    expect(page.get_by_text("vous auriez à rembourser")).to_be_visible()
    look(page, "agreement")

    enter(page, base_url, head)
    page.goto(
        base_url + reverse("admin:bursaries_agreement_change", args=[deed.agreement_id])
    )
    page.get_by_role("link", name="Accepter").click()
    page.get_by_role("button", name="Accepter").click()
    expect(page.get_by_text("Le document est accepté.")).to_be_visible()
    look(page, "desk-agreement")
    page.goto(base_url + reverse("admin:bursaries_clausetext_changelist"))
    look(page, "desk-clauses")


def sign(page, signatory) -> None:
    page.get_by_label("Le code reçu par courriel").fill(mailed_code(signatory))
    page.locator("label", has_text="J'ai lu ce document").click()
    page.get_by_role("button", name="Signer", exact=True).click()


def test_a_copy_signed_by_hand_is_attached_sealed_and_checked(
    page, base_url, head, look
):
    """The copy finds its agreement; anyone checks the file; figures follow."""
    version = SchemeVersionFactory(published=timezone.localdate())
    deed = sent(drafted(version, head), head)
    copy = scans.bound(scans.pictures(deed.circuit.document.file.read()))
    enter(page, base_url, head)
    page.goto(base_url + reverse("admin:bursaries_agreement_changelist"))
    page.get_by_role("link", name="Rattacher un exemplaire signé").click()
    drop(page, scans.bound([scans.blank()]), "Rattacher")
    expect(page.get_by_text("Aucune page ne porte un code lisible")).to_be_visible()
    look(page, "desk-attach")
    drop(page, copy, "Rattacher")
    expect(page.get_by_text("signée de tous").first).to_be_visible()
    sealed = again(deed).circuit.signed_document.file.read()

    page.goto(base_url + reverse("documents:verify"))
    drop(page, sealed, "Vérifier ce fichier")
    expect(page.get_by_text("Ce fichier est identique à l’original")).to_be_visible()
    drop(page, sealed + b"\n", "Vérifier ce fichier")
    expect(page.get_by_text("porte le cachet du Département, intact")).to_be_visible()
    look(page, "verify-seal")

    page.goto(base_url + reverse("admin:bursaries_register"))
    expect(page.get_by_text(deed.agreement.reference)).to_be_visible()
    look(page, "desk-register")
    page.goto(base_url + reverse("bursaries:transparency"))
    expect(page.get_by_text(version.scheme.name)).to_be_visible()
    look(page, "transparency")
    page.goto(base_url + reverse("admin:documents_sealcertificate_changelist"))
    page.get_by_role("link", name="Cachet de démonstration").click()
    look(page, "desk-seal")
    page.goto(base_url + reverse("admin:documents_signingpower_changelist"))
    look(page, "desk-powers")


def drop(page, content: bytes, button: str) -> None:
    sent_file = {"name": "copie.pdf", "mimeType": "application/pdf", "buffer": content}
    page.locator("input[type=file]").set_input_files([sent_file])
    page.get_by_role("button", name=button, exact=True).click()
