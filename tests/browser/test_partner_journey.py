"""The whole journey of two needs: a call, partners without an account, an answer."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from installation.models import Exchange, InstallationRequest, Referral, Settlement
from territory.models import Topic
from tests.accounts.factories import MembershipFactory, PersonFactory, UserFactory
from tests.browser.journeys import enter, mailed, open_desk
from tests.installation.factories import ReferralFactory
from tests.territory.factories import OrganisationFactory

EMAIL = "ines.caubet@example.org"
AGENCY = "contact@habitat-confluent.example.org"
NURSERY = "accueil@relais-albret.example.org"


@pytest.fixture
def claire(transactional_db, settings):
    return open_desk(settings)


@pytest.fixture
def partners(claire):
    """A social landlord and a nursery office, found by the suggestion."""
    found = []
    for slug, name, address in (
        ("housing", "Habitat du Confluent", AGENCY),
        ("childcare", "Crèche des Platanes", NURSERY),
    ):
        organisation = OrganisationFactory(
            name=name, email=address, phone="05 36 49 12 60"
        )
        organisation.topics.add(Topic.objects.get(slug=slug))
        found.append(organisation)
    return found


@pytest.fixture
def elsewhere(browser, base_url, browser_context_args):
    """Another device: nothing is remembered of the first one."""
    contexts = []

    def elsewhere():
        context = browser.new_context(**{**browser_context_args, "base_url": base_url})
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield elsewhere
    for context in contexts:
        context.close()


def follow(page, path: str):
    """A link of an e-mail: look, then confirm."""
    page.goto(path)
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url(re.compile("/(partenaires|mon-espace)/"))


def note_the_call(page, base_url):
    """Inès calls: she looks for a home and for childcare."""
    page.goto(base_url + reverse("gestion:call"))
    page.get_by_label("Téléphone").first.fill("05 36 49 00 01")
    page.get_by_label(re.compile("^Nom")).fill("Caubet")
    page.get_by_label(re.compile("^Prénom")).fill("Inès")
    page.get_by_label(re.compile("^Courriel")).fill(EMAIL)
    for need in ("Logement", "Garde d'enfants"):
        page.get_by_text(need, exact=True).click()
    page.get_by_label(re.compile("^Prochaine action")).fill("Donner des nouvelles")
    page.get_by_role("button", name="Noter l’appel").click()
    expect(page.get_by_role("status")).to_contain_text("L’appel est noté")
    return InstallationRequest.objects.get()


def orient(page, base_url, request, need: str, partner: str, word: str):
    """The desk hands a need to a partner: she has just agreed, on the telephone."""
    tab = reverse("admin:installation_installationrequest_change", args=[request.pk])
    page.goto(f"{base_url}{tab}?onglet=besoins")
    page.get_by_role("link", name=f"Orienter : {need}").click()
    page.locator("label").filter(has_text=re.compile(f"^\\s*{partner}")).click()
    page.locator("label").filter(has_text=f"pour {partner}").click()
    expect(page.get_by_label(partner, exact=True)).to_be_checked()
    page.get_by_label(re.compile("Un mot pour les partenaires")).fill(word)
    page.get_by_role("button", name="Orienter").click()
    expect(page.get_by_text(f"Le besoin est confié à {partner}")).to_be_visible()


def settle(page, base_url, request, look):
    """The desk notes the installation, sees the proofs and closes, on its own pages."""
    # The call was two months ago, and she is at work since yesterday.
    begun = timezone.now() - timedelta(days=60)
    InstallationRequest.objects.update(taken_charge_at=begun)
    change = reverse("admin:installation_installationrequest_change", args=[request.pk])
    page.goto(f"{base_url}{change}?onglet=echanges")
    page.get_by_role("main").get_by_role("link", name="Écrire", exact=True).click()
    page.get_by_label("Message").fill("Bonjour docteure, tout est prêt à Nérac.")
    page.get_by_role("button", name="Enregistrer et envoyer").click()
    expect(page.get_by_text("tout est prêt à Nérac")).to_be_visible()
    Exchange.objects.filter(author__isnull=False).update(created_at=begun)

    page.goto(f"{base_url}{change}?onglet=installation")
    page.get_by_role("link", name="Noter l’installation").click()
    page.get_by_label("Commune d’exercice").fill("Nérac")
    page.get_by_role("option", name="Nérac").click()
    page.get_by_text("En libéral").click()
    yesterday = timezone.localdate() - timedelta(days=1)
    page.get_by_label("Premier jour d’exercice").fill(str(yesterday))
    page.get_by_label("Jours par semaine").fill("4")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Ne compterait pas aujourd’hui")).to_be_visible()

    page.get_by_role("link", name="Valider avec les preuves").click()
    page.get_by_text("inscription au tableau de l'Ordre").click()
    page.get_by_text("URSSAF").click()
    page.get_by_label("Un mot à la personne").fill("Bienvenue à Nérac !")
    page.get_by_role("button", name="Valider").click()
    expect(page.get_by_text("Comptée comme installation")).to_be_visible()
    look(page, "partenaire-installation")


def test_from_a_call_to_a_settlement_through_two_partners_without_an_account(
    page, base_url, claire, partners, elsewhere, look
):
    enter(page, base_url, claire)
    request = note_the_call(page, base_url)
    word = "Elle vient visiter Nérac vendredi."
    orient(page, base_url, request, "Logement", "Habitat du Confluent", word)
    orient(page, base_url, request, "Garde d'enfants", "Crèche des Platanes", word)
    request.needs.filter(topic__slug="childcare").update(details="Dès septembre.")
    request.needs.filter(topic__slug="housing").update(details="Un jardin.")

    housing = Referral.objects.get(organisation__email=AGENCY)
    partner = elsewhere()
    partner.goto(mailed(AGENCY, "Un besoin pour vous"))
    partner.get_by_role("button", name="Voir les besoins").click()
    expect(partner.get_by_role("heading", level=1)).to_have_text("Habitat du Confluent")
    look(partner, "partenaire-panier")

    partner.get_by_role("link", name="Ouvrir Logement").click()
    expect(partner.get_by_text("Un jardin.")).to_be_visible()
    expect(partner.get_by_text(word)).to_be_visible()
    expect(partner.get_by_role("link", name="05 36 49 00 01")).to_be_visible()
    # Childcare is for somebody else to read.
    expect(partner.get_by_text("Dès septembre.")).to_have_count(0)
    look(partner, "partenaire-besoin")
    partner.get_by_role("button", name="Je m’en occupe").click()
    expect(partner.get_by_text("la personne sait que vous")).to_be_visible()
    partner.get_by_label("Votre message").fill("Une maison se libère en mars à Nérac.")
    partner.get_by_label("Votre prénom et votre nom").fill("Nathalie Garric")
    partner.get_by_role("button", name="Envoyer").click()
    expect(partner.get_by_text("Votre message est parti.")).to_be_visible()
    look(partner, "partenaire-en-main")

    # Inès reads and answers, without an account either.
    person = elsewhere()
    follow(person, mailed(EMAIL, "vous a écrit"))
    expect(
        person.get_by_role("heading", name="Vos échanges avec les partenaires")
    ).to_be_visible()
    look(person, "partenaire-dossier-de-la-personne")
    person.get_by_role("link", name=re.compile("Lire et répondre")).click()
    expect(person.get_by_text("Nathalie Garric, Habitat")).to_be_visible()
    person.get_by_label("Votre réponse").fill("Oui ! Puis-je la visiter vendredi ?")
    person.get_by_role("button", name="Envoyer").click()
    expect(person.get_by_text("Votre réponse est partie.")).to_be_visible()
    look(person, "partenaire-fil-de-la-personne")

    # On a telephone this time, from the mail that says she answered.
    follow(partner, mailed(AGENCY, "On vous a répondu"))
    expect(partner.get_by_text("On vous a écrit")).to_be_visible()
    partner.get_by_role("link", name="Ouvrir Logement").click()
    expect(partner.get_by_text("Puis-je la visiter vendredi")).to_be_visible()
    partner.get_by_role("link", name="C’est terminé").click()
    look(partner, "partenaire-terminer")
    partner.get_by_role("button", name="Confirmer").click()
    expect(partner.locator("#erreurs")).to_be_visible()
    partner.get_by_text("L’aide est apportée").click()
    partner.get_by_label("Un mot pour la personne").fill("Bail signé pour mars.")
    partner.get_by_role("button", name="Confirmer").click()
    expect(partner.get_by_text("Merci. La personne et le guichet")).to_be_visible()
    partner.goto(reverse("installation:partner-referral", args=[housing.pk]))
    expect(partner.get_by_text("Un jardin.")).to_have_count(0)
    expect(partner.get_by_text("Inès")).to_have_count(0)
    look(partner, "partenaire-termine")

    # The other partner gives its need back, and says who could help.
    nursery = elsewhere()
    follow(nursery, mailed(NURSERY, "Un besoin pour vous"))
    nursery.get_by_role("link", name="Ouvrir Garde d'enfants").click()
    nursery.get_by_role("link", name="Pas pour nous").click()
    nursery.get_by_label("Un mot pour le guichet").fill("Complet : voyez la crèche.")
    look(nursery, "partenaire-rendre")
    nursery.get_by_role("button", name="Rendre ce besoin").click()
    expect(nursery.get_by_text("Le guichet cherche ailleurs")).to_be_visible()

    states = dict(Referral.objects.values_list("organisation__email", "state"))
    assert states == {AGENCY: "helped", NURSERY: "not_for_me"}

    # The desk reads the whole of it, and the dossier ends well.
    tab = reverse("admin:installation_installationrequest_change", args=[request.pk])
    page.goto(f"{base_url}{tab}?onglet=besoins")
    page.get_by_text("2 messages avec la personne").click()
    expect(page.get_by_text("Puis-je la visiter vendredi")).to_be_visible()
    look(page, "partenaire-vu-du-guichet")
    settle(page, base_url, request, look)
    assert Settlement.objects.get().is_counted
    assert InstallationRequest.objects.get().outcome == "settled"
    follow(nursery, mailed(NURSERY, "Un besoin pour vous"))
    expect(nursery.get_by_text("Aucun besoin en cours")).to_be_visible()


def test_a_member_has_the_same_basket_and_its_history(page, base_url, partners, look):
    organisation = partners[0]
    ReferralFactory(organisation=organisation)
    user = UserFactory(person=PersonFactory(first_name="Nathalie", last_name="Garric"))
    MembershipFactory(person=user.person, organisation=organisation)
    page.goto(reverse("installation:partners"))
    look(page, "partenaire-porte")
    enter(page, base_url, user)
    page.goto("/mon-espace/")
    page.get_by_role("link", name=re.compile("Les besoins confiés")).click()
    page.get_by_role("button", name=re.compile("Je m’en occupe")).click()
    page.get_by_role("link", name="Habitat du Confluent").click()
    page.get_by_role("link", name="Tout l’historique").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce que vous avez fait")
    look(page, "partenaire-historique")
