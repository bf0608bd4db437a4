from datetime import date

import pytest
from django.core.management import call_command

from casework import digest, ladders
from casework.ladders import Due, Ladder
from casework.models import LadderStep, Message, ReminderSent
from tests.accounts.factories import UserFactory
from tests.casework.factories import MessageFactory, TaskFactory

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 11, day) for day in range(23, 27))


@pytest.fixture
def watched(declared_ladders):
    """A ladder and what it names; empty the list and nothing is due any more."""
    due = [
        Due(
            subject=TaskFactory(),
            since=MONDAY,
            recipients={"in_charge": ["claire@example.org"], "head": []},
        )
    ]
    ladder = Ladder(key="tests.silent", title="Silence", due=lambda day: due)
    declared_ladders[ladder.key] = ladder
    return due


def step(offset_days, audience="in_charge", **fields):
    return LadderStep.objects.create(
        ladder="tests.silent",
        offset_days=offset_days,
        audience=audience,
        template_key="tests.reminder",
        **fields,
    )


def told():
    return list(Message.objects.order_by("pk").values_list("recipient", flat=True))


def test_a_reminder_goes_on_its_day_and_once(watched):
    step(2)

    assert [ladders.run(TUESDAY), ladders.run(WEDNESDAY)] == [0, 1]
    assert [ladders.run(WEDNESDAY), ladders.run(THURSDAY)] == [0, 0]
    assert told() == ["claire@example.org"]


def test_what_is_no_longer_due_is_not_reminded(watched):
    step(2)
    watched.clear()

    assert ladders.run(WEDNESDAY) == 0


def test_a_new_fact_starts_the_ladder_again(watched):
    step(2)
    ladders.run(WEDNESDAY)
    (due,) = watched
    watched[0] = Due(due.subject, date(2026, 12, 1), due.recipients)

    assert ladders.run(date(2026, 12, 3)) == 1


def test_an_inactive_step_is_not_climbed(watched):
    step(2, is_active=False)

    assert ladders.run(WEDNESDAY) == 0


def test_after_a_gap_the_last_step_speaks_for_all(watched):
    first, last = step(1), step(2)

    assert ladders.run(THURSDAY) == 1
    assert dict(ReminderSent.objects.values_list("step", "was_skipped")) == {
        first.pk: True,
        last.pk: False,
    }
    assert len(told()) == 1


def test_nobody_to_tell_leaves_the_step_for_tomorrow(watched):
    step(1, audience="head")

    assert ladders.run(TUESDAY) == 0
    watched[0].recipients["head"].append("helene@example.org")
    assert ladders.run(WEDNESDAY) == 1


def test_the_command_says_how_many(watched, capsys):
    step(2)

    call_command("run_reminders", "--day", "2026-11-25")

    assert capsys.readouterr().out == "1 reminders.\n"


def test_the_steps_of_the_apps_name_what_exists():
    for row in LadderStep.objects.all():
        row.full_clean()


# --- The digest -------------------------------------------------------------------


def test_the_digest_tells_each_of_the_desk_once_a_week():
    desk = UserFactory(is_staff=True, groups=["accueil"])
    UserFactory(is_staff=True, groups=["finances"])
    MessageFactory(failed=True, last_error="Adresse refusée (550).")

    digest.send(MONDAY)
    digest.send(TUESDAY)

    letters = Message.objects.filter(key__startswith="casework.digest:")
    assert [letter.recipient for letter in letters] == [desk.email]
    assert letters[0].subject == "Un courriel n'est pas parti"
    assert "Adresse refusée (550)." in letters[0].text


def test_nothing_failed_and_nobody_is_told():
    UserFactory(is_staff=True, groups=["accueil"])

    assert digest.send(MONDAY) == 0
    assert told() == []
