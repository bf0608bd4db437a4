import uuid

import pytest
from django.core.cache import cache
from django.urls import reverse
from redis.exceptions import RedisError

from accounts import limits
from casework import links
from casework.models import Message
from installation import partners
from installation.models import InstallationRequest, PracticeOffer
from tests.accounts.factories import UserFactory
from tests.installation.factories import (
    FamilyAccessFactory,
    ReferralFactory,
    RequestFactory,
)
from tests.installation.filling import WHO, fill, step

QUESTION = {
    "first_name": "Inès",
    "last_name": "Caubet",
    "phone": "05 53 00 00 00",
    "subject": "installation",
    "message": "Pouvez-vous me rappeler ?",
}
OFFER = {
    "kind": "premises",
    "title": "Un bureau libre",
    "summary": "Lumineux, au rez-de-chaussée.",
    "profession": "doctor",
    "mode": "liberal",
    "commune": "47195",
    "contact_name": "Camille",
    "contact_email": "camille@example.org",
}
A_DAY = [f"voisin{number}@example.org" for number in range(30)]


def ask(client, email, **place):
    data = QUESTION | {"email": email, "submission": uuid.uuid4()}
    return client.post(reverse("installation:callback"), data, **place)


def test_an_address_is_not_flooded_with_receipts(client):
    answers = [ask(client, "ines@example.org").status_code for _ in range(5)]

    refused = ask(client, "INES@example.org", REMOTE_ADDR="192.0.2.7")

    assert answers == [302] * 5
    assert limits.TOO_OFTEN in refused.content.decode()
    assert "Pouvez-vous me rappeler" in refused.content.decode()
    assert InstallationRequest.objects.count() == 5


def test_one_place_does_not_write_to_everybody(client):
    answers = [ask(client, address).status_code for address in A_DAY]

    refused = ask(client, "un.de.plus@example.org")
    elsewhere = ask(client, "un.de.plus@example.org", REMOTE_ADDR="192.0.2.7")

    assert answers == [302] * 30
    assert limits.TOO_OFTEN in refused.content.decode()
    assert elsewhere.status_code == 302


def test_a_draft_does_not_send_its_link_without_end(client):
    fill(client, upto=1)
    answers = [
        client.post(step(1), current_draft() | {"then": "link"}).status_code
        for _ in range(6)
    ]

    assert answers == [302] * 5 + [200]
    assert Message.objects.filter(template_key="installation.resume").count() == 5


def current_draft():
    return WHO | {"draft": InstallationRequest.objects.get().pk}


def test_the_owner_of_an_address_is_not_counted(client):
    user = UserFactory()
    client.force_login(user)

    answers = [ask(client, user.email).status_code for _ in range(7)]

    assert answers == [302] * 7


def test_neighbours_of_one_long_address_are_one_place(client):
    places = [f"2001:db8::{number + 1:x}" for number in range(30)]
    for address, place in zip(A_DAY, places, strict=True):
        ask(client, address, REMOTE_ADDR=place)

    refused = ask(client, "un.de.plus@example.org", REMOTE_ADDR="2001:db8::ffff")

    assert limits.TOO_OFTEN in refused.content.decode()


@pytest.mark.parametrize("failure", [OSError, RedisError, None])
def test_without_a_cache_the_form_still_works(client, monkeypatch, failure):
    def no_cache(*args, **kwargs):
        if failure:
            raise failure

    monkeypatch.setattr(cache, "add", no_cache)
    monkeypatch.setattr(cache, "incr", no_cache)

    assert ask(client, "ines@example.org").status_code == 302


def test_an_account_does_not_flood_the_desk_with_offers(client, monkeypatch):
    monkeypatch.setattr(limits, "FROM_ONE_SENDER", 2)
    client.force_login(UserFactory())

    answers = [client.post(reverse("installation:offer-new"), OFFER) for _ in "123"]

    assert [answer.status_code for answer in answers] == [302, 302, 200]
    assert limits.TOO_MANY in answers[-1].content.decode()
    assert 'value="Un bureau libre"' in answers[-1].content.decode()
    assert PracticeOffer.objects.count() == 2


def a_dossier(client):
    user = UserFactory()
    client.force_login(user)
    return RequestFactory(submitted=True, applicant=user.person).get_absolute_url()


def a_family_side(client):
    user = UserFactory()
    dossier = RequestFactory(in_support=True, wants_family_help=True)
    FamilyAccessFactory(request=dossier, accepted=True, person=user.person)
    client.force_login(user)
    return reverse("installation:family-detail", args=[dossier.reference])


def a_referral(client):
    referral = ReferralFactory(taken=True)
    token = links.issue(
        partners.BASKET, referral.organisation, to_email=referral.organisation.email
    )
    client.post(reverse("casework:link", args=[token]))
    return reverse("installation:partner-referral", args=[referral.pk])


@pytest.mark.parametrize("place", [a_dossier, a_family_side, a_referral])
def test_nobody_floods_a_thread_and_what_was_typed_stays(client, monkeypatch, place):
    monkeypatch.setattr(limits, "FROM_ONE_SENDER", 1)
    page = place(client)

    answers = [
        client.post(
            page,
            {"body": f"Message {n}.", "signature": "L.", "submission": uuid.uuid4()},
        )
        for n in (1, 2)
    ]

    assert [answer.status_code for answer in answers] == [302, 200]
    assert limits.TOO_MANY in answers[1].content.decode()
    assert "Message 2." in answers[1].content.decode()
