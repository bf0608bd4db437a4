"""What waits for the person stands on their dossier and in their space."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from installation import panels, turns
from installation.models import FollowUp
from installation.models.visits import VisitState

from .factories import (
    PlanFactory,
    RequestFactory,
    SettlementFactory,
    StepFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("told", "waits"),
    [
        ({}, True),
        ({"state": VisitState.CONFIRMED}, False),
        ({"other_day_wanted": "Plutôt un lundi"}, False),
        ({"day": timezone.localdate() - dt.timedelta(days=1)}, False),
        ({"sent_at": None, "is_to_send": True}, False),
    ],
)
def test_a_visit_waits_for_its_answer(dossier, told, waits):
    VisitFactory(request=dossier, **{"sent": True, **told})

    assert len(turns.of([dossier])) == waits


def test_a_visit_to_answer_is_a_task_of_the_space(client, applicant, dossier):
    visit = VisitFactory(request=dossier, sent=True)
    url = reverse("installation:visit-detail", args=[dossier.reference, visit.pk])

    response = client.get(reverse("space"))

    assert [line.url for line in response.context["tasks"]] == [url]
    assert len(response.context["lines"]) == 1
    assert url in client.get(dossier.get_absolute_url()).content.decode()


def test_the_latest_question_alone_is_asked(dossier):
    settlement = SettlementFactory(
        request=dossier,
        state="validated",
        has_order=True,
        has_contract=True,
        validated_at=timezone.now(),
        validated_by=dossier.case_worker,
    )
    day = timezone.localdate()
    for months in (3, 6):
        latest = FollowUp.objects.create(
            settlement=settlement,
            months=months,
            due_on=day - dt.timedelta(days=10 - months),
        )

    (turn,) = turns.of([dossier])

    assert turn.url == reverse("installation:presence", args=[latest.pk])


def days_ago(days):
    return timezone.localdate() - dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("told", "waits"),
    [
        ({}, True),
        ({"owner": "desk"}, False),
        ({"done_at": timezone.now()}, False),
        ({"due_on": timezone.localdate()}, False),
    ],
)
def test_a_late_step_of_theirs_waits(dossier, told, waits):
    plan = PlanFactory(request=dossier)
    step = StepFactory(plan=plan, **{"due_on": days_ago(3), **told})
    # What cannot be done yet is not asked for.
    StepFactory(plan=plan, is_blocking=True, owner="desk")
    StepFactory(plan=plan, due_on=days_ago(2))

    urls = [turn.url for turn in turns.of([dossier])]

    page = reverse("installation:step-finish", args=[dossier.reference, step.pk])
    assert urls == [page] * waits


def test_several_late_steps_are_one_line(client, applicant, dossier):
    plan = PlanFactory(request=dossier)
    for number in range(1, 5):
        StepFactory(plan=plan, title=f"Pas {number}", due_on=days_ago(10 - number))

    (turn,) = turns.of([dossier])

    assert turn.title == "4 étapes de votre plan ont passé leur date"
    assert "« Pas 1 », « Pas 2 », « Pas 3 » et 1 autre." in turn.detail
    assert turn.title in client.get(reverse("space")).content.decode()


def test_a_dossier_on_pause_asks_for_no_step():
    paused = RequestFactory(paused=True)
    StepFactory(plan__request=paused, due_on=days_ago(3))

    assert not turns.of([paused])


def test_every_place_of_the_page_has_its_panel():
    assert set(panels.PANELS) == set(panels.Place)
