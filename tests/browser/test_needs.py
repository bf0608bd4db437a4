"""A need from the dossier to a partner, with the person's agreement and without."""

import datetime as dt
import re

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from installation.models import Referral
from territory.models import ContactAbsence, Topic
from tests.accounts.factories import PersonFactory
from tests.browser.journeys import enter, mailed, open_desk
from tests.installation.factories import (
    ConsentFactory,
    NeedFactory,
    ReferralFactory,
    RequestFactory,
)
from tests.territory.factories import (
    CommuneFactory,
    ContactFactory,
    OrganisationFactory,
)

EMAIL = "ines.caubet@example.org"


def partner(name, *slugs, communes=(), email="partenaire@example.org", **more):
    organisation = OrganisationFactory(name=name, email=email, **more)
    organisation.topics.set(Topic.objects.filter(slug__in=slugs))
    organisation.communes.set(communes)
    return organisation


@pytest.fixture
def claire(transactional_db, settings):
    return open_desk(settings)


@pytest.fixture
def dossier(claire):
    """Two projects; one partner at work, one who gave the need back."""
    nerac = CommuneFactory(nerac=True)
    dossier = RequestFactory(
        in_support=True,
        kind="installation",
        case_worker=claire,
        email=EMAIL,
        applicant=PersonFactory(first_name="Inès", last_name="Caubet", email=EMAIL),
        horizon="year",
        wants_family_help=True,
        household="couple_children",
        children_6_10=2,
    )
    dossier.communes.add(nerac)
    agency = partner(
        "Habitat du Confluent",
        "housing",
        communes=[nerac],
        kind="housing",
        phone="05 36 49 12 60",
    )
    odile, karim = (
        ContactFactory(organisation=agency, name=name, email=email, is_main=is_main)
        for name, email, is_main in (
            ("Odile Fabre", "odile@example.org", True),
            ("Karim Haddad", "karim@example.org", False),
        )
    )
    today = timezone.localdate()
    ContactAbsence.objects.create(
        contact=odile,
        stand_in=karim,
        period=DateRange(today - dt.timedelta(days=2), today + dt.timedelta(days=8)),
    )
    partner("Mairie de Nérac", "school", "leisure", communes=[nerac], kind="commune")
    partner("Agence départementale du logement", "housing", kind="association")
    partner("Bailleur sans adresse", "housing", communes=[nerac], email="")
    NeedFactory(request=dossier, details="Quatre pièces, un jardin.")
    school = NeedFactory(request=dossier, topic=Topic.objects.get(slug="school"))
    aids = NeedFactory(request=dossier, topic=Topic.objects.get(slug="aids"))
    cpam = partner("Caisse primaire d’assurance maladie", "aids", kind="cpam")
    under = {
        "organisation": cpam,
        "consent": ConsentFactory(person=dossier.applicant, organisation=cpam),
    }
    ReferralFactory(need=aids, taken=True, **under)
    ReferralFactory(
        need=school,
        state=Referral.State.NOT_FOR_ME,
        ended_at=timezone.now(),
        closing_note="Voyez plutôt l’inspection, qui tient la liste des classes.",
        organisation__name="Collège de Nérac",
    )
    return dossier


def test_a_need_goes_to_partners_with_the_person_s_agreement(
    page, base_url, look, claire, dossier
):
    enter(page, base_url, claire)
    tab = reverse("admin:installation_installationrequest_change", args=[dossier.pk])
    page.goto(f"{base_url}{tab}?onglet=besoins")
    look(page, "guichet-besoins")

    page.get_by_role("link", name="Orienter : Logement").click()
    expect(page.get_by_text("Karim Haddad répond d'ici là")).to_be_visible()
    look(page, "guichet-orienter")
    page.get_by_role("checkbox", name="Habitat du Confluent", exact=True).check()
    page.get_by_role("button", name="Orienter").click()
    expect(page.get_by_text("Rien n’est transmis sans l’accord").first).to_be_visible()
    page.get_by_role("checkbox", name="pour Habitat du Confluent").check()
    page.get_by_role("button", name="Orienter").click()
    expect(page.get_by_text("Le besoin est confié à Habitat")).to_be_visible()

    page.get_by_role("link", name="Orienter : Logement").click()
    page.get_by_role(
        "checkbox", name="Agence départementale du logement", exact=True
    ).check()
    page.get_by_role("button", name="Demander l’accord par courriel").click()
    expect(page.get_by_text("L’accord est demandé à la personne")).to_be_visible()

    page.get_by_role("link", name="Noter sa réponse : Habitat du Confluent").click()
    page.get_by_text("Il s’en occupe").click()
    page.get_by_role("button", name="Noter la réponse").click()
    expect(page.get_by_text("La réponse est notée.")).to_be_visible()

    for name, url in {
        "guichet-orientations": "installation_referral_changelist",
        "guichet-couverture": "installation_coverage",
        "guichet-issues": "installation_referral_ends",
        "guichet-annuaire": "territory_organisation_changelist",
        "guichet-contacts": "territory_contact_changelist",
    }.items():
        page.goto(base_url + reverse(f"admin:{url}"))
        look(page, name)

    page.context.clear_cookies()
    page.goto(base_url + mailed(EMAIL, "Votre accord pour"))
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_text("Quatre pièces, un jardin.")).to_be_visible()
    look(page, "dossier-besoins")
    page.get_by_role("link", name=re.compile("^Répondre.*Agence")).click()
    look(page, "dossier-accord")
    page.get_by_role("button", name="J’accepte").click()
    expect(page.get_by_text("Merci :")).to_be_visible()
    page.get_by_role("link", name="Retirer mon accord pour Habitat").click()
    look(page, "dossier-retirer-accord")
    page.get_by_role("button", name="Retirer mon accord").click()
    expect(page.get_by_text("ne voit plus rien")).to_be_visible()

    states = Referral.objects.filter(need__topic__slug="housing")
    assert dict(states.values_list("organisation__name", "state")) == {
        "Habitat du Confluent": "withdrawn",
        "Agence départementale du logement": "sent",
    }
