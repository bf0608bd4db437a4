import pytest
from django.core.cache import caches

from tests.accounts.factories import PASSWORD, UserFactory


@pytest.fixture
def dead_cache(settings):
    """The cache as production sets it, with nobody at its address."""
    settings.CACHES = {
        **settings.CACHES,
        "default": {
            "BACKEND": "portal.cache.OptionalCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 1},
        },
    }
    return caches["default"]


def test_a_dead_cache_keeps_nothing_and_refuses_nobody(dead_cache):
    dead_cache.set("key", "value")

    assert dead_cache.get("key", "nothing") == "nothing"
    assert dead_cache.add("lock", 1)


def test_people_sign_in_while_the_cache_is_dead(client, dead_cache):
    user = UserFactory()

    response = client.post(
        "/compte/connexion/", {"login": user.email, "password": PASSWORD}
    )

    assert (response.status_code, response.url) == (302, "/mon-espace/")
    assert client.get("/mon-espace/").status_code == 200
