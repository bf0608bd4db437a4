"""Two people press the button of one offer at once: real transactions."""

import pytest

from casework.models import Entry, Message
from installation.actions import offers, pairings
from installation.models import Interest, Introduction, Mentor
from installation.models.pairings import Side
from listings import actions
from tests.accounts.factories import PersonFactory
from tests.installation.factories import RequestFactory, desk_user
from tests.installation.offer_factories import OfferFactory
from tests.installation.test_referrals_together import together
from tests.territory.factories import IntercommunalityFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_offer_published_by_two_officers_is_published_once():
    offer, first, second = OfferFactory(submitted=True), desk_user(), desk_user()

    told = together(
        lambda: actions.publish(offer, by=first),
        lambda: actions.publish(offer, by=second),
    )

    assert sorted(told) == ["done", "refused"]
    assert Message.objects.filter(template_key="listings.published").count() == 1


def test_two_who_accept_at_once_meet_once():
    offer = OfferFactory(published=True, confidential=True)
    dossier = RequestFactory(in_support=True)
    together(*[lambda: offers.express_interest(offer, dossier)] * 2)
    introduction = Introduction.objects.get()

    told = together(
        *[
            lambda side=side: pairings.accept(introduction, side)
            for side in (Side.HOST, Side.GUEST)
        ]
    )

    introduction.refresh_from_db()
    assert told == ["done", "done"]
    assert introduction.is_met
    assert Interest.objects.count() == 1
    assert Entry.objects.filter(verb="installation.pairing.met").count() == 1
    assert Message.objects.filter(template_key="installation.met").count() == 2


def test_a_doctor_who_volunteers_twice_at_once_is_one_mentor():
    person, by = PersonFactory(), desk_user()
    group = IntercommunalityFactory()

    def volunteer():
        pairings.volunteer(
            Mentor(
                person=person,
                themes=["start"],
                availability="Le jeudi midi.",
                intercommunality=group,
            ),
            by=by,
        )

    assert together(volunteer, volunteer) == ["done", "done"]
    assert Mentor.objects.count() == 1
    verbs = Entry.objects.filter(verb__startswith="installation.mentor.")
    assert sorted(verbs.values_list("verb", flat=True)) == [
        "installation.mentor.updated",
        "installation.mentor.volunteered",
    ]
