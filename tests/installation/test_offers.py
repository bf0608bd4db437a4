"""Offers of practice: who writes, what anyone reads, and what nobody reads."""

import datetime as dt
import json
import re
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from casework.models import Entry, Message
from installation import offers
from installation.actions import offers as actions
from installation.actions import pairings
from installation.models import (
    Exchange,
    InstallationRequest,
    Interest,
    Introduction,
    PracticeOffer,
)
from listings import alerts
from listings.actions import publish, save_search, withdraw
from tests.accounts.factories import MembershipFactory, PersonFactory, UserFactory
from tests.installation.factories import RequestFactory, desk_user
from tests.installation.offer_factories import OfferFactory
from tests.territory.factories import (
    CommuneFactory,
    HealthStructureFactory,
    IntercommunalityFactory,
    OrganisationFactory,
    ZoneAssignmentFactory,
)

LIST = "/installation/offres/"


def text(response) -> str:
    return unescape(response.content.decode())


def titles(response) -> list[str]:
    return re.findall(r'listing-title"><a [^>]*>([^<]*)<', text(response))


# --- What anyone reads ---------------------------------------------------------------


@pytest.fixture
def three():
    """A post in Nérac, a locum in Agen, a succession in Fumel."""
    agen = CommuneFactory(
        code="47001",
        name="Agen",
        intercommunality=IntercommunalityFactory(code="200096956", name="CA d'Agen"),
    )
    HealthStructureFactory(commune=agen)
    return [
        OfferFactory(
            published=True, title="Poste", kind="salaried_post", mode="salaried"
        ),
        OfferFactory(
            published=True,
            title="Remplacement",
            kind="locum",
            commune=agen,
            profession="dentist",
            specialty="",
            available_from=dt.date(2027, 7, 1),
        ),
        OfferFactory(
            published=True, title="Cabinet", available_from=dt.date(2027, 1, 4)
        ),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Poste", "Remplacement", "Cabinet"}),
        ("nature=locum", {"Remplacement"}),
        ("exercice=salaried", {"Poste"}),
        ("profession=dentist", {"Remplacement"}),
        ("territoire=200096956", {"Remplacement"}),
        ("commune=Nérac", {"Poste", "Cabinet"}),
        ("avant=2027-02-01", {"Poste", "Cabinet"}),
        ("q=medecine", {"Poste", "Cabinet"}),
        ("zone=ZIP", {"Poste", "Cabinet"}),
        ("zone=ZIP&nature=succession", {"Cabinet"}),
        # What means nothing is left out, and said.
        (
            "nature=%00&territoire=x&avant=hier&page=-2",
            {"Poste", "Remplacement", "Cabinet"},
        ),
    ],
)
def test_the_list_is_narrowed_by(client, three, query, found):
    ZoneAssignmentFactory()

    response = client.get(f"{LIST}?{query}")

    assert (response.status_code, set(titles(response))) == (200, found)


def test_what_is_not_published_is_nowhere(client):
    for state in ({}, {"submitted": True}):
        offer = OfferFactory(title="Pas encore", **state)

    assert "Pas encore" not in text(client.get(LIST))
    assert client.get(offer.get_absolute_url()).status_code == 404


def test_an_empty_list_offers_an_alert(client):
    page = text(client.get(f"{LIST}?nature=locum"))

    assert "/alertes/nouvelle/offres/?nature=locum" in page


def test_an_unknown_commune_is_said(client, three):
    page = text(client.get(f"{LIST}?commune=Zzz"))

    assert "Aucune commune ne répond à « Zzz »" in page


@pytest.mark.parametrize("count", [1, 25])
def test_the_list_costs_the_same(client, count, django_assert_num_queries):
    ZoneAssignmentFactory()
    OfferFactory.create_batch(count, published=True)
    client.get(f"{LIST}?nature=locum")  # what the process keeps: the desk, the places

    # Offers and their number, zones; how many by place, and the territories' names.
    with django_assert_num_queries(5):
        response = client.get(LIST)
    with django_assert_num_queries(0):
        again = client.get(LIST)

    assert len(titles(response)) == min(count, 20)
    assert again.content == response.content


def test_what_changes_shows_at_once(client, django_capture_on_commit_callbacks):
    offer = OfferFactory(published=True)
    before = titles(client.get(LIST))

    with django_capture_on_commit_callbacks(execute=True):
        withdraw(offer)

    assert (before, titles(client.get(LIST))) == ([offer.title], [])


