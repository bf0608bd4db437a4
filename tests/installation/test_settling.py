"""Installations: proven, counted or not (R-43), and asked after."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts import merging
from accounts.models import User
from casework import ladders
from casework.models import Message, Task
from casework.settled import settle
from installation import actions, settling
from installation.actions import settlements
from installation.models import FollowUp, Settlement
from installation.settling import Facts
from territory.models import Commune
from tests.installation.factories import (
    ExchangeFactory,
    RequestFactory,
    SettlementFactory,
    desk_user,
)

FIRST_DAY = dt.date(2026, 5, 4)
PROVEN = {"has_order", "has_contract"}
DECLARED = {"mode": "liberal", "address": "2 place du Marché", "days_a_week": 4}


def facts(**changes):
    supported = {
        "proofs": PROVEN,
        "first_day_on": FIRST_DAY,
        "taken_charge_on": dt.date(2025, 10, 1),
        "acts_of_support": 3,
        "is_counted_already": False,
    }
    return Facts(**(supported | changes))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, ""),
        ({"proofs": {"has_order", "has_urssaf"}}, ""),
        ({"proofs": {"has_order", "has_activity"}}, ""),
        ({"proofs": set()}, "tableau de l'Ordre"),
        ({"proofs": {"has_contract", "has_urssaf"}}, "tableau de l'Ordre"),
        ({"proofs": {"has_order"}}, "une autre preuve"),
        ({"taken_charge_on": None}, "n'a pris le dossier en charge"),
        ({"taken_charge_on": FIRST_DAY}, "après le premier jour"),
        ({"taken_charge_on": FIRST_DAY - dt.timedelta(1)}, ""),
        ({"acts_of_support": 0}, "simple mise en relation"),
        ({"is_counted_already": True}, "déjà comptée"),
    ],
)
def test_what_counts_is_supported_proven_and_new(changes, why):
    found = settling.why_not_counted(facts(**changes))

    assert (why in found, bool(found)) == (True, bool(why))


def test_people_are_asked_closely_then_each_year():
    days = settling.follow_up_days(dt.date(2026, 8, 31))

    assert days == {
        3: dt.date(2026, 11, 30),
        6: dt.date(2027, 2, 28),
        12: dt.date(2027, 8, 31),
        24: dt.date(2028, 8, 31),
        36: dt.date(2029, 8, 31),
        48: dt.date(2030, 8, 31),
        60: dt.date(2031, 8, 31),
    }


def supported(**options):
    """A dossier followed for months before the first day, and that day behind us."""
    begun = timezone.now() - dt.timedelta(days=300)
    request = RequestFactory(in_support=True, taken_charge_at=begun, **options)
    ExchangeFactory(request=request, author=request.case_worker, created_at=begun)
    return request


def test_a_doctor_declares_and_the_desk_validates():
    request = supported()
    said = DECLARED | {
        "commune": Commune.objects.get(name="Nérac"),
        "first_day_on": timezone.localdate() - dt.timedelta(days=5),
    }
    declared = settlements.declare(request, said, by=None, from_person=True)

    validated = settlements.validate(declared, proofs=PROVEN, by=request.case_worker)

    assert (validated.state, validated.is_counted) == ("validated", True)
    assert [follow_up.months for follow_up in validated.follow_ups.all()] == [
        3,
        6,
        12,
        24,
        36,
        48,
        60,
    ]
    assert set(Message.objects.values_list("template_key", flat=True)) == {
        "installation.settlement-declared",
        "installation.settlement-validated",
    }


def test_what_is_proven_may_still_not_count():
    settlement = SettlementFactory()  # taken in charge today, after the first day

    settlement = settlements.validate(settlement, proofs=PROVEN, by=desk_user())

    assert (settlement.state, settlement.is_counted) == ("validated", False)
    assert "après le premier jour" in settlement.not_counted_because


@pytest.mark.parametrize(
    ("proofs", "first_day", "why"),
    [
        ({"has_order"}, -5, "une autre preuve"),
        ({"has_contract"}, -5, "tableau de l'Ordre"),
        (PROVEN, 5, "à partir de ce jour-là"),
    ],
)
def test_the_desk_validates_nothing_unproven_or_to_come(proofs, first_day, why):
    day = timezone.localdate() + dt.timedelta(days=first_day)
    settlement = SettlementFactory(first_day_on=day)

    with pytest.raises(ValidationError, match=why):
        settlements.validate(settlement, proofs=proofs, by=desk_user())

    settlement.refresh_from_db()
    assert (settlement.state, settlement.follow_ups.count()) == ("declared", 0)


def test_a_second_installation_of_a_doctor_does_not_count():
    first = supported()
    second = supported(applicant=first.applicant)
    by = desk_user()
    settlements.validate(SettlementFactory(request=first), proofs=PROVEN, by=by)

    again = settlements.validate(
        SettlementFactory(request=second), proofs=PROVEN, by=by
    )

    assert again.is_counted is False
    assert "déjà comptée" in again.not_counted_because


def test_a_validated_installation_is_no_longer_declared():
    settlement = SettlementFactory()
    settlements.validate(settlement, proofs=PROVEN, by=desk_user())

    with pytest.raises(ValidationError, match="déjà validée"):
        settlements.declare(settlement.request, DECLARED, by=None, from_person=True)
    with pytest.raises(ValidationError, match="déjà validée"):
        settlements.validate(settlement, proofs=PROVEN, by=desk_user())


def test_a_dossier_ends_settled_only_with_its_installation():
    request = supported()
    by = request.case_worker

    with pytest.raises(ValidationError, match="se prouve"):
        actions.close(request, "settled", by=by)
    settlements.validate(SettlementFactory(request=request), proofs=PROVEN, by=by)

    assert actions.close(request, "settled", by=by).outcome == "settled"


@pytest.mark.parametrize(
    "fields",
    [
        {"is_counted": True},
        {"state": "validated", "validated_at": timezone.now()},
        {"state": "left"},
        {"left_on": FIRST_DAY},
    ],
)
def test_the_database_refuses_an_incoherent_installation(fields):
    settlement = SettlementFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.filter(pk=settlement.pk).update(**fields)


# --- Asking after them ---------------------------------------------------------------


@pytest.fixture
def asked():
    """Three months have just passed."""
    first_day = timezone.localdate() - dt.timedelta(days=92)
    settlement = SettlementFactory(
        request=supported(phone="+33536490102"), first_day_on=first_day
    )
    settlements.validate(settlement, proofs=PROVEN, by=settlement.request.case_worker)
    FollowUp.objects.get_or_create(
        settlement=settlement,
        months=3,
        defaults={"due_on": timezone.localdate()},
    )
    FollowUp.objects.filter(months=3).update(due_on=timezone.localdate())
    return FollowUp.objects.get(months=3)


def test_yes_is_one_answer_however_often_it_is_clicked(asked):
    for _ in range(2):
        settlements.answer(asked, "yes", by=None)

    asked.refresh_from_db()
    assert (asked.answer, Task.objects.count()) == ("yes", 0)


def test_no_ends_the_presence_and_asks_for_a_call(asked):
    yesterday = timezone.localdate() - dt.timedelta(days=1)

    settlements.answer(asked, "no", by=None, left_on=yesterday)

    settlement = Settlement.objects.get()
    assert (settlement.state, settlement.left_on) == ("left", yesterday)
    assert settlement.is_counted  # it was an installation
    assert not FollowUp.objects.asked(dt.date(2040, 1, 1)).exists()
    assert "dit être parti ou partie" in Task.objects.get().title


def test_an_answer_may_be_corrected(asked):
    settlements.answer(asked, "no", by=None)

    settlements.answer(asked, "yes", by=None)

    assert Settlement.objects.get().state == "validated"


@pytest.mark.parametrize("days", [1, -400])
def test_nobody_leaves_tomorrow_or_before_they_came(asked, days):
    day = timezone.localdate() + dt.timedelta(days=days)

    with pytest.raises(ValidationError):
        settlements.answer(asked, "no", by=None, left_on=day)

    assert Settlement.objects.get().state == "validated"


def test_a_call_asked_for_is_a_task(asked):
    settlements.answer(asked, "call", by=None)

    task = Task.objects.get()
    assert task.owner == asked.settlement.request.case_worker
    assert "demande un appel" in task.title


def test_silence_goes_up_the_ladder_to_the_telephone(asked):
    settle()
    today = timezone.localdate()
    for days in (0, 12, 25, 26):
        ladders.run(today + dt.timedelta(days=days))

    sent = Message.objects.filter(template_key__startswith="installation.presence")
    assert [message.template_key for message in sent.order_by("pk")] == [
        "installation.presence",
        "installation.presence",
        "installation.presence-call",
    ]
    assert "05 36 49 01 02" in sent.get(template_key__endswith="call").text


def test_an_answer_stops_the_reminders(asked):
    settle()
    settlements.answer(asked, "yes", by=None)

    ladders.run(timezone.localdate() + dt.timedelta(days=25))

    assert not Message.objects.filter(template_key="installation.presence").exists()


# --- Merging -------------------------------------------------------------------------


def test_two_people_who_are_one_count_for_one():
    by = desk_user()
    rows = [SettlementFactory(request=supported()) for _ in range(2)]
    kept, absorbed = [settlements.validate(row, proofs=PROVEN, by=by) for row in rows]

    outcome = merging.move_everything(kept.person, absorbed.person)

    absorbed.refresh_from_db()
    assert outcome.is_possible
    assert (absorbed.person, absorbed.is_counted) == (kept.person, False)


@pytest.mark.parametrize("validated", [(True, False), (False, True), (True, True)])
def test_one_dossier_keeps_the_installation_that_is_proven(validated):
    by, first = desk_user(), supported()
    second = supported(applicant=first.applicant)
    rows = [SettlementFactory(request=request) for request in (first, second)]
    for row, is_validated in zip(rows, validated, strict=True):
        if is_validated:
            settlements.validate(row, proofs=PROVEN, by=by)

    merging.move_everything(first, second)

    assert Settlement.objects.get().state == "validated"
    assert Settlement.objects.get().request == first


# --- Two at once -------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_dossiers_of_a_doctor_validated_at_once_count_for_one():
    first = supported()
    second = supported(applicant=first.applicant)
    rows = [SettlementFactory(request=request) for request in (first, second)]
    by = desk_user()
    start = threading.Barrier(2)

    def validate(row):
        try:
            start.wait(10)
            settlements.validate(row, proofs=PROVEN, by=User.objects.get(pk=by.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=validate, args=[row]) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    counted = sorted(Settlement.objects.values_list("state", "is_counted"))
    assert counted == [("validated", False), ("validated", True)]
