from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from casework import actions, tasks, week
from casework.models import Absence, Entry, Heartbeat, Message
from tests.accounts.factories import UserFactory
from tests.casework.factories import MessageFactory, TaskFactory

MONDAY, FRIDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 28)


def agent(**fields):
    return UserFactory(is_staff=True, groups=["accueil"], **fields)


def away(user, stand_in, first_day=MONDAY, last_day=FRIDAY):
    return actions.announce_absence(
        user, first_day=first_day, last_day=last_day, stand_in=stand_in, by=user
    )


# --- Tasks ------------------------------------------------------------------------


def test_a_task_is_finished_once():
    claire = agent()
    task = actions.add_task("Rappeler", due_on=MONDAY, owner=claire, by=claire)

    finished = actions.finish_task(task, by=claire)

    assert (finished.is_done, finished.done_by) == (True, claire)
    with pytest.raises(ValidationError, match="déjà faite"):
        actions.finish_task(task, by=claire)
    reopened = actions.reopen_task(task, by=claire)
    assert (reopened.is_done, reopened.done_by) == (False, None)
    with pytest.raises(ValidationError, match="pas encore faite"):
        actions.reopen_task(task, by=claire)
    assert [entry.verb for entry in Entry.objects.about(task)] == [
        "casework.task.reopened",
        "casework.task.finished",
        "casework.task.added",
    ]


def test_the_same_key_notes_a_task_once():
    notes = [actions.add_task("Rappeler", due_on=MONDAY, key="promise:1:0")] * 2
    notes.append(actions.add_task("Rappeler", due_on=MONDAY, key="promise:1:0"))

    assert len({task.pk for task in notes}) == 1


@pytest.mark.parametrize("title", ["", "x" * 201])
def test_a_task_has_a_title(title):
    with pytest.raises(ValidationError):
        actions.add_task(title, due_on=MONDAY)


