"""Plans and visits: what each side does with them, and what calendars receive."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from casework import ladders
from casework.models import Message, Task
from casework.settled import settle
from documents import rendering
from installation.actions import plans, visits
from installation.models import (
    VISIT_TRANSITIONS,
    PlanTemplateStep,
    Step,
    Visit,
    VisitState,
    VisitStop,
)
from installation.plan_template import STEPS
from installation.plan_template import settle as settle_template
from tests.accounts.factories import UserFactory
from tests.installation.factories import (
    PlanFactory,
    RequestFactory,
    StepFactory,
    VisitFactory,
    VisitStopFactory,
    desk_user,
)

PLANNED = dt.date(2027, 5, 3)


def page(name, dossier, *args):
    return reverse(f"installation:{name}", args=[dossier.reference, *args])


# --- The template -------------------------------------------------------------------


def test_staff_edits_survive_the_next_migration():
    settle_template()
    PlanTemplateStep.objects.filter(code="order").update(title="L'Ordre", rank=3)
    PlanTemplateStep.objects.filter(code="pension").update(is_active=False)

    settle_template()

    assert PlanTemplateStep.objects.count() == len(STEPS)
    order = PlanTemplateStep.objects.get(code="order")
    assert (order.title, order.rank) == ("L'Ordre", 3)
    assert not PlanTemplateStep.objects.get(code="pension").is_active


def test_an_authorisation_waits_for_a_law():
    settle_template()

    assert not PlanTemplateStep.objects.for_kind("installation").filter(code="ars")


# --- The plan -----------------------------------------------------------------------


def test_two_clicks_open_one_plan(dossier):
    settle_template()
    by = dossier.case_worker

    first = plans.open_plan(dossier, PLANNED, by=by)
    again = plans.open_plan(dossier, dt.date(2028, 1, 1), by=by)

    assert (first, again.planned_on) == (again, PLANNED)
    order = first.steps.get(title__startswith="S’inscrire au tableau")
    assert order.due_on == dt.date(2027, 2, 2)
    assert Message.objects.get().template_key == "installation.plan-opened"


@pytest.mark.parametrize("state", ["submitted", "in_support", "closed"])
def test_a_plan_is_opened_while_the_dossier_is(state):
    request = RequestFactory(**{state: True})

    if state == "closed":
        with pytest.raises(ValidationError):
            plans.open_plan(request, PLANNED, by=desk_user())
    else:
        assert plans.open_plan(request, PLANNED, by=desk_user()).pk


def test_moving_the_day_moves_what_is_not_done():
    plan = PlanFactory(planned_on=PLANNED)
    done, open_ = StepFactory(plan=plan), StepFactory(plan=plan, offset_days=10)
    plans.finish_step(done, by=None)

    plans.move(plan, dt.date(2027, 6, 3), by=plan.opened_by)
    plans.undo_step(done, by=None)

    done.refresh_from_db()
    open_.refresh_from_db()
    assert open_.due_on == dt.date(2027, 6, 13)
    assert done.due_on == dt.date(2027, 5, 4)  # undone, it follows the plan again


def test_a_blocking_step_comes_first():
    plan = PlanFactory()
    gate = StepFactory(plan=plan, is_blocking=True, title="S'inscrire à l'Ordre")
    later = StepFactory(plan=plan)

    with pytest.raises(ValidationError, match=r"S'inscrire à l'Ordre.* d’abord"):
        plans.finish_step(later, by=None)
    plans.finish_step(gate, by=None)

    assert plans.finish_step(later, by=None).is_done


def test_a_step_added_by_hand_keeps_its_distance():
    plan = PlanFactory(planned_on=PLANNED)
    step = plans.add_step(
        plan, {"title": "Bail"}, due_on=dt.date(2027, 4, 3), by=plan.opened_by
    )

    plans.move(plan, dt.date(2027, 5, 13), by=plan.opened_by)

    step.refresh_from_db()
    assert (step.offset_days, step.due_on) == (-30, dt.date(2027, 4, 13))


@pytest.mark.parametrize(
    "act",
    [
        lambda step: plans.undo_step(step, by=None),
        lambda step: plans.restore_step(step, by=None),
        lambda step: plans.drop_step(step, "  ", by=None),
        lambda step: plans.finish_step(
            StepFactory(plan=step.plan, owner="desk"), by=None, from_person=True
        ),
    ],
)
def test_what_makes_no_sense_is_refused(act):
    with pytest.raises(ValidationError):
        act(StepFactory())


def test_the_database_refuses_a_step_done_and_dropped():
    step = StepFactory()
    now = timezone.now()

    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.filter(pk=step.pk).update(
            done_at=now, dropped_at=now, dropped_because="x"
        )


def test_the_person_ticks_their_own_steps(client, applicant, dossier):
    plan = PlanFactory(request=dossier)
    mine = StepFactory(plan=plan, title="Souscrire l’assurance")
    theirs = StepFactory(plan=plan, owner="desk")

    shown = client.get(dossier.get_absolute_url()).content.decode()
    done = client.post(page("step-finish", dossier, mine.pk), {"note": "MACSF"})
    refused = client.post(page("step-finish", dossier, theirs.pk))

    mine.refresh_from_db()
    assert "0 étape sur 2" in shown
    assert (done.status_code, refused.status_code) == (302, 404)
    assert (mine.is_done, mine.proof_note, mine.done_by) == (True, "MACSF", applicant)
    client.post(page("step-undo", dossier, mine.pk))
    mine.refresh_from_db()
    assert not mine.is_done


def test_a_stranger_finds_no_step_and_no_visit(client):
    step, visit = StepFactory(), VisitFactory(sent=True)
    client.force_login(UserFactory())

    for path in (
        page("step-finish", step.plan.request, step.pk),
        page("visit-detail", visit.request, visit.pk),
    ):
        assert client.get(path).status_code == 404


def test_late_steps_are_recalled_once_with_their_names():
    settle()
    today = timezone.localdate()
    plan = PlanFactory(planned_on=today + dt.timedelta(days=10))
    StepFactory(plan=plan, title="Assurance", is_blocking=True)
    StepFactory(plan=plan, title="Stoppée", offset_days=-25)
    StepFactory(plan=plan, title="Guichet", owner="desk", rank=0)

    for _ in range(2):
        ladders.run(today)

    (sent,) = Message.objects.filter(template_key__startswith="installation.step")
    text, _html = sent.parts()
    assert ("Assurance" in text, "Stoppée" in text, "Guichet" in text) == (
        True,
        False,
        False,
    )


# --- Visits -------------------------------------------------------------------------


def in_state(state):
    sent = {} if state == VisitState.PLANNED else {"sent": True}
    why = "Grève" if state == VisitState.CANCELLED else ""
    return VisitFactory(
        state=state, cancelled_because=why, day=timezone.localdate(), **sent
    )


ACTS = {
    "change": lambda visit: visits.change(
        visit, day=visit.day, family_invited=True, notes="", by=desk_user()
    ),
    "confirm": lambda visit: visits.confirm(visit, by=None),
    "ask_other": lambda visit: visits.ask_other(visit, "Un lundi", by=None),
    "finish": lambda visit: visits.finish(visit, by=desk_user()),
    "cancel": lambda visit: visits.cancel(visit, "Grève", by=desk_user()),
}


@pytest.mark.parametrize("state", VisitState.values)
@pytest.mark.parametrize("verb", ACTS)
def test_a_visit_moves_as_the_table_says(verb, state):
    visit = in_state(state)
    Visit.objects.filter(pk=visit.pk).update(sent_at=timezone.now())
    _name, allowed, target = VISIT_TRANSITIONS[verb]

    if state not in allowed:
        with pytest.raises(ValidationError):
            ACTS[verb](visit)
    else:
        assert ACTS[verb](visit).state == (target or state)


def sent_files(address):
    """The calendar files owed to an address, read back."""
    found = []
    for message in Message.objects.filter(recipient=address).order_by("pk"):
        for file in message.attachments.all():
            calendar = Calendar.from_ical(bytes(file.content))
            event = calendar.walk("VEVENT")[0]
            found.append(
                (
                    str(calendar["METHOD"]),
                    str(event["UID"]),
                    int(event["SEQUENCE"]),
                    event["DTSTART"].dt,
                )
            )
    return found


def test_calendars_follow_the_visit_to_its_end(dossier):
    by = dossier.case_worker
    visit = VisitFactory(request=dossier, day=dt.date(2026, 12, 4))
    stop = VisitStopFactory(visit=visit)

    visits.send(visit, by=by)
    visits.confirm(visit, by=None)
    visits.change_stop(stop, {"starts_at": dt.time(10)}, by=by)
    visits.send(visit, by=by)
    visits.cancel(visit, "Le cabinet est fermé.", by=by)

    mine = f"{visit.uid}@"
    theirs = f"{visit.uid}-{stop.pk}@"
    at_half_past = dt.datetime(2026, 12, 4, 8, 30, tzinfo=dt.UTC)
    at_ten = dt.datetime(2026, 12, 4, 9, tzinfo=dt.UTC)
    person = sent_files(dossier.contact_email)
    host = sent_files("lasserre@example.org")
    assert [(method, number, start) for method, _uid, number, start in person] == [
        ("REQUEST", 0, at_half_past),
        ("REQUEST", 1, at_ten),
        ("CANCEL", 2, at_ten),
    ]
    assert [(method, number, start) for method, _uid, number, start in host] == [
        ("REQUEST", 0, at_half_past),
        ("REQUEST", 1, at_ten),
        ("CANCEL", 2, at_ten),
    ]
    assert all(uid.startswith(mine) for _method, uid, *_ in person)
    assert all(uid.startswith(theirs) for _method, uid, *_ in host)


def test_nobody_learns_the_name_before_the_person_agrees(dossier):
    visit = VisitFactory(request=dossier)
    VisitStopFactory(visit=visit)

    visits.send(visit, by=dossier.case_worker)

    assert not Message.objects.filter(recipient="lasserre@example.org").exists()
    assert VisitStop.objects.get().sent_to == ""


def test_another_host_takes_the_place_of_the_first(dossier):
    by = dossier.case_worker
    visit = VisitFactory(request=dossier)
    stop = VisitStopFactory(visit=visit)
    visits.send(visit, by=by)
    visits.confirm(visit, by=None)

    stop.refresh_from_db()
    visits.change_stop(stop, {"email": "pujol@example.org"}, by=by)
    visits.send(visit, by=by)

    assert [row[0] for row in sent_files("lasserre@example.org")] == [
        "REQUEST",
        "CANCEL",
    ]
    assert [row[0] for row in sent_files("pujol@example.org")] == ["REQUEST"]


def test_a_meeting_taken_off_leaves_the_calendar(dossier):
    by = dossier.case_worker
    visit = VisitFactory(request=dossier)
    VisitStopFactory(visit=visit)
    stop = VisitStopFactory(visit=visit, email="pujol@example.org")
    visits.send(visit, by=by)
    visits.confirm(visit, by=None)
    stop.refresh_from_db()

    visits.remove_stop(stop, by=by)

    assert [row[::2] for row in sent_files("pujol@example.org")] == [
        ("REQUEST", 0),
        ("CANCEL", 1),
    ]


def test_an_empty_programme_is_not_sent():
    visit = VisitFactory()

    with pytest.raises(ValidationError, match="au moins une rencontre"):
        visits.send(visit, by=visit.created_by)

    assert not Message.objects.exists()


def test_a_visit_made_is_thanked_for_and_followed_by_a_call(dossier):
    visit = VisitFactory(request=dossier, day=timezone.localdate())
    VisitStopFactory(visit=visit)
    visits.send(visit, by=dossier.case_worker)
    visits.confirm(visit, by=dossier.case_worker)

    visits.finish(visit, by=dossier.case_worker)

    thanked = Message.objects.filter(template_key__endswith="thanks")
    assert {message.recipient for message in thanked} == {
        dossier.contact_email,
        "lasserre@example.org",
    }
    assert Task.objects.get().owner == dossier.case_worker


def test_a_visit_to_come_is_not_done_yet():
    visit = VisitFactory()

    with pytest.raises(ValidationError, match="pas encore eu"):
        visits.finish(visit, by=visit.created_by)


def test_an_end_before_its_start_is_refused_by_form_and_database(client):
    visit = VisitFactory()
    with pytest.raises(ValidationError):
        visits.add_stop(
            visit,
            {"starts_at": dt.time(11), "ends_at": dt.time(9), "place": "Mairie"},
            by=visit.created_by,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitStopFactory(visit=visit, starts_at=dt.time(11), ends_at=dt.time(9))


def test_the_person_sees_what_was_sent_and_answers(client, applicant, dossier):
    draft = VisitFactory(request=dossier)
    visit = VisitFactory(request=dossier, sent=True)
    VisitStopFactory(visit=visit)
    path = page("visit-detail", dossier, visit.pk)

    shown = client.get(path).content.decode()
    client.post(path, {"wanted": "Un lundi de janvier"})
    visit.refresh_from_db()
    asked = visit.other_day_wanted
    client.post(page("visit-confirm", dossier, visit.pk))

    visit.refresh_from_db()
    assert client.get(page("visit-detail", dossier, draft.pk)).status_code == 404
    assert "le docteur Lasserre" in shown
    assert (asked, visit.state) == ("Un lundi de janvier", "confirmed")
    assert client.get(page("visit-confirm", dossier, visit.pk)).status_code == 405


def test_the_programme_fits_on_a_sheet(client, applicant, dossier, monkeypatch):
    visit = VisitFactory(request=dossier, sent=True)
    VisitStopFactory(visit=visit)
    monkeypatch.setattr(rendering, "pdf", lambda template, context: b"%PDF-")

    response = client.get(page("visit-programme", dossier, visit.pk))

    assert response["Content-Type"] == "application/pdf"
