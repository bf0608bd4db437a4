import pytest
from django.urls import reverse

from portal.bodies import MAX_BODY
from tests.accounts.factories import UserFactory
from tests.territory.factories import DeskFactory


@pytest.fixture(autouse=True)
def _desk(_database):
    DeskFactory()


@pytest.mark.parametrize("size", [MAX_BODY + 1, 10**40])
def test_a_body_larger_than_any_form_is_refused_unread(client, size):
    response = client.post(
        reverse("installation:callback"), {}, CONTENT_LENGTH=str(size)
    )

    assert response.status_code == 400
    assert "Content-Security-Policy" in response.headers
    assert '<html lang="fr"' in response.content.decode()


def test_a_page_read_signed_in_is_kept_in_no_cache(client):
    assert "Cache-Control" not in client.get("/").headers

    client.force_login(UserFactory())

    for url in ("/", reverse("accounts:profile"), reverse("account_email")):
        assert "no-store" in client.get(url).headers["Cache-Control"]


def test_a_view_that_says_how_long_is_left_alone(client):
    client.force_login(UserFactory())

    answer = client.get(reverse("territory:commune-search"), {"q": "agen"})

    assert "no-store" not in answer.headers["Cache-Control"]
