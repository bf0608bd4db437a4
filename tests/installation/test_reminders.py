import datetime as dt

import pytest
from django.utils import timezone

from casework import ladders
from casework.actions import announce_absence
from casework.models import Message
from casework.settled import settle
from installation import actions
from installation.models import InstallationRequest
from tests.installation.factories import RequestFactory, desk_user

# A Monday; a Friday, and the Monday after it.
MONDAY = dt.date(2026, 11, 23)
PARIS = timezone.get_default_timezone()


def at(day):
    return dt.datetime.combine(day, dt.time(10), PARIS)


@pytest.fixture(autouse=True)
def _steps():
    settle()


def reminded(day):
    """Who is written to by the run of that day."""
    before = set(Message.objects.values_list("pk", flat=True))
    ladders.run(day)
    new = Message.objects.exclude(pk__in=before).order_by("pk")
    return [(message.template_key, message.recipient) for message in new]


def dated(request, **values):
    InstallationRequest.objects.filter(pk=request.pk).update(**values)


def test_the_desk_is_told_once_after_two_working_days_without_anyone():
    friday = MONDAY - dt.timedelta(days=3)
    request = RequestFactory(
        submitted=True, to_assign_since=at(friday), next_action_on=MONDAY
    )
    tuesday = MONDAY + dt.timedelta(days=1)

    assert reminded(MONDAY) == []
    told = ("installation.reminder-unassigned", "guichet@example.org")
    assert reminded(tuesday) == [told]
    assert reminded(tuesday) == []
    actions.take_charge(request, by=desk_user())
    after = reminded(tuesday + dt.timedelta(days=1))
    assert told not in after


def test_who_follows_is_told_once_of_a_late_action():
    request = RequestFactory(in_support=True, next_action_on=MONDAY)
    tuesday = MONDAY + dt.timedelta(days=1)
    told = [("installation.reminder-overdue", request.case_worker.email)]

    assert reminded(MONDAY) == []
    assert reminded(tuesday) == told
    assert reminded(tuesday + dt.timedelta(days=1)) == []


def test_the_stand_in_is_told_during_an_absence():
    request = RequestFactory(in_support=True, next_action_on=MONDAY)
    mathilde = desk_user()
    tuesday = MONDAY + dt.timedelta(days=1)
    announce_absence(
        request.case_worker,
        first_day=tuesday,
        last_day=tuesday,
        stand_in=mathilde,
        by=mathilde,
    )

    assert reminded(tuesday) == [("installation.reminder-overdue", mathilde.email)]


def test_ten_working_days_of_silence_are_told_once():
    far = MONDAY + dt.timedelta(days=90)
    request = RequestFactory(
        in_support=True, last_exchange_at=at(MONDAY), next_action_on=far
    )
    friday = MONDAY + dt.timedelta(days=11)
    monday = MONDAY + dt.timedelta(days=14)

    assert reminded(friday) == []
    assert reminded(monday) == [
        ("installation.reminder-silence", request.case_worker.email)
    ]
    assert reminded(monday) == []
    # A new exchange starts a new count.
    dated(request, last_exchange_at=at(monday))
    assert reminded(monday + dt.timedelta(days=1)) == []
    assert len(reminded(monday + dt.timedelta(days=14))) == 1


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_reminders_stop_on_pause_and_on_closing(state):
    request = RequestFactory(**{state: True}, last_exchange_at=at(MONDAY))
    far = MONDAY + dt.timedelta(days=90)
    if state == "paused":
        dated(request, next_action_on=far, paused_until=far)

    assert reminded(far) == []


def test_the_end_of_a_pause_is_not_forgotten():
    request = RequestFactory(paused=True, last_exchange_at=at(MONDAY))
    dated(request, next_action_on=MONDAY, paused_until=MONDAY)

    assert reminded(MONDAY + dt.timedelta(days=1)) == [
        ("installation.reminder-overdue", request.case_worker.email)
    ]
