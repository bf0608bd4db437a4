"""Two people meet once both have said yes: mentors, proposed by the desk."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.actions import empty_person
from casework import links
from casework.models import Message
from installation import offer_letters
from installation.actions import offers, pairings, requests
from installation.models import (
    PAIRING_TRANSITIONS,
    Introduction,
    Mentor,
    Mentorship,
    PairingState,
)
from listings import actions as listing_actions
from tests.accounts.factories import PersonFactory, UserFactory
from tests.installation.factories import RequestFactory, desk_user
from tests.installation.offer_factories import MentorFactory, OfferFactory


def pair(**options) -> Mentorship:
    return pairings.propose_mentor(
        RequestFactory(in_support=True), MentorFactory(**options), by=desk_user()
    )


def pair_in(state) -> Mentorship:
    pairing = pair()
    if state == PairingState.DECLINED:
        pairing.decline("host")
    if state in {PairingState.MET, PairingState.ENDED}:
        pairing.accept("host")
        pairing.accept("guest")
    if state == PairingState.ENDED:
        pairing.end()
    return pairing


MOVES = {
    "accept": lambda pairing: pairing.accept("host"),
    "decline": lambda pairing: pairing.decline("guest"),
    "end": lambda pairing: pairing.end(),
}


@pytest.mark.parametrize("state", PairingState)
@pytest.mark.parametrize("verb", PAIRING_TRANSITIONS)
def test_a_move_is_made_from_where_the_table_says(verb, state):
    pairing = pair_in(state)
    _said, allowed, target = PAIRING_TRANSITIONS[verb]

    if state in allowed or (pairing.host_accepted_at and verb == "accept"):
        MOVES[verb](pairing)
    else:
        with pytest.raises(ValidationError, match="On ne peut pas"):
            MOVES[verb](pairing)

    pairing.refresh_from_db()
    assert pairing.state == (target or state if state in allowed else state)


def test_the_database_knows_no_meeting_without_both():
    pairing = pair()

    with pytest.raises(IntegrityError), transaction.atomic():
        Mentorship.objects.filter(pk=pairing.pk).update(state="met")


def test_each_is_asked_without_the_name_of_the_other():
    mentor = MentorFactory(person=PersonFactory(last_name="Roux"))
    dossier = RequestFactory(in_support=True, last_name="Caubet")

    pairing = pairings.propose_mentor(dossier, mentor, by=desk_user())

    asked = Message.objects.filter(template_key__startswith="installation.mentorship-")
    letters = {message.recipient: " ".join(message.parts()) for message in asked}
    assert set(letters) == {mentor.person.email, dossier.contact_email}
    assert "Caubet" not in letters[mentor.person.email]
    assert "Roux" not in letters[dossier.contact_email]
    assert pairing.state == "waiting"


def test_both_accept_by_their_links_and_get_each_other_s_numbers(client):
    pairing = pair()
    for side in ("host", "guest"):
        token = links.issue(
            offer_letters.scope(pairing, side),
            pairing,
            to_email=offer_letters.address_of(pairing, side),
        )
        page = client.post(reverse("casework:link", args=[token]), follow=True)
        assert page.status_code == 200
        client.post(pairing.page_url(side), {"act": "accept"})
        client.cookies.clear()

    pairing.refresh_from_db()
    met = Message.objects.filter(template_key="installation.met")
    assert pairing.state == "met"
    assert {message.recipient for message in met} == {
        pairing.mentor.person.email,
        pairing.request.contact_email,
    }


def test_the_link_of_a_former_address_opens_nothing(client):
    pairing = pair()
    person = pairing.mentor.person
    scope = offer_letters.scope(pairing, "host")
    token = links.issue(scope, pairing, to_email=person.email)
    client.post(reverse("casework:link", args=[token]))
    person.email = "nouvelle.adresse@example.org"
    person.save()

    assert client.get(pairing.page_url("host")).status_code == 404
    assert client.post(reverse("casework:link", args=[token])).status_code == 404


def introduction(**options) -> Introduction:
    """The candidate said yes at once; the author has not answered."""
    offer = OfferFactory(
        published=True, confidential=True, owner=PersonFactory(), **options
    )
    dossier = RequestFactory(in_support=True)
    offers.express_interest(offer, dossier, shares_contact=True)
    return Introduction.objects.get()


def take_off(pairing) -> None:
    listing_actions.withdraw(pairing.offer)


def ask_no_more(pairing) -> None:
    requests.withdraw(pairing.request)


@pytest.mark.parametrize("give_up", [take_off, ask_no_more])
def test_nobody_is_named_once_one_of_them_has_given_up(client, give_up):
    pairing = introduction()
    client.force_login(UserFactory(person=pairing.offer.owner))
    give_up(pairing)

    answered = client.post(pairing.page_url("host"), {"act": "accept"}, follow=True)
    space = client.get(reverse("space")).content.decode()

    pairing.refresh_from_db()
    assert pairing.state == "waiting"
    assert not Message.objects.filter(template_key="installation.met").exists()
    assert "ne se fera pas" in answered.content.decode()
    assert pairing.page_url("host") not in space


def test_a_get_accepts_nothing(client):
    pairing = pair()
    user = UserFactory(person=pairing.mentor.person)
    client.force_login(user)

    client.get(pairing.page_url("host"))

    pairing.refresh_from_db()
    assert pairing.host_accepted_at is None


def test_a_mentor_has_room_for_so_many():
    mentor = MentorFactory(most_at_once=1)
    pairings.propose_mentor(RequestFactory(in_support=True), mentor, by=desk_user())

    with pytest.raises(ValidationError, match="suit déjà assez de monde"):
        pairings.propose_mentor(RequestFactory(in_support=True), mentor, by=desk_user())


def test_a_doctor_volunteers_changes_and_stops(client):
    user = UserFactory()
    client.force_login(user)
    said = {
        "themes": ["start", "rural"],
        "availability": "Le jeudi midi.",
        "intercommunality": Mentor._meta.get_field("intercommunality")
        .related_model.objects.get()
        .pk,
        "most_at_once": 2,
        "is_active": "on",
    }

    empty = client.post(reverse("installation:mentor"), {"most_at_once": 2})
    client.post(reverse("installation:mentor"), said)
    available = Mentor.objects.available().count()
    client.post(reverse("installation:mentor"), said | {"is_active": ""})

    assert "Choisissez au moins un thème." in empty.content.decode()
    assert (available, Mentor.objects.available().count()) == (1, 0)
    assert Mentor.objects.get().person == user.person


def test_the_desk_proposes_from_the_dossier(client):
    mentor, dossier = MentorFactory(), RequestFactory(in_support=True)
    client.force_login(desk_user())
    url = reverse("admin:installation_decision_compagnon", args=[dossier.pk])

    page = client.get(url).content.decode()
    client.post(url, {"mentor": mentor.pk, "word": "Vous aimez les visites."})

    assert str(mentor) in page
    assert Mentorship.objects.get().word == "Vous aimez les visites."


def test_whoever_leaves_is_proposed_no_more():
    mentor = MentorFactory(introduction="Je connais les écoles.")

    empty_person(mentor.person)

    mentor.refresh_from_db()
    assert (mentor.is_active, mentor.introduction) == (False, "")
