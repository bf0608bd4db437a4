"""Placement offers: what anyone reads, what a host writes, and every renewal."""

import datetime as dt
import re
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from casework import ladders, links
from casework.models import Entry, Message
from internships.actions import offers as actions
from internships.admin.sites import proposed
from internships.models import PlacementOffer, Semester, SiteDistance
from internships.reminders.offers import to_renew
from listings import actions as listing_actions
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.documents import samples
from tests.installation.factories import desk_user
from tests.internships.factories import (
    DwellingFactory,
    InterestFactory,
    PlacementOfferFactory,
    PlacementSiteFactory,
    SemesterFactory,
    SupervisorFactory,
    days,
)
from tests.territory.factories import (
    CommuneFactory,
    DeskFactory,
    IntercommunalityFactory,
    ZoneAssignmentFactory,
    ZoningFactory,
)

pytestmark = pytest.mark.django_db

LIST = "/stages/offres/"
MINE = "/mon-espace/stages/"


@pytest.fixture(autouse=True)
def _desk():
    DeskFactory()
    CommuneFactory(nerac=True)


@pytest.fixture
def next_semester():
    return SemesterFactory(period=days("2027-05-03", "2027-11-02"))


@pytest.fixture
def host(client):
    """A member of the body that hosts a site, signed in."""
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def site(host):
    site = PlacementSiteFactory(name="Maison de santé de Nérac")
    MembershipFactory(person=host.person, organisation=site.organisation)
    return site


def text(response) -> str:
    return unescape(response.content.decode())


def titles(response) -> list[str]:
    return re.findall(r'listing-title"><a [^>]*>([^<]*)<', text(response))


# --- What anyone reads --------------------------------------------------------------


@pytest.fixture
def three(next_semester):
    agen = CommuneFactory(
        code="47001",
        name="Agen",
        intercommunality=IntercommunalityFactory(code="200096956", name="CA d'Agen"),
    )
    near = PlacementOfferFactory(published=True, title="Chambre", needs_car=True)
    way = SiteDistance(dwelling=DwellingFactory(), site=near.site, minutes=12)
    way.save()
    PlacementOfferFactory(
        published=True,
        title="Urgences",
        kind="emergency",
        needs_car=True,
        site=PlacementSiteFactory(commune=agen),
    )
    PlacementOfferFactory(
        published=True,
        title="Été",
        supervision="indirect",
        semester=next_semester,
        room_nearby="Une chambre au-dessus du cabinet",
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Chambre", "Urgences", "Été"}),
        ("stage=emergency", {"Urgences"}),
        ("territoire=200096956", {"Urgences"}),
        ("commune=Nérac", {"Chambre", "Été"}),
        ("voiture=non", {"Été"}),
        ("chambre=oui", {"Chambre", "Été"}),
        ("accompagnement=indirect", {"Été"}),
        ("q=urgence", {"Urgences"}),
        # What means nothing is left out, and said.
        (
            "stage=%00&territoire=x&semestre=%C2%B2&zone=%00&voiture=1&page=-2",
            {"Chambre", "Urgences", "Été"},
        ),
    ],
)
def test_the_list_is_narrowed_by(client, three, query, found):
    response = client.get(f"{LIST}?{query}")

    assert (response.status_code, set(titles(response))) == (200, found)


def test_the_list_is_narrowed_by_semester(client, three, next_semester):
    assert titles(client.get(f"{LIST}?semestre={next_semester.pk}")) == ["Été"]


def test_the_zone_is_that_of_the_first_day(client, next_semester):
    """Classed from January: for the summer, and not for the winter before (R-32)."""
    zoning = ZoningFactory(valid=days("2027-01-01", "2028-01-01"))
    ZoneAssignmentFactory(zoning=zoning)
    winter = PlacementOfferFactory(published=True, title="Hiver")
    summer = PlacementOfferFactory(published=True, title="Été", semester=next_semester)
    label = "Zone d'intervention prioritaire"

    shown = [
        label in text(client.get(one.get_absolute_url())) for one in (winter, summer)
    ]

    assert shown == [False, True]
    zones = actions.PlacementOffer.objects.in_zone(
        "ZIP", type(zoning).assignments.rel.related_model.objects.all()
    )
    assert list(zones) == [summer]


