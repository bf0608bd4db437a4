"""Every list of the back-office says, when it is empty, what would fill it."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.accounts.factories import UserFactory

OURS = {
    "accounts",
    "casework",
    "documents",
    "installation",
    "internships",
    "listings",
    "territory",
}


def lists():
    return [
        (model._meta.label_lower, model_admin)
        for model, model_admin in admin.site._registry.items()
        if model._meta.app_label in OURS
    ]


@pytest.mark.parametrize("label", [label for label, _ in lists()])
def test_a_list_says_what_would_fill_it(label):
    sentence = getattr(dict(lists())[label], "empty_text", "")

    assert sentence.endswith(".")


def test_an_empty_list_shows_its_sentence(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    page = client.get(reverse("admin:territory_zoning_changelist")).content.decode()

    assert "Aucun zonage. Ajoutez la version en vigueur" in page
