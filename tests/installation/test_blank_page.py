"""The first page of the form is drawn once for visitors; nobody's answers are in it."""

import re

from django.test import Client

from installation.forms import IdentityStep
from tests.accounts.factories import UserFactory
from tests.installation.filling import WHO, start_of, step


def page(client):
    html = client.get(start_of("installation")).content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


def test_the_next_visitor_gets_the_same_page_without_drawing_it(client, monkeypatch):
    first = page(client)
    monkeypatch.delattr(IdentityStep, "layout")
    monkeypatch.setattr("casework.forms.PlainForm.layout", lambda form: None)

    assert page(Client()) == first


def test_an_account_sees_its_own_answers_and_leaves_none(client):
    user = UserFactory()
    first = page(Client())
    client.force_login(user)

    assert user.email in page(client)
    assert page(Client()) == first


def test_a_draft_and_a_refusal_are_shown_and_leave_nothing(client):
    first = page(Client())
    refused = client.post(step(1), {**WHO, "last_name": ""}).content.decode()
    client.post(step(1), WHO)

    assert WHO["first_name"] in refused
    assert WHO["first_name"] in client.get(step(1)).content.decode()
    assert page(Client()) == first
