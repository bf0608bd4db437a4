"""Interests: shown, answered, confirmed, released; everybody told once."""

import datetime as dt
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.actions import merge
from casework import ladders
from casework.models import Message
from casework.settled import settle
from internships.actions import interests, placements
from internships.models import Interest, Placement
from internships.reminders.interests import unanswered, unconfirmed
from listings import actions as listing_actions
from tests.accounts.factories import MembershipFactory, PersonFactory, UserFactory
from tests.installation.test_referrals_together import together
from tests.internships.factories import (
    InterestFactory,
    OccupationFactory,
    PlacementOfferFactory,
    RoomFactory,
    SemesterFactory,
    days,
)
from tests.territory.factories import DeskFactory

WORDS = "J'ai comparé avant de demander."


@pytest.fixture
def offer():
    DeskFactory()
    return PlacementOfferFactory(published=True, seats=1)


def show(offer, person, rank=1):
    return interests.show(offer, person, rank=rank, wording="D'accord.")


def told() -> list[tuple[str, str]]:
    rows = Message.objects.order_by("pk").values_list("template_key", "recipient")
    return [(key.removeprefix("internships."), to) for key, to in rows]


def test_an_interest_reaches_its_host_with_a_link_and_the_name(offer):
    person = PersonFactory(first_name="Hugo", last_name="Marty")

    interest = show(offer, person)

    message = Message.objects.get()
    assert (interest.state, interest.semester) == ("sent", offer.semester)
    assert (message.recipient, message.is_secret) == (offer.contact_email, True)
    assert "Hugo Marty" in message.subject
    assert message.reply_to == person.email


def test_three_places_a_semester_and_no_more(offer):
    person = PersonFactory()
    for rank in (1, 2, 3):
        show(PlacementOfferFactory(published=True), person, rank)

    with pytest.raises(ValidationError, match="déjà trois terrains"):
        show(offer, person, 1)

    other = SemesterFactory(period=days("2027-05-03", "2027-11-01"))
    later = PlacementOfferFactory(published=True, semester=other)
    assert show(later, person, 1).rank == 1


def test_the_same_place_is_asked_once_and_a_rank_is_one_wish(offer):
    person = PersonFactory()
    show(offer, person, 1)

    with pytest.raises(ValidationError, match="déjà signalé"):
        show(offer, person, 2)
    with pytest.raises(ValidationError, match="déjà pris"):
        show(PlacementOfferFactory(published=True), person, 1)


def test_an_offer_that_does_not_show_receives_nobody():
    with pytest.raises(ValidationError, match="plus en ligne"):
        show(PlacementOfferFactory(submitted=True), PersonFactory())


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        ("sent", {"accept", "decline", "withdraw"}),
        ("accepted", {"decline", "withdraw", "confirm"}),
        ("confirmed", set()),
        ("declined", set()),
        ("withdrawn", set()),
        ("released", set()),
    ],
)
def test_each_act_from_each_state(offer, state, allowed):
    now = timezone.now()
    acts = {
        "accept": interests.accept,
        "decline": interests.decline,
        "withdraw": interests.withdraw,
        "confirm": partial(interests.confirm, accepted_wording=WORDS),
    }
    done = set()
    for name, act in acts.items():
        interest = InterestFactory(
            offer__seats=2,
            state=state,
            answered_at=now,
            closed_at=None if state in Interest.OPEN else now,
        )
        try:
            act(interest)
        except ValidationError:
            continue
        done.add(name)

    assert done == allowed