@pytest.mark.parametrize("count", [1, 25])
def test_the_list_costs_the_same(client, count, django_assert_num_queries):
    ZoneAssignmentFactory()
    PlacementOfferFactory.create_batch(count, published=True)
    client.get(f"{LIST}?stage=pmi")  # what the process keeps: the desk, the places

    # Semesters, offers and their number, seats, zones and rooms; the map's places.
    with django_assert_num_queries(9):
        response = client.get(LIST)

    assert len(titles(response)) == min(count, 20)


def test_what_is_not_published_is_nowhere(client):
    offer = PlacementOfferFactory(submitted=True, title="Pas encore")

    assert "Pas encore" not in text(client.get(LIST))
    assert client.get(offer.get_absolute_url()).status_code == 404


def test_the_page_tells_how_one_works_and_lives_there(client):
    offer = PlacementOfferFactory(published=True, seats=2)
    InterestFactory(
        offer=offer,
        state="confirmed",
        answered_at=timezone.now(),
        closed_at=timezone.now(),
    )
    SiteDistance.objects.create(dwelling=DwellingFactory(), site=offer.site, minutes=75)
    silent = SupervisorFactory(last_name="Silence")
    open_one = SupervisorFactory(
        last_name="Ouvert", shows_contact=True, email="ouvert@example.org"
    )
    offer.supervisors.set([silent, open_one])

    page = text(client.get(offer.get_absolute_url()))

    for said in (
        "1 place sur 2",
        "Bordeaux, 130 km, 1 h 35",
        "Résidence Tapie",
        "Claire Silence",
        "ouvert@example.org",
        reverse("internships:interest-new", args=[offer.pk]),
    ):
        assert said in page
    assert offer.contact_email not in page


def test_a_full_offer_takes_no_interest(client):
    offer = PlacementOfferFactory(published=True)
    InterestFactory(
        offer=offer,
        state="confirmed",
        answered_at=timezone.now(),
        closed_at=timezone.now(),
    )

    page = text(client.get(offer.get_absolute_url()))

    assert "Complet pour ce semestre" in page
    assert reverse("internships:interest-new", args=[offer.pk]) not in page


def test_a_site_has_its_page(client):
    offer = PlacementOfferFactory(published=True)

    assert offer.title in text(client.get(offer.site.get_absolute_url()))
    offer.site.is_active = False
    offer.site.save()
    assert client.get(offer.site.get_absolute_url()).status_code == 404


def test_feeds_and_alerts_follow_the_list(client, three):
    rss = text(client.get(f"{LIST}flux.xml?stage=emergency"))
    feed = client.get(f"{LIST}flux.json?stage=emergency").json()

    assert rss.count("<item>") == 1
    assert [item["title"] for item in feed["items"]] == [
        "Urgences, Agen, novembre 2026 – avril 2027"
    ]
    assert "Urgences" in text(client.get("/alertes/nouvelle/stages/?stage=emergency"))


def test_the_door_leads_everywhere(client):
    page = text(client.get("/stages/"))

    for name in ("offers", "rooms", "indemnities", "my-offers"):
        assert f'href="{reverse(f"internships:{name}")}"' in page
    assert "Le Département n’affecte personne" in page


# --- Side by side -------------------------------------------------------------------


def test_three_offers_stand_side_by_side(client, django_assert_num_queries):
    offers = PlacementOfferFactory.create_batch(4, published=True)
    query = "&".join(f"offre={one.pk}" for one in offers)
    client.get(f"{LIST}comparer/?{query}")

    # Offers, seats, zones, rooms.
    with django_assert_num_queries(4):
        page = text(client.get(f"{LIST}comparer/?{query}"))

    assert page.count('<th scope="col">') == 3
    assert page.count("Bordeaux, 130 km, 1 h 35") == 3
    assert "retirez-en une pour voir les suivantes" in page


@pytest.mark.parametrize(
    "query", ["", "offre=x", "offre=-1", f"offre={'9' * 40}", "offre=%00", "offre=²"]
)
def test_nothing_to_compare_is_said(client, query):
    response = client.get(f"{LIST}comparer/?{query}")

    assert response.status_code == 200
    assert "Choisissez deux ou trois offres" in text(response)


# --- What a host writes --------------------------------------------------------------


