import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from installation.models import TRANSITIONS, InstallationRequest
from tests.accounts.factories import UserFactory
from tests.installation.factories import (
    ExchangeFactory,
    RequestFactory,
    desk_user,
    request_in,
)

State = InstallationRequest.State
TODAY = dt.date(2026, 11, 23)
SOON = dt.date(2026, 11, 27)


def move(request, verb):
    """Make one move with sound arguments."""
    moves = {
        "submit": lambda: _submit(request),
        "take_charge": lambda: request.take_charge(desk_user()),
        "assign": lambda: request.assign(desk_user()),
        "plan": lambda: request.plan("Appeler", SOON),
        "pause": lambda: request.pause(SOON, today=TODAY),
        "resume": lambda: request.resume("Appeler", SOON),
        "exchange": lambda: request.note_exchange("desk"),
        "close": lambda: request.close("oriented", "Bonne route."),
        "withdraw": lambda: request.withdraw(),
        "join": lambda: request.join(
            RequestFactory(
                filed=True, applicant=request.applicant or UserFactory().person
            )
        ),
        "reopen": lambda: request.reopen(desk_user(), "Appeler", SOON),
    }
    moves[verb]()


def _submit(request):
    request.applicant = UserFactory().person
    request.submit(reference="BD47-2026-0900", next_action="x", next_action_on=SOON)


EVERY_MOVE = [(verb, state) for verb in TRANSITIONS for state in State.values]


@pytest.mark.parametrize(("verb", "state"), EVERY_MOVE)
def test_a_move_goes_where_the_table_says_or_is_refused_in_words(verb, state):
    request = request_in(state)
    infinitive, allowed, target = TRANSITIONS[verb]

    if state in allowed:
        move(request, verb)
        request.refresh_from_db()
        assert request.state == (target or state)
    else:
        with pytest.raises(ValidationError) as refusal:
            move(request, verb)
        [sentence] = refusal.value.messages
        assert sentence.startswith(f"On ne peut pas {infinitive} cette demande : ")
        request.refresh_from_db()
        assert request.state == state


def test_the_table_is_the_whole_journey():
    assert {
        verb: (sorted(allowed), target)
        for verb, (_, allowed, target) in TRANSITIONS.items()
        if target
    } == {
        "submit": (["draft"], "submitted"),
        "take_charge": (["submitted"], "in_support"),
        "pause": (["in_support"], "paused"),
        "resume": (["paused"], "in_support"),
        "close": (["in_support", "paused"], "closed"),
        "withdraw": (["in_support", "paused", "submitted"], "closed"),
        "join": (["closed", "in_support", "paused", "submitted"], "closed"),
        "reopen": (["closed"], "in_support"),
    }


BROKEN = [
    ("in_support", {"case_worker": None}, "open_has_someone_or_waits_since"),
    ("in_support", {"taken_charge_at": None}, "support_has_someone"),
    ("submitted", {"to_assign_since": None}, "open_has_someone_or_waits_since"),
    ("submitted", {"next_action": ""}, "open_has_a_dated_next_action"),
    ("submitted", {"next_action_on": None}, "open_has_a_dated_next_action"),
    ("closed", {"next_action": "Appeler"}, "open_has_a_dated_next_action"),
    ("paused", {"paused_until": None}, "pause_has_an_end"),
    ("in_support", {"paused_until": SOON}, "pause_has_an_end"),
    ("closed", {"outcome": ""}, "closed_has_an_outcome"),
    ("closed", {"closed_at": None}, "closed_has_an_outcome"),
    ("in_support", {"outcome": "settled"}, "closed_has_an_outcome"),
    ("submitted", {"reference": ""}, "filed_has_reference_and_applicant"),
    ("submitted", {"applicant": None}, "filed_has_reference_and_applicant"),
    ("submitted", {"submitted_at": None}, "filed_has_reference_and_applicant"),
    ("draft", {"reference": "BD47-2026-0001"}, "filed_has_reference_and_applicant"),
    ("submitted", {"city": ""}, "filed_online_says_who"),
    ("submitted", {"first_name": ""}, "filed_online_says_who"),
    ("in_support", {"withdrawn_at": timezone.now()}, "withdrawn_is_closed"),
    ("in_support", {"expected": "Joindre"}, "expectation_is_dated"),
    (
        "in_support",
        {"expected": "Joindre", "expected_by": SOON, "turn": "desk"},
        "expectation_is_dated",
    ),
    ("draft", {"rpps": "123"}, "rpps_has_eleven_digits"),
    ("draft", {"days_a_week": 8}, "days_a_week_is_plausible"),
    ("draft", {"household": "couple"}, "family_only_if_help_is_wanted"),
    (
        "draft",
        {"wants_family_help": True, "children_3_5": 40},
        "children_are_plausible",
    ),
]


@pytest.mark.parametrize(("state", "values", "name"), BROKEN)
def test_the_database_refuses(state, values, name):
    request = request_in(state)
    rows = InstallationRequest.objects.filter(pk=request.pk)

    refused = pytest.raises(IntegrityError, match=f"installation_{name}")
    with refused, transaction.atomic():
        rows.update(**values)


def test_two_requests_never_share_a_reference():
    RequestFactory(submitted=True, reference="BD47-2026-0700")

    with pytest.raises(IntegrityError, match="installation_reference_is_unique"):
        RequestFactory(submitted=True, reference="BD47-2026-0700")


def test_an_internal_note_has_an_author():
    with pytest.raises(IntegrityError, match="notes_are_the_desk_s"):
        ExchangeFactory(audience="internal")


def test_only_the_desk_takes_charge():
    request = RequestFactory(submitted=True)

    with pytest.raises(ValidationError, match="ne travaille pas au guichet"):
        request.take_charge(UserFactory())


def test_a_pause_ends_in_the_future():
    request = RequestFactory(in_support=True)

    with pytest.raises(ValidationError, match="après aujourd'hui"):
        request.pause(TODAY, today=TODAY)


def test_the_desk_sees_what_is_filed_and_a_person_what_is_theirs():
    owner = UserFactory()
    draft = RequestFactory(applicant=owner.person)
    filed = RequestFactory(submitted=True, applicant=owner.person)
    other = RequestFactory(submitted=True)
    visible = InstallationRequest.objects.visible_to

    assert set(visible(owner)) == {draft, filed}
    assert set(visible(desk_user())) == {filed, other}


def test_search_finds_a_reference_and_a_name():
    request = RequestFactory(submitted=True, reference="BD47-2026-0132")
    person = request.applicant
    RequestFactory(submitted=True)
    search = InstallationRequest.objects.search

    assert list(search("bd47-2026-0132")) == [request]
    assert request in search(person.last_name)
    assert list(search("\0")) == []