def test_the_mutual_yes_opens_a_placement_and_releases_the_others_once(offer):
    person = PersonFactory(email="hugo@example.org")
    mine = interests.accept(show(offer, person, 1))
    elsewhere = PlacementOfferFactory(published=True, contact_email="b@example.org")
    other = show(elsewhere, person, 2)
    rival = show(offer, PersonFactory(email="lea@example.org"), 1)
    Message.objects.all().delete()

    placement = interests.confirm(mine, accepted_wording=WORDS)
    with pytest.raises(ValidationError):
        interests.confirm(mine, accepted_wording=WORDS)

    for row in (mine, other, rival):
        row.refresh_from_db()
    assert [mine.state, other.state, rival.state] == [
        "confirmed",
        "released",
        "released",
    ]
    assert placement.period == offer.semester.period
    assert placement.site == offer.site
    assert placement.indemnities_wording == WORDS
    assert placement.indemnities_accepted_at is not None
    assert sorted(told()) == [
        ("interest-confirmed", "hugo@example.org"),
        ("interest-confirmed-host", offer.contact_email),
        ("interest-released", "lea@example.org"),
        ("interest-released-host", "b@example.org"),
    ]


def test_a_cancelled_placement_frees_its_seat(offer):
    placement = interests.confirm(
        InterestFactory(offer=offer, accepted=True), accepted_wording=WORDS
    )
    with pytest.raises(ValidationError, match="Toutes les places"):
        show(offer, PersonFactory())

    placements.cancel(placement, "Un autre choix.", by=None)

    assert interests.seats_left(offer) == 1
    assert show(offer, PersonFactory()).state == "sent"


def test_an_offer_that_goes_releases_those_who_waited(offer):
    waiting = show(offer, PersonFactory(email="lea@example.org"))

    listing_actions.withdraw(offer)

    waiting.refresh_from_db()
    assert waiting.state == "released"
    assert ("interest-released", "lea@example.org") in told()


def test_nobody_answers_then_the_desk_calls(offer):
    settle()
    interest = show(offer, PersonFactory())
    long_ago = timezone.now() - dt.timedelta(days=40)
    Interest.objects.filter(pk=interest.pk).update(created_at=long_ago)
    Message.objects.all().delete()
    today = timezone.localdate()

    assert ladders.run(today) == 2
    assert ladders.run(today) == 0

    assert {key for key, _to in told()} == {"interest-reminder", "interest-call"}
    interests.accept(interest)
    assert list(unanswered(today)) == []
    assert [due.subject for due in unconfirmed(today)] == [interest]


def test_one_person_of_two_keeps_three_wishes_and_one_seat(offer):
    kept, absorbed = PersonFactory(), PersonFactory()
    show(offer, kept, 1)
    same = show(offer, absorbed, 1)
    moved = show(PlacementOfferFactory(published=True), absorbed, 2)
    show(PlacementOfferFactory(published=True), kept, 2)

    merge(kept, absorbed, by=None)

    same.refresh_from_db()
    moved.refresh_from_db()
    assert (same.person, same.state) == (kept, "withdrawn")
    assert (moved.person, moved.state, moved.rank) == (kept, "sent", 3)


@pytest.mark.django_db(transaction=True)
def test_two_students_confirm_the_last_seat_at_once_and_one_comes():
    DeskFactory()
    offer = PlacementOfferFactory(published=True, seats=1)
    rivals = [InterestFactory(offer=offer, accepted=True) for _ in range(2)]

    answers = together(
        *[partial(interests.confirm, one, accepted_wording=WORDS) for one in rivals]
    )

    assert sorted(answers) == ["done", "refused"]
    assert Placement.objects.count() == 1
    assert Interest.objects.confirmed().count() == 1
    assert Interest.objects.open().count() == 0


@pytest.mark.django_db(transaction=True)
def test_one_student_who_confirms_two_places_at_once_has_one():
    DeskFactory()
    person = PersonFactory()
    both = [InterestFactory(person=person, rank=rank, accepted=True) for rank in (1, 2)]

    answers = together(
        *[partial(interests.confirm, one, accepted_wording=WORDS) for one in both]
    )

    assert sorted(answers) == ["done", "refused"]
    assert Placement.objects.count() == 1


# --- Pages ---------------------------------------------------------------------------


@pytest.fixture
def student(client):
    user = UserFactory()
    client.force_login(user)
    return user