def answers(site, semester, **more) -> dict:
    return {
        "site": site.pk,
        "semester": semester.pk,
        "kind": "n1",
        "title": "Niveau 1 à Nérac",
        "summary": "Une équipe de six.",
        "supervision": "direct",
        "modality": "full",
        "seats": 2,
        "contact_name": "Docteure Lasserre",
        "contact_email": "lasserre@example.org",
        **more,
    }


def test_a_host_writes_and_the_desk_publishes(client, host, site, next_semester):
    supervisor = SupervisorFactory(capacity=2)
    supervisor.sites.add(site)
    typed = answers(site, next_semester, supervisors=[supervisor.pk])

    client.post(f"{MINE}nouvelle-offre/", typed | {"then": "draft"})
    offer = PlacementOffer.objects.get()
    assert (offer.state, offer.commune, offer.organisation, offer.owner) == (
        "draft",
        site.commune,
        site.organisation,
        host.person,
    )
    client.post(f"{MINE}offres/{offer.pk}/", typed)
    offer.refresh_from_db()
    assert (offer.state, list(offer.supervisors.all())) == ("submitted", [supervisor])

    listing_actions.publish(offer, by=desk_user())
    offer.refresh_from_db()
    assert offer.expires_on == next_semester.period.upper


def test_what_is_changed_on_line_is_read_again(client, host, site, next_semester):
    offer = PlacementOfferFactory(published=True, site=site, semester=next_semester)

    client.post(f"{MINE}offres/{offer.pk}/", answers(site, next_semester, seats=1))

    offer.refresh_from_db()
    assert (offer.state, offer.title) == ("submitted", "Niveau 1 à Nérac")


@pytest.mark.parametrize(
    ("supervisor", "seats", "sentence"),
    [
        ({"levels": ["saspas"]}, 1, "La faculté n’a pas agréé pour ce stage"),
        ({"capacity": 1}, 2, "Ensemble, ces maîtres de stage reçoivent 1 étudiant"),
    ],
)
def test_what_the_faculty_did_not_approve_is_refused(
    client, host, site, next_semester, supervisor, seats, sentence
):
    one = SupervisorFactory(**supervisor)
    one.sites.add(site)
    typed = answers(site, next_semester, supervisors=[one.pk], seats=seats)

    page = text(client.post(f"{MINE}nouvelle-offre/", typed))

    assert sentence in page
    assert "Niveau 1 à Nérac" in page
    assert not PlacementOffer.objects.exists()


def test_another_s_site_is_not_offered(client, host, site, next_semester):
    typed = answers(PlacementSiteFactory(), next_semester)

    client.post(f"{MINE}nouvelle-offre/", typed)

    assert not PlacementOffer.objects.exists()


def test_without_a_site_the_desk_is_called(client, host):
    assert "Votre compte n’est encore rattaché à aucun" in text(
        client.get(f"{MINE}nouvelle-offre/")
    )


def test_the_space_of_a_host_leads_to_its_offers(client, host, site, next_semester):
    offer = PlacementOfferFactory(submitted=True, site=site, semester=next_semester)
    listing_actions.refuse(offer, "Dites les jours de visite.", by=desk_user())

    page = text(client.get(reverse("space")))

    assert "Corriger votre offre de stage" in page
    assert "Dites les jours de visite." in page
    assert page.count("Aucune en ligne") == 1


def test_a_host_corrects_its_site(client, host, site):
    client.post(
        f"{MINE}terrains/{site.pk}/",
        {"presentation": "Six médecins.", "faculty": "Bordeaux", "faculty_km": 130},
    )

    site.refresh_from_db()
    assert site.presentation == "Six médecins."
    assert Entry.objects.filter(verb="internships.site.corrected").exists()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "offres/{offer}/"),
        ("post", "offres/{offer}/"),
        ("post", "offres/{offer}/renouveler/"),
        ("post", "offres/{offer}/retirer/"),
        ("get", "offres/{offer}/photos/"),
        ("post", "offres/{offer}/photos/1/retirer/"),
        ("post", "terrains/{site}/"),
    ],
)
def test_a_stranger_finds_nothing(client, host, method, path):
    offer = PlacementOfferFactory(published=True)
    address = MINE + path.format(offer=offer.pk, site=offer.site_id)

    assert getattr(client, method)(address).status_code == 404


# --- Photos --------------------------------------------------------------------------


