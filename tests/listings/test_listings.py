"""What every published offer shares, seen through the offers of practice."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework import ladders, links
from casework.models import Entry, Message
from casework.settled import settle
from installation.models import PracticeOffer
from listings import actions
from listings.models import TRANSITIONS, State
from tests.installation.factories import desk_user
from tests.installation.offer_factories import OfferFactory

MOVES = {
    "submit": lambda offer: offer.submit(),
    "publish": lambda offer: offer.publish(desk_user()),
    "refuse": lambda offer: offer.refuse(desk_user(), "Dites le loyer."),
    "confirm": lambda offer: offer.confirm(),
    "expire": lambda offer: offer.expire(offer.expires_on or timezone.localdate()),
    "withdraw": lambda offer: offer.withdraw(),
}


def offer_in(state):
    if state == State.WITHDRAWN:
        return OfferFactory(state=state, withdrawn_at=timezone.now())
    if state == State.REFUSED:
        return OfferFactory(state=state, refusal="Dites le loyer.")
    if state == State.EXPIRED:
        return OfferFactory(published=True, state=state)
    return OfferFactory(**({} if state == State.DRAFT else {state.value: True}))


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", TRANSITIONS)
def test_a_move_is_made_from_where_the_table_says(verb, state):
    offer = offer_in(state)
    _said, allowed, target = TRANSITIONS[verb]

    if state in allowed:
        MOVES[verb](offer)
    else:
        with pytest.raises(ValidationError, match="On ne peut pas"):
            MOVES[verb](offer)

    offer.refresh_from_db()
    assert offer.state == (target if state in allowed else state)


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "published"},
        {"state": "refused"},
        {"state": "withdrawn"},
        {"is_confidential": True, "kind": "locum"},
        {"is_confidential": True, "contact_is_public": True},
        {"days_a_week": 9},
        {"available_until": dt.date(2027, 1, 1)},
    ],
)
def test_the_database_refuses(broken):
    offer = OfferFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        PracticeOffer.objects.filter(pk=offer.pk).update(**broken)


def test_publishing_tells_the_author_until_when(mailoutbox, settings):
    offer = OfferFactory(submitted=True)

    offer = actions.publish(offer, by=desk_user())

    assert offer.expires_on == timezone.localdate() + dt.timedelta(days=60)
    message = Message.objects.get()
    assert (message.recipient, message.subject) == (
        offer.contact_email,
        f"Votre annonce est en ligne : {offer.title}",
    )
    assert Entry.objects.about(offer).get().verb == "listings.listing.published"


def test_refusing_tells_the_author_why():
    offer = OfferFactory(submitted=True)

    actions.refuse(offer, "Dites le loyer.", by=desk_user())

    assert "Dites le loyer." in Message.objects.get().text


def test_the_author_is_asked_twice_then_the_listing_ends(
    django_capture_on_commit_callbacks,
):
    settle()
    offer = OfferFactory(published=True)
    warned_on = offer.expires_on - dt.timedelta(days=14)

    for day in (warned_on - dt.timedelta(days=1), warned_on, warned_on):
        ladders.run(day)
    first = Message.objects.count()
    ladders.run(offer.expires_on - dt.timedelta(days=2))
    second = Message.objects.count()
    assert (first, second) == (1, 2)

    assert [actions.sweep(offer.expires_on), actions.sweep(offer.expires_on)] == [1, 0]
    offer.refresh_from_db()
    assert offer.state == State.EXPIRED


def test_one_click_of_the_link_confirms_and_a_get_does_not(client):
    offer = OfferFactory(published=True, expires_on=timezone.localdate())
    token = links.issue("listings.confirm", offer, to_email=offer.contact_email)
    page = links.url(token).removeprefix("http://localhost")

    client.get(page)
    offer.refresh_from_db()
    assert offer.expires_on == timezone.localdate()
    response = client.post(page, follow=True)

    offer.refresh_from_db()
    assert offer.expires_on == timezone.localdate() + dt.timedelta(days=60)
    assert "Merci, c’est noté" in response.content.decode()


def test_the_link_of_a_listing_withdrawn_says_where_it_stands(client):
    offer = OfferFactory(published=True)
    token = links.issue("listings.confirm", offer, to_email=offer.contact_email)
    offer.withdraw()

    response = client.post(
        links.url(token).removeprefix("http://localhost"), follow=True
    )

    assert "Votre offre n’est pas en ligne" in response.content.decode()


@pytest.mark.parametrize(
    "words",
    [
        "pédiatre",
        "pediatre",
        "PÉDIATRES",
        "pediatrie nerac",  # no word of it, by likeness
        "pédaitre",
        "Nérac",
        "nerrac",
        "remplacements",
        "albret",
    ],
)
def test_a_search_forgives(words):
    found = OfferFactory(
        published=True,
        kind="locum",
        title="Pédiatre, pour l’été",
        available_from=dt.date(2027, 7, 1),
    )
    OfferFactory(published=True, title="Poste à Agen", commune__name="Agen")

    results = PracticeOffer.objects.published().search(words)

    assert found in results


@pytest.mark.parametrize("words", ["", "!!!", "le la", "zzzzzz"])
def test_a_search_for_nothing_finds_nothing(words):
    OfferFactory(published=True)

    assert list(PracticeOffer.objects.published().search(words)) == []


def test_a_search_prefers_the_word_itself_to_what_looks_like_it():
    exact = OfferFactory(published=True, title="Kinésithérapeute", specialty="")
    OfferFactory(published=True, title="Kinésithérapie", specialty="", body="kines")

    assert exact in PracticeOffer.objects.published().search("kinésithérapeute")


def test_a_mark_that_xml_cannot_hold_does_not_stop_the_feed(client):
    OfferFactory(published=True, title="Un\x0bcabinet", summary="Au\x1fcalme\ufffe.")

    answers = [
        client.get(reverse(f"installation:offer-{feed}")) for feed in ("feed", "json")
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert "Un cabinet, Nérac" in answers[0].content.decode()