def test_what_is_kept_says_nothing_of_who_asked_first(client):
    OfferFactory(published=True)
    reader = UserFactory()
    client.force_login(reader)
    client.get(LIST)
    client.get(f"{LIST}?commune=Zzz")
    client.logout()

    page = text(client.get(LIST))

    assert reader.person.last_name not in page
    assert "Zzz" not in page


def test_the_page_is_readable_by_search_engines(client):
    ZoneAssignmentFactory()
    offer = OfferFactory(published=True, body="Un lieu </script><b>calme</b>")

    page = client.get(offer.get_absolute_url()).content.decode()

    posting = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])
    assert posting["@type"] == "JobPosting"
    assert posting["jobLocation"]["address"]["addressLocality"] == "Nérac"
    assert "</script><b>" in posting["description"]
    assert "Zone d&#x27;intervention prioritaire" in page


def test_feeds_follow_the_list(client, three):
    rss = text(client.get(f"{LIST}flux.xml?nature=locum"))
    feed = client.get(f"{LIST}flux.json?nature=locum").json()

    assert rss.count("<item>") == 1
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["title"] for item in feed["items"]] == ["Remplacement, Agen"]


def test_contact_shows_only_when_its_author_wants(client):
    hidden = OfferFactory(published=True)
    shown = OfferFactory(published=True, contact_is_public=True)

    pages = [text(client.get(one.get_absolute_url())) for one in (hidden, shown)]

    assert ["lasserre@example.org" in page for page in pages] == [False, True]


# --- A confidential succession -------------------------------------------------------

SECRETS = [
    "nérac",
    "nerac",
    "47600",
    "47195",
    "lasserre",
    "36 49 47 12",
    "maison des tilleuls",
]


@pytest.fixture
def secret():
    owner = UserFactory(
        person=PersonFactory(
            first_name="Yves", last_name="Lasserre", phone="+33536494712"
        )
    )
    return OfferFactory(
        published=True,
        confidential=True,
        owner=owner.person,
        contact_email=owner.email,
        contact_phone="+33536494712",
        structure=HealthStructureFactory(name="Maison des Tilleuls"),
        available_from=dt.date(2027, 9, 17),
        body="Une maison ancienne et un jardin.",
    )


def test_no_byte_of_what_is_confidential_is_read_by_anyone(client, secret):
    search = save_search(offers_list(), {}, frequency="daily", person=PersonFactory())
    secret.published_at = timezone.now()
    secret.save(update_fields=["published_at"])
    alerts.run(timezone.localdate())
    page = secret.get_absolute_url()
    read = [
        text(client.get(address)).lower()
        for address in (
            LIST,
            f"{LIST}?q=cabinet",
            f"{LIST}?territoire=200068948",
            f"{LIST}flux.xml",
            f"{LIST}flux.json",
            page,
        )
    ]
    told = Message.objects.get(template_key="listings.alert")
    read += [told.text.lower(), told.html.lower(), told.subject.lower()]

    assert search
    for content in read:
        # The filter and the map name the communes of the Département, not the offer.
        content = re.sub(
            r"<svg.*?</svg>|<select.*?</select>|placeholder=\S+.*?>",
            "",
            content,
            flags=re.S,
        )
        assert [found for found in SECRETS if found in content] == []
        assert "17 septembre" not in content
        assert "2027-09-17" not in content
    assert all("albret communauté" in content for content in read[:6])
    assert "ld+json" not in read[5]


@pytest.mark.parametrize(
    "query",
    [
        "q=Nérac",
        "q=nerrac",
        "q=Lasserre",
        "q=tilleuls",
        "q=47195",
        "commune=Nérac",
        "zone=ZIP",
        "avant=2026-12-31",
    ],
)
def test_searching_what_is_confidential_does_not_find_it(client, secret, query):
    ZoneAssignmentFactory()

    assert titles(client.get(f"{LIST}?{query}")) == []