@pytest.fixture
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.usefixtures("_files")
def test_a_photo_is_described_and_read_before_it_shows(
    client, host, site, next_semester
):
    offer = PlacementOfferFactory(published=True, site=site, semester=next_semester)
    address = f"{MINE}offres/{offer.pk}/photos/"
    photo = samples.sent(samples.jpeg(), "cabinet.jpg")

    refused = text(client.post(address, {"picture": photo, "alternative": ""}))
    photo.seek(0)
    client.post(address, {"picture": photo, "alternative": "L’entrée, de plain-pied"})

    assert "Dites en quelques mots ce que montre la photo" in refused
    offer.refresh_from_db()
    [kept] = offer.photos.all()
    assert (offer.state, kept.document.media_type) == ("submitted", "image/jpeg")
    shown = reverse("internships:offer-photo", args=[kept.pk])
    mine = client.get(shown)
    assert (mine.status_code, mine["Cache-Control"]) == (200, "private, no-store")
    client.logout()
    assert client.get(shown).status_code == 404

    listing_actions.publish(offer, by=desk_user())
    public = client.get(shown)
    assert (public.status_code, public["Content-Disposition"]) == (200, "inline")
    assert 'alt="L’entrée, de plain-pied"' in text(client.get(offer.get_absolute_url()))


@pytest.mark.usefixtures("_files")
def test_only_photos_are_taken_and_a_removed_one_is_gone(client, host, site):
    offer = PlacementOfferFactory(site=site, semester=_semester_to_come())
    address = f"{MINE}offres/{offer.pk}/photos/"
    pdf = {"picture": samples.sent(samples.pdf()), "alternative": "Un papier"}
    assert "Ce n'est pas une photo" in text(client.post(address, pdf))
    client.post(
        address,
        {"picture": samples.sent(samples.jpeg(), "a.jpg"), "alternative": "Le bureau"},
    )
    [photo] = offer.photos.all()

    client.post(f"{address}{photo.pk}/retirer/")

    photo.document.refresh_from_db()
    assert photo.document.discarded_at
    assert not offer.photos.exists()


def _semester_to_come() -> Semester:
    return SemesterFactory(period=days("2030-05-06", "2030-11-04"))


# --- From a semester to the next -----------------------------------------------------


@pytest.fixture
def ended():
    """Of the winter before last, expired since."""
    semester = SemesterFactory(period=days("2025-11-03", "2026-05-04"))
    offer = PlacementOfferFactory(published=True, semester=semester, seats=2)
    listing_actions.expire(offer, dt.date(2026, 5, 4))
    offer.refresh_from_db()
    return offer


def test_an_offer_whose_semester_is_over_comes_back_for_another(ended, next_semester):
    assert Message.objects.filter(template_key="internships.offer-ended").exists()
    for act in (listing_actions.confirm, listing_actions.submit):
        with pytest.raises(ValidationError, match="renouvelez-la"):
            act(ended)

    renewed = actions.renew(ended)

    assert (renewed.state, renewed.seats, renewed.title) == (
        "published",
        2,
        ended.title,
    )
    assert renewed.semester == next_semester
    with pytest.raises(ValidationError, match="déjà renouvelée"):
        actions.renew(ended)


@pytest.mark.parametrize("state", [{}, {"submitted": True}])
def test_what_the_desk_never_read_is_not_renewed(state, next_semester):
    offer = PlacementOfferFactory(**state)

    with pytest.raises(ValidationError, match="a relue"):
        actions.renew(offer)


def test_without_a_next_semester_it_waits():
    offer = PlacementOfferFactory(published=True)

    with pytest.raises(ValidationError, match="n'est pas encore ouvert"):
        actions.renew(offer)


@pytest.mark.usefixtures("_files")
def test_a_host_renews_in_one_click_photos_included(client, host, site, next_semester):
    offer = PlacementOfferFactory(site=site)
    actions.add_photo(
        offer, samples.sent(samples.jpeg(), "a.jpg"), "Le bureau", by=host
    )
    listing_actions.submit_and_publish(offer, by=desk_user())
    assert "Renouveler pour mai – octobre 2027" in text(client.get(MINE))

    client.post(f"{MINE}offres/{offer.pk}/renouveler/")
    client.post(f"{MINE}offres/{offer.pk}/renouveler/")

    renewed = PlacementOffer.objects.get(renews=offer)
    [photo] = renewed.photos.all()
    assert (renewed.state, photo.alternative) == ("published", "Le bureau")
    assert photo.document != offer.photos.get().document


