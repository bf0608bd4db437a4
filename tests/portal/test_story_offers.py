"""The chapter of the demonstration that tells the offers."""

import pytest
from django.utils import timezone

from installation.models import (
    Interest,
    Introduction,
    Mentor,
    Mentorship,
    PracticeOffer,
)
from portal.stories import World, offers
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.installation.factories import RequestFactory, desk_user
from tests.territory.factories import CommuneFactory, DeskFactory, OrganisationFactory


@pytest.fixture
def world():
    desk = DeskFactory()
    users = {
        "accueil": desk_user(),
        **{key: UserFactory() for key in ("medecin", "mairie", "maitre-de-stage")},
    }
    for key in ("mairie", "maitre-de-stage"):
        MembershipFactory(person=users[key].person, organisation=OrganisationFactory())
    RequestFactory(in_support=True, applicant=users["medecin"].person)
    return World(
        desk.departement, timezone.localdate(), users, CommuneFactory.create_batch(24)
    )


def test_the_offers_are_told_once(world):
    offers.tell(world)
    offers.tell(world)

    states = PracticeOffer.objects.values_list("state", flat=True)
    assert sorted(states) == ["published"] * 7 + ["refused", "submitted"]
    assert PracticeOffer.objects.filter(is_confidential=True).count() == 1
    assert [model.objects.count() for model in (Mentor, Mentorship)] == [2, 1]
    assert [model.objects.count() for model in (Interest, Introduction)] == [1, 1]


def test_nothing_told_gives_the_confidential_one_away(world):
    offers.tell(world)

    secret = PracticeOffer.objects.get(is_confidential=True)
    assert secret.giveaways() == {}
