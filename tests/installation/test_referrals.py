"""What becomes of a need handed to a partner."""

import pytest
from django.core.exceptions import ValidationError

from casework.models import Entry
from installation import shared_fields
from installation.actions import referrals
from installation.models import REFERRAL_TRANSITIONS, Referral
from tests.installation.factories import (
    ConsentFactory,
    NeedFactory,
    desk_user,
    referral_in,
)
from tests.territory.factories import ContactFactory, DeskFactory, OrganisationFactory

State = Referral.State


@pytest.fixture(autouse=True)
def _desk():
    DeskFactory()


@pytest.fixture
def consented():
    """A need, and a partner that the person accepts to tell."""
    need = NeedFactory()
    consent = ConsentFactory(person=need.request.applicant)
    return need, consent.organisation, consent


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("verb", REFERRAL_TRANSITIONS)
def test_every_move_is_allowed_from_its_states_and_refused_from_the_others(verb, state):
    referral = referral_in(state)
    _infinitive, allowed, target = REFERRAL_TRANSITIONS[verb]

    if state in allowed:
        getattr(referral, verb)()
        assert (referral.state, referral.has_ended) == (target, target not in _RUNNING)
    else:
        with pytest.raises(ValidationError, match="On ne peut pas"):
            getattr(referral, verb)()
        assert referral.state == state


_RUNNING = (State.SENT, State.TAKEN)


def test_a_need_is_sent_with_the_fields_of_its_topic_listed_and_logged(consented):
    need, organisation, consent = consented
    contact = ContactFactory(organisation=organisation, email="odile@example.org")

    referral = referrals.send(
        need, organisation, contact=contact, consent=consent, by=desk_user()
    )

    listed = shared_fields.fields_for(need.topic)
    assert (referral.state, referral.to_email) == (State.SENT, "odile@example.org")
    assert referral.shared_fields == listed
    entry = Entry.objects.get(verb="installation.referral.sent")
    assert entry.subject == need.request
    assert entry.data["fields"] == listed


def test_nothing_is_sent_without_a_consent_for_that_partner(consented):
    need, organisation, _consent = consented
    other = OrganisationFactory(name="Habitat du Confluent", email="h@example.org")

    with pytest.raises(ValidationError, match=r"Habitat du Confluent.*R-50"):
        referrals.refer(need, [(organisation, None), (other, None)], by=desk_user())

    assert not Referral.objects.exists()


@pytest.mark.parametrize("change", ["withdrawn", "other person", "other partner"])
def test_a_consent_for_something_else_sends_nothing(consented, change):
    need, organisation, consent = consented
    if change == "withdrawn":
        consent.withdraw()
    elif change == "other person":
        consent = ConsentFactory(organisation=organisation)
    else:
        consent = ConsentFactory(person=need.request.applicant)

    with pytest.raises(ValidationError, match="R-50"):
        referrals.send(need, organisation, consent=consent, by=desk_user())
