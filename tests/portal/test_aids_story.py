"""The chapter of the demonstration about the aids."""

from django.utils import timezone

from installation.models import AidRequest, AidReview
from portal import stories
from portal.stories import aids
from tests.accounts.factories import UserFactory
from tests.installation.factories import RequestFactory, desk_user
from tests.territory.factories import CommuneFactory, DeskFactory


def test_the_aids_are_told_once():
    desk = DeskFactory()
    places = CommuneFactory.create_batch(5, departement=desk.departement)
    people = {
        "accueil": desk_user(),
        "medecin": UserFactory(person__first_name="Inès", person__last_name="Caubet"),
    }
    RequestFactory.create_batch(2, in_support=True, profession="doctor")
    day = timezone.localdate()
    world = stories.World(desk.departement, day, people, places)

    aids.tell(world)
    aids.tell(world)

    states = AidRequest.objects.filed().values_list("state", flat=True)
    assert sorted(states) == ["ars_opinion", "incomplete", "refused", "submitted"]
    assert AidReview.objects.count() == 2