def test_the_map_and_its_description_leave_it_out(secret, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        offers.maps, "departement_map", lambda _where, pins, wide: drawn.extend(pins)
    )
    OfferFactory(published=True, commune=CommuneFactory(name="Mézin"))

    offers.where(PracticeOffer.objects.published(), secret.commune.departement)

    assert [(pin.commune.name, pin.count) for pin in drawn] == [("Mézin", 1)]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("title", "Cabinet à Nérac"),
        ("summary", "Près de nerac."),
        ("body", "Le Dr LASSERRE part."),
        ("team", "Avec la Maison des Tilleuls"),
        ("terms", "Écrire à y.l@example.org"),
        ("housing", "Appeler le 05 36 49 47 12"),
        ("equipment", "Appeler le +33 (0)5 36 49 47 12"),
        ("body", "Appeler le 05\u00a036\u00a049\u00a047\u00a012"),
        ("specialty", "gériatrie, Dr Lasserre"),
        ("summary", "Un bourg agréable (47600)."),
        ("body", "À voir sur www.cabinet-du-lac.example"),
        ("team", "Recrute avec Les Amis de la Santé"),
    ],
)
def test_its_author_cannot_give_it_away(secret, field, words):
    secret.organisation = OrganisationFactory(name="Les Amis de la Santé")
    setattr(secret, field, words)

    with pytest.raises(ValidationError) as refusal:
        secret.full_clean()

    assert list(refusal.value.error_dict) == [field]


def introduced(secret, *, shares_contact=True):
    dossier = RequestFactory(in_support=True, specialty="médecine générale")
    actions.express_interest(secret, dossier, shares_contact=shares_contact)
    return dossier, Introduction.objects.get()


def test_nobody_is_named_until_both_accept(secret):
    dossier, introduction = introduced(secret)

    said_before = " ".join(
        message.text + message.html
        for message in Message.objects.filter(is_secret=False)
    ).lower()
    pairings.accept(introduction, "host")

    told = {
        message.recipient: message.text
        for message in Message.objects.filter(template_key="installation.met")
    }
    assert "lasserre" not in said_before
    assert secret.contact_email in told
    assert "Lasserre" in told[dossier.contact_email]
    assert dossier.full_name in told[secret.contact_email]
    verbs = Entry.objects.about(dossier).values_list("verb", flat=True)
    assert "installation.pairing.met" in verbs


def test_a_candidate_who_did_not_agree_is_asked_too(secret):
    dossier, introduction = introduced(secret, shares_contact=False)

    pairings.accept(introduction, "host")
    introduction.refresh_from_db()
    waits = introduction.state
    pairings.accept(introduction, "guest")

    introduction.refresh_from_db()
    assert (waits, introduction.state) == ("waiting", "met")
    asked = Message.objects.filter(template_key="installation.introduction-guest")
    assert asked.get().recipient == dossier.contact_email


def test_a_no_names_nobody(secret):
    dossier, introduction = introduced(secret)

    pairings.decline(introduction, "host")

    message = Message.objects.get(template_key="installation.declined")
    assert message.recipient == dossier.contact_email
    assert "lasserre" not in (message.text + message.html).lower()
    with pytest.raises(ValidationError, match="déclinée"):
        pairings.accept(introduction, "host")


def test_each_side_opens_its_own_page_and_no_other(client, secret):
    _dossier, introduction = introduced(secret)
    host, guest = introduction.page_url("host"), introduction.page_url("guest")
    client.force_login(secret.owner.user)

    answers = [client.get(host).status_code, client.get(guest).status_code]
    client.force_login(UserFactory())
    answers += [client.get(host).status_code, client.post(host).status_code]

    assert answers == [200, 404, 404, 404]


# --- « Ça m'intéresse » --------------------------------------------------------------


def test_interest_joins_the_open_dossier_once(client):
    offer = OfferFactory(published=True)
    user = UserFactory()
    dossier = RequestFactory(in_support=True, applicant=user.person)
    client.force_login(user)

    for _ in range(2):
        client.post(offer.get_absolute_url(), {"word": "Je peux venir en mai."})

    assert Interest.objects.get().request == dossier
    exchange = Exchange.objects.get(request=dossier)
    assert offer.title in exchange.body
    assert "Je peux venir en mai." in exchange.body
    assert not Message.objects.filter(recipient=offer.contact_email).exists()


def test_the_author_gets_a_name_with_consent_only():
    offer = OfferFactory(published=True)
    dossier = RequestFactory(in_support=True)

    interest = actions.express_interest(offer, dossier, shares_contact=True)

    message = Message.objects.get(recipient=offer.contact_email)
    assert dossier.full_name in message.text
    assert message.reply_to == dossier.contact_email
    assert "mes coordonnées" in interest.wording