@pytest.mark.parametrize("fields", [{"done_at": timezone.now()}, {"object_id": 3}])
def test_the_database_refuses_an_incoherent_task(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskFactory(**fields)


# --- Absences ---------------------------------------------------------------------


def test_the_stand_in_answers_until_the_last_day():
    claire, mathilde = agent(), agent()
    away(claire, mathilde)

    assert actions.stand_in_for(claire, FRIDAY) == mathilde
    assert actions.stand_in_for(claire, SATURDAY) == claire
    assert actions.covered_by(mathilde, MONDAY) == [claire]


def test_an_absent_stand_in_is_replaced_too():
    claire, mathilde, helene = agent(), agent(), agent()
    away(claire, mathilde)
    away(mathilde, helene)

    assert actions.stand_in_for(claire, MONDAY) == helene


def test_people_who_replace_each_other_keep_their_own():
    claire, mathilde = agent(), agent()
    away(claire, mathilde)
    # Written past the rule, by an import or a shell.
    Absence.objects.create(
        user=mathilde, stand_in=claire, period=DateRange(MONDAY, SATURDAY)
    )

    assert actions.stand_in_for(claire, MONDAY) == claire
    assert actions.stand_in_for(mathilde, MONDAY) == mathilde


def test_a_stand_in_may_not_lead_back():
    claire, mathilde, helene = agent(), agent(), agent()
    away(claire, mathilde)
    away(mathilde, helene)

    with pytest.raises(ValidationError, match="tourne en rond"):
        away(helene, claire, FRIDAY, date(2026, 12, 4))
    with pytest.raises(ValidationError, match="tourne en rond"):
        away(helene, mathilde)

    away(helene, claire, SATURDAY, date(2026, 12, 4))


def test_an_absence_may_change_and_be_cancelled():
    claire, mathilde, helene = agent(), agent(), agent()
    absence = away(claire, mathilde)

    changed = actions.change_absence(
        absence, first_day=MONDAY, last_day=MONDAY, stand_in=helene, by=claire
    )
    assert (changed.stand_in, changed.last_day) == (helene, MONDAY)
    actions.cancel_absence(changed, by=claire)

    assert not Absence.objects.exists()
    told = Message.objects.filter(template_key="casework.stand-in")
    assert {*told.values_list("recipient", flat=True)} == {mathilde.email, helene.email}
    verbs = ["announced", "changed", "cancelled"]
    assert [entry.verb for entry in Entry.objects.order_by("pk")] == [
        f"casework.absence.{verb}" for verb in verbs
    ]


@pytest.mark.django_db(transaction=True)
def test_two_absences_announced_at_once_make_no_circle():
    claire, mathilde = agent(), agent()
    start = Barrier(2)

    def announce(user, stand_in):
        try:
            start.wait(timeout=10)
            away(user, stand_in)
        except ValidationError:
            return "refused"
        finally:
            connection.close()
        return "noted"

    with ThreadPoolExecutor(2) as pool:
        told = [
            pool.submit(announce, claire, mathilde),
            pool.submit(announce, mathilde, claire),
        ]

    assert sorted(one.result() for one in told) == ["noted", "refused"]
    assert Absence.objects.count() == 1


def test_a_closed_account_stands_in_for_nobody():
    claire, mathilde = agent(), agent()
    away(claire, mathilde)
    mathilde.is_active = False
    mathilde.save()

    assert actions.stand_in_for(claire, MONDAY) == claire


def test_absences_are_refused_with_a_sentence():
    claire, mathilde = agent(), agent()
    away(claire, mathilde)

    with pytest.raises(ValidationError, match="déjà notée"):
        away(claire, mathilde, FRIDAY, SATURDAY)
    with pytest.raises(ValidationError, match="Personne ne se remplace"):
        away(mathilde, mathilde)
    with pytest.raises(ValidationError, match="vient avant"):
        away(mathilde, claire, FRIDAY, MONDAY)


@pytest.mark.parametrize("period", [DateRange(MONDAY, MONDAY), DateRange(MONDAY, None)])
def test_the_database_refuses_an_absence_without_end(period):
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(user=agent(), stand_in=agent(), period=period)


# --- The week ---------------------------------------------------------------------


def titles(user, day=MONDAY):
    return [line.title for line in week.lines(user, day)]


def test_the_week_shows_what_is_mine_or_nobody_s():
    claire, mathilde = agent(), agent()
    TaskFactory(title="À moi", owner=claire)
    TaskFactory(title="À personne")
    TaskFactory(title="À Mathilde", owner=mathilde)
    TaskFactory(title="Plus tard", owner=claire, due_on=date(2027, 1, 4))
    actions.finish_task(TaskFactory(title="Faite"), by=claire)

    assert titles(claire) == ["À moi", "À personne"]


def test_the_week_shows_what_i_stand_in_for():
    claire = agent(person__first_name="Claire", person__last_name="Dumas")
    mathilde = agent()
    TaskFactory(title="À Claire", owner=claire)
    away(claire, mathilde)

    assert titles(mathilde) == ["À Claire", "Absence : Claire Dumas"]
    assert {line.section for line in week.lines(mathilde, MONDAY)} == {"covered"}
    assert [line.instead_of for line in week.lines(mathilde, MONDAY)] == [
        "Claire Dumas",
        "",
    ]


def test_the_week_tells_what_failed():
    MessageFactory(failed=True)

    (line,) = week.lines(agent(), MONDAY)

    assert (line.title, line.state, line.section) == (
        Message.objects.get().subject,
        "blocked",
        "failed",
    )


def test_the_week_of_others_is_empty():
    TaskFactory()

    assert titles(UserFactory()) == []


@pytest.mark.parametrize("count", [1, 5])
def test_the_week_costs_the_same(count, django_assert_max_num_queries):
    user = agent()
    owner = agent()
    away(owner, user)
    for _ in range(count):
        TaskFactory(owner=owner, subject=TaskFactory(owner=owner))

    with django_assert_max_num_queries(12):
        list(week.lines(user, MONDAY))


def test_beat_ticks_on_one_row():
    tasks.beat_tick()
    tasks.beat_tick()

    assert Heartbeat.objects.filter(name="beat").count() == 1
