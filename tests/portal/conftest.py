"""The portal as the demonstration shows it."""

import pytest
from django.urls import clear_url_caches, include, path, set_urlconf

import portal.urls


class DemoUrls:
    """The addresses of the portal, those of the demonstration included."""

    urlpatterns = [
        path("demo/", include("portal.demo_urls")),
        *portal.urls.urlpatterns,
    ]
    handler404 = portal.urls.handler404


DEMONSTRATION = {
    "DEMO": True,
    "OUTBOX_KEEP_SECRETS": True,
    "SECOND_FACTOR_REQUIRED": False,
    "ROOT_URLCONF": DemoUrls,
}


@pytest.fixture
def demonstration(settings):
    for name, value in DEMONSTRATION.items():
        setattr(settings, name, value)
    clear_url_caches()
    yield
    set_urlconf(None)
    clear_url_caches()