def test_a_month_before_the_end_the_host_is_asked_once(client, next_semester):
    offer = PlacementOfferFactory(published=True)
    assert not list(to_renew(dt.date(2027, 3, 1)))

    day = dt.date(2027, 4, 5)
    ladders.run(day)
    ladders.run(day)

    letter = Message.objects.get(template_key="internships.offer-renewal")
    assert letter.recipient == offer.contact_email
    assert not Message.objects.filter(template_key="listings.confirm").exists()
    actions.renew(offer)
    assert not list(to_renew(day))
    listing_actions.expire(offer, dt.date(2027, 5, 3))
    assert not Message.objects.filter(template_key="internships.offer-ended").exists()


def test_the_link_of_the_letter_renews(client, next_semester):
    offer = PlacementOfferFactory(published=True)
    token = links.issue("internships.offer-renew", offer, to_email=offer.contact_email)
    address = reverse("casework:link", args=[token])
    client.get(address)
    assert not PlacementOffer.objects.filter(renews=offer).exists()

    page = client.post(address, follow=True)

    renewed = PlacementOffer.objects.get(renews=offer)
    assert "Merci, votre offre est renouvelée" in text(page)
    client.post(offer.get_confirmed_url())
    renewed.refresh_from_db()
    assert renewed.state == "withdrawn"


def test_a_semester_that_moves_takes_its_offers_along(next_semester):
    offer = PlacementOfferFactory(published=True, semester=next_semester)
    next_semester.period = days("2027-05-03", "2027-11-09")
    next_semester.save()

    actions.follow_semester(next_semester)

    offer.refresh_from_db()
    assert offer.expires_on == dt.date(2027, 11, 9)


@pytest.mark.parametrize(
    ("last", "first_day", "last_day"),
    [
        (("2026-11-02", "2027-05-03"), "2027-05-03", "2027-10-31"),
        (("2027-05-03", "2027-11-01"), "2027-11-01", "2028-04-30"),
        (None, "2027-05-03", "2027-10-31"),
    ],
)
def test_the_next_semester_is_proposed(last, first_day, last_day):
    semester = Semester(period=days(*last)) if last else None

    found = proposed(semester, dt.date(2026, 11, 20))

    assert [day.isoformat() for day in found] == [first_day, last_day]


# --- At the desk ---------------------------------------------------------------------


@pytest.mark.usefixtures("_files")
def test_the_desk_reads_its_queue(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    user = desk_user()
    client.force_login(user)
    semester = _semester_to_come()
    offer = PlacementOfferFactory(submitted=True, semester=semester)
    actions.add_photo(
        offer, samples.sent(samples.jpeg(), "a.jpg"), "Le bureau", by=user
    )
    supervisor = SupervisorFactory()
    for one in (offer, PlacementOfferFactory(submitted=True, semester=semester)):
        one.supervisors.add(supervisor)

    queue = text(client.get("/gestion/internships/placementoffer/"))
    change = text(
        client.get(reverse("admin:internships_placementoffer_change", args=[offer.pk]))
    )
    for name in ("semester", "placementsite", "supervisor"):
        for page in ("changelist", "add"):
            address = reverse(f"admin:internships_{name}_{page}")
            assert client.get(address).status_code == 200

    assert offer.title in queue
    assert "Voir la photo" in change
    assert "est aussi sur une autre offre de ce semestre" in change


@pytest.mark.usefixtures("_files")
def test_the_desk_writes_an_offer_with_its_photo(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(desk_user())
    site = PlacementSiteFactory()
    typed = answers(site, _semester_to_come()) | {
        "photos-TOTAL_FORMS": 1,
        "photos-INITIAL_FORMS": 0,
        "photos-0-picture": samples.sent(samples.jpeg(), "a.jpg"),
        "photos-0-alternative": "Le bureau",
        "photos-0-rank": 0,
        "contact_phone_0": "",
        "contact_phone_1": "",
    }

    client.post(reverse("admin:internships_placementoffer_add"), typed)

    offer = PlacementOffer.objects.get()
    assert (offer.commune, offer.photos.get().alternative) == (
        site.commune,
        "Le bureau",
    )
