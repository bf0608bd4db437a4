"""The whole journey of two needs: a call, partners without an account, an answer."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts import consents
from accounts.models import Consent, PractitionerProfile
from installation import actions, partner_weekly
from installation.actions import referrals
from installation.models import InstallationRequest, Need, Referral
from installation.wording import consent_to_share
from territory.models import Organisation, Topic
from tests.accounts.factories import MembershipFactory, PersonFactory, UserFactory
from tests.browser.journeys import mailed, open_desk
from tests.browser.test_personal_space import sign_in
from tests.territory.factories import CommuneFactory, OrganisationFactory

EMAIL = "ines.caubet@example.org"
AGENCY = "contact@habitat-confluent.example.org"
NURSERY = "accueil@relais-albret.example.org"


@pytest.fixture
def claire(transactional_db, settings):
    return open_desk(settings)


@pytest.fixture
def called(claire):
    """Inès called: she looks for a home and for childcare, and agrees to be helped."""
    person = PersonFactory(first_name="Inès", last_name="Caubet", email=EMAIL)
    request = actions.register(
        person,
        by=claire,
        answers={
            "title": "dre",
            "phone": "+33536490001",
            "profession": PractitionerProfile.Profession.DOCTOR,
            "specialty": "médecine générale",
            "horizon": "year",
            "wants_family_help": True,
            "household": "couple_children",
            "children_under_3": 1,
            "communes": [CommuneFactory(nerac=True)],
        },
        next_action="Lui donner des nouvelles des partenaires",
        next_action_on=timezone.localdate() + timedelta(days=7),
    )
    for slug, name, address, words in (
        ("housing", "Habitat du Confluent", AGENCY, "Quatre pièces, un jardin."),
        ("childcare", "Relais petite enfance d’Albret", NURSERY, "Dès septembre."),
    ):
        topic = Topic.objects.get(slug=slug)
        organisation = Organisation.objects.filter(name=name).first()
        organisation = organisation or OrganisationFactory(name=name)
        Organisation.objects.filter(pk=organisation.pk).update(
            email=address, phone="05 36 49 12 60"
        )
        organisation.topics.add(topic)
        organisation.refresh_from_db()
        need, _created = request.needs.get_or_create(
            topic=topic, defaults={"details": words, "source": Need.Source.DESK}
        )
        consent = consents.give(
            person,
            Consent.Purpose.SHARE_PROFILE,
            organisation=organisation,
            wording=consent_to_share(organisation),
        )
        referrals.send(
            need,
            organisation,
            consent=consent,
            by=claire,
            message="Elle vient visiter Nérac vendredi.",
        )
    return request


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


def test_two_needs_are_answered_from_links_without_an_account(
    page, called, claire, elsewhere, look
):
    housing = Referral.objects.get(organisation__email=AGENCY)
    partner = elsewhere()
    partner.goto(mailed(AGENCY, "Un besoin pour vous"))
    partner.get_by_role("button", name="Voir les besoins").click()
    expect(partner.get_by_role("heading", level=1)).to_have_text("Habitat du Confluent")
    look(partner, "partenaire-panier")

    partner.get_by_role("link", name="Ouvrir Logement").click()
    expect(partner.get_by_text("Quatre pièces, un jardin.")).to_be_visible()
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
    expect(partner.get_by_text("Quatre pièces")).to_have_count(0)
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
    request = InstallationRequest.objects.get(pk=called.pk)
    actions.close(request, "oriented", by=claire, sentence="Bonne installation !")
    assert partner_weekly.send(timezone.localdate() + timedelta(days=14)) == 0
    follow(nursery, mailed(NURSERY, "Un besoin pour vous"))
    expect(nursery.get_by_text("Aucun besoin en cours")).to_be_visible()


def test_a_member_has_the_same_basket_and_its_history(page, called, look):
    organisation = Organisation.objects.get(email=AGENCY)
    user = UserFactory(person=PersonFactory(first_name="Nathalie", last_name="Garric"))
    MembershipFactory(person=user.person, organisation=organisation)
    page.goto(reverse("installation:partners"))
    look(page, "partenaire-porte")
    sign_in(page, user.email)
    page.get_by_role("link", name=re.compile("Les besoins confiés")).click()
    page.get_by_role("button", name=re.compile("Je m’en occupe")).click()
    page.get_by_role("link", name="Habitat du Confluent").click()
    page.get_by_role("link", name="Tout l’historique").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce que vous avez fait")
    look(page, "partenaire-historique")