def test_a_student_shows_their_interest_and_what_is_typed_stays(client, student, offer):
    url = reverse("internships:interest-new", args=[offer.pk])

    refused = client.post(url, {"rank": 1, "word": "Bonjour à vous."})
    sent = client.post(url, {"rank": 1, "word": "Bonjour à vous.", "agrees": "on"})

    assert "Bonjour à vous." in refused.content.decode()
    assert set(refused.context["form"].errors) == {"agrees"}
    assert sent.url == reverse("internships:my-placements")
    interest = Interest.objects.get()
    assert (interest.person, interest.word) == (student.person, "Bonjour à vous.")
    assert "soient donnés au terrain" in interest.wording


def test_a_visitor_is_asked_to_sign_in_and_a_stranger_finds_nothing(client, offer):
    interest = InterestFactory(offer=offer, accepted=True)
    new = reverse("internships:interest-new", args=[offer.pk])
    theirs = [
        interest.get_absolute_url(),
        interest.get_confirm_url(),
        reverse("internships:interest-withdraw", args=[interest.pk]),
    ]
    assert client.get(new).status_code == 302

    client.force_login(UserFactory())

    assert [client.get(url).status_code for url in theirs] == [404, 404, 404]


def test_the_host_answers_from_its_space(client, offer):
    member = UserFactory()
    MembershipFactory(person=member.person, organisation=offer.organisation)
    interest = show(offer, PersonFactory(first_name="Hugo", last_name="Marty"))
    client.force_login(member)

    page = client.get(reverse("internships:interests-received"))
    client.post(
        interest.get_absolute_url(), {"act": "accept", "answer": "Venez un mardi."}
    )

    interest.refresh_from_db()
    assert "Hugo Marty" in page.content.decode()
    assert (interest.state, interest.answer) == ("accepted", "Venez un mardi.")


def test_a_student_confirms_once_the_box_is_ticked(client, student, offer):
    interest = InterestFactory(offer=offer, accepted=True, person=student.person)
    url = interest.get_confirm_url()

    refused = client.post(url, {})
    done = client.post(url, {"accepts": "on"})

    placement = Placement.objects.get()
    assert set(refused.context["form"].errors) == {"accepts"}
    assert done.url == placement.get_absolute_url()
    assert "D. 1511-52" in placement.indemnities_wording
    assert client.get(url).url == placement.get_absolute_url()


def test_a_placement_and_its_bed_are_one_transaction(client, student, offer):
    """The bed was taken meanwhile: no placement, and the words say so."""
    room = RoomFactory(dwelling__commune=offer.commune)
    interest = InterestFactory(offer=offer, accepted=True, person=student.person)
    url, said = interest.get_confirm_url(), {"accepts": "on", "room": room.pk}

    assert "Sans chambre, ou plus tard" in client.get(url).content.decode()
    taken = OccupationFactory(room=room, period=offer.semester.period)

    refused = client.post(url, said)
    with pytest.raises(ValidationError):
        interests.confirm(interest, room=room, accepted_wording=WORDS)

    interest.refresh_from_db()
    assert refused.context["form"].errors["room"] == [
        "Cette chambre vient d’être prise : choisissez-en une autre, ou confirmez sans "
        "chambre."
    ]
    assert "checked" in refused.content.decode()
    assert (interest.state, Placement.objects.count()) == ("accepted", 0)

    taken.delete()
    client.post(url, said)

    placement = Placement.objects.get()
    held = room.occupations.get(kind="hold")
    assert (held.kind, held.period) == ("hold", offer.semester.period)
    assert held.request.placement == placement


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_a_host_costs_the_same(
    client, offer, count, django_assert_max_num_queries
):
    member = UserFactory()
    MembershipFactory(person=member.person, organisation=offer.organisation)
    InterestFactory.create_batch(count, offer=offer)
    client.force_login(member)
    client.get(reverse("internships:interests-received"))

    with django_assert_max_num_queries(12):
        client.get(reverse("internships:interests-received"))


def test_whoever_waits_is_told_when_the_offer_expires(offer):
    interest = show(offer, PersonFactory())

    listing_actions.expire(interest.offer, interest.offer.expires_on)

    interest.refresh_from_db()
    assert interest.state == Interest.State.RELEASED
    assert ("interest-released", interest.person.email) in told()
