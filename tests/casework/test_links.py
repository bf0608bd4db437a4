from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework import links
from casework.models import AccessLink, Message
from tests.casework.factories import TaskFactory


@pytest.fixture
def task():
    return TaskFactory()


@pytest.fixture
def token(scope, task):
    return links.issue(scope, task, to_email="camille@example.org")


def address(token):
    return reverse("casework:link", args=[token])


def expire():
    past = timezone.now() - timedelta(days=30)
    AccessLink.objects.update(created_at=past, expires_at=past + timedelta(days=14))


def opened(client, scope):
    """What this browser may open, asked as a view would."""

    class Request:
        session = client.session

    return links.scoped(Request, scope)


def test_only_the_digest_is_kept(token):
    link = AccessLink.objects.get()

    assert len(link.token_hash) == 64
    assert token not in str(vars(link))


@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_a_link_changes_nothing(client, scope, token, method):
    before = AccessLink.objects.values().get()

    response = getattr(client, method)(address(token))

    assert response.status_code == 200
    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]
    assert AccessLink.objects.values().get() == before
    assert opened(client, scope) == set()


def test_posting_trades_the_token_for_the_session(client, scope, task, token):
    response = client.post(address(token))

    assert (response.status_code, response.url) == (302, f"/suivi/{task.pk}/")
    assert opened(client, scope) == {task.pk}
    assert opened(client, "tests.other") == set()


def test_a_session_gets_a_new_key(client, token):
    client.post(address(token))
    before = client.session.session_key

    client.post(address(token))

    assert client.session.session_key != before


def test_a_link_taken_back_opens_nothing_more(client, scope, task, token):
    client.post(address(token))

    links.revoke(task)

    assert opened(client, scope) == set()
    assert client.post(address(token)).status_code == 404


@pytest.mark.parametrize("token", ["x", "%00", "é" * 50, "a" * 5000])
def test_an_unknown_link_is_not_found(client, token):
    assert client.get(address(token)).status_code == 404
    assert client.post(address(token)).status_code == 404


def test_a_form_of_elsewhere_opens_nothing(token):
    client = Client(enforce_csrf_checks=True)

    assert client.post(address(token)).status_code == 403


def test_an_expired_link_offers_a_new_one(client, scope, token):
    expire()

    assert client.get(address(token)).status_code == 410
    assert client.post(address(token)).status_code == 410
    assert opened(client, scope) == set()


def test_a_new_link_goes_to_the_known_address_only(client, task, token):
    expire()

    response = client.post(
        reverse("casework:link-renew", args=[token]), {"email": "autre@example.org"}
    )

    (message,) = Message.objects.all()
    assert response.status_code == 200
    assert (message.recipient, message.about) == ("camille@example.org", task)
    assert (message.is_secret, message.text) == (True, "")
    text, _html = message.parts()
    assert "/lien/" in text


def test_new_links_are_limited(client, token):
    expire()

    for _ in range(6):
        client.post(reverse("casework:link-renew", args=[token]))

    assert Message.objects.count() == links.RENEWALS


def test_a_link_still_valid_is_not_replaced(client, token):
    client.post(reverse("casework:link-renew", args=[token]))

    assert not Message.objects.exists()


def test_asking_for_a_new_link_takes_a_post(client, token):
    response = client.get(reverse("casework:link-renew", args=[token]))

    assert response.status_code == 405