def test_a_visitor_writes_a_request_that_begins_with_the_offer(client, rf):
    from installation import carried

    offer = OfferFactory(published=True)
    response = client.post(offer.get_absolute_url(), {"shares_contact": "on"})
    request = rf.get("/")
    request.session, request.user = client.session, UserFactory()
    filed = RequestFactory(submitted=True)

    carried.deliver(request, filed)

    assert response.url.endswith("/demande/?nature=installation")
    assert Interest.objects.get().request == filed
    assert carried.offer(request) is None


def test_an_offer_taken_off_meanwhile_interests_nobody():
    offer = OfferFactory(published=True)
    offer.withdraw()

    with pytest.raises(ValidationError, match="plus en ligne"):
        actions.express_interest(offer, RequestFactory(in_support=True))


# --- Those who write -----------------------------------------------------------------

WRITTEN = {
    "kind": "premises",
    "title": "Un bureau libre",
    "summary": "Lumineux, au rez-de-chaussée.",
    "profession": "doctor",
    "mode": "liberal",
    "commune": "47195",
    "contact_name": "Camille",
    "contact_email": "camille@example.org",
}


def test_a_doctor_writes_and_the_desk_publishes(client):
    user = UserFactory()
    client.force_login(user)

    client.post(reverse("installation:offer-new"), WRITTEN)
    offer = PracticeOffer.objects.get()
    publish(offer, by=desk_user())
    client.post(
        reverse("installation:offer-edit", args=[offer.pk]),
        WRITTEN | {"terms": "450 €"},
    )

    offer.refresh_from_db()
    assert (offer.owner, offer.terms, offer.state) == (
        user.person,
        "450 €",
        "submitted",
    )


def test_a_draft_is_sent_to_nobody(client):
    client.force_login(UserFactory())

    client.post(reverse("installation:offer-new"), WRITTEN | {"then": "draft"})

    assert PracticeOffer.objects.get().state == "draft"
    assert not Message.objects.exists()


def test_what_is_missing_is_said_and_kept(client):
    client.force_login(UserFactory())
    said = WRITTEN | {"commune": "", "is_confidential": "on"}

    page = text(client.post(reverse("installation:offer-new"), said))

    assert "Choisissez la commune où l’on exerce." in page
    assert "Seule une succession peut l’être." in page
    assert 'value="Un bureau libre"' in page


def test_members_of_a_body_look_after_its_offers_and_strangers_do_not(client):
    town = OrganisationFactory(name="Mairie de Nérac", kind="commune")
    member = UserFactory()
    MembershipFactory(person=member.person, organisation=town)
    offer = OfferFactory(published=True, organisation=town)
    addresses = [
        reverse("installation:offer-edit", args=[offer.pk]),
        reverse("installation:offer-withdraw", args=[offer.pk]),
    ]

    client.force_login(UserFactory())
    strange = [
        client.get(addresses[0]).status_code,
        client.post(addresses[1]).status_code,
    ]
    client.force_login(member)
    known = [
        client.get(addresses[0]).status_code,
        client.post(addresses[1]).status_code,
    ]

    offer.refresh_from_db()
    assert (strange, known, offer.state) == ([404, 404], [200, 302], "withdrawn")


def test_a_visitor_signs_in_to_write(client):
    response = client.get(reverse("installation:offer-new"))

    assert response.status_code == 302
    assert InstallationRequest.objects.count() == 0


# --- The desk ------------------------------------------------------------------------


@pytest.fixture
def desk(client):
    user = desk_user()
    client.force_login(user)
    return client


def test_the_desk_reads_then_publishes_or_sends_back(desk):
    offers_ = [OfferFactory(submitted=True) for _ in range(2)]
    name = "admin:installation_practiceoffer"

    page = text(desk.get(reverse(f"{name}_change", args=[offers_[0].pk])))
    desk.post(reverse(f"{name}_publier", args=[offers_[0].pk]))
    desk.post(
        reverse(f"{name}_corriger", args=[offers_[1].pk]), {"reason": "Le loyer ?"}
    )

    states = [PracticeOffer.objects.get(pk=offer.pk).state for offer in offers_]
    assert "Renvoyer à corriger" in page
    assert states == ["published", "refused"]


def test_what_the_desk_refuses_without_a_reason_is_not_refused(desk):
    offer = OfferFactory(submitted=True)
    url = reverse("admin:installation_practiceoffer_corriger", args=[offer.pk])

    response = desk.post(url, {"reason": " "})

    offer.refresh_from_db()
    assert (response.status_code, offer.state) == (200, "submitted")


def offers_list():
    from installation.listings import OFFERS

    return OFFERS
