"""The plan of action of a dossier: opened by the desk, ticked by whoever does a step.

The plan's row is locked first: what stops a step depends on the others.
"""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from casework.journal import record
from casework.locking import locked
from documents import intake
from installation import following_letters, planning
from installation.models import (
    MOST_DOCUMENTS,
    InstallationRequest,
    Plan,
    PlanTemplateStep,
    Step,
)

MOST_STEPS = 60
# What a plan copies from the template, and what the desk writes of a step.
SAID = ("title", "help", "owner", "track", "proof", "link", "is_blocking")


@transaction.atomic
def open_plan(request: InstallationRequest, planned_on: dt.date, *, by: User) -> Plan:
    """Copy the template for this kind of request; two clicks open one plan."""
    request = locked(request)
    if known := Plan.objects.filter(request=request).first():
        return known
    request.require("exchange")
    plan = Plan.objects.create(request=request, planned_on=planned_on, opened_by=by)
    today = timezone.localdate()
    template = PlanTemplateStep.objects.for_kind(request.kind)
    Step.objects.bulk_create(
        Step(
            plan=plan,
            rank=row.rank,
            offset_days=row.offset_days,
            due_on=planning.due_on(planned_on, row.offset_days, today=today),
            **{name: getattr(row, name) for name in SAID},
        )
        for row in template
    )
    entry = record("installation.plan.opened", subject=request, actor=by)
    if plan.steps.exists():
        following_letters.plan_opened(plan, entry)
    return plan


@transaction.atomic
def move(plan: Plan, planned_on: dt.date, *, by: User) -> Plan:
    """Another first day: what is not done follows."""
    plan = locked(plan)
    if planned_on == plan.planned_on:
        return plan
    was, count = plan.planned_on, plan.move(planned_on, today=timezone.localdate())
    record(
        "installation.plan.moved",
        subject=plan.request,
        actor=by,
        data={
            "from": was.isoformat(),
            "to": planned_on.isoformat(),
            "steps": count,
        },
    )
    return plan


@transaction.atomic
def add_step(plan: Plan, said: Mapping, *, due_on: dt.date, by: User) -> Step:
    """A step of this dossier alone, at its place by date."""
    plan = locked(plan)
    if plan.steps.count() >= MOST_STEPS:
        raise ValidationError(f"Un plan compte {MOST_STEPS} étapes au plus.")
    step = Step(plan=plan, rank=_rank(plan, due_on), **said)
    _date(step, due_on)
    step.save()
    _record("added", step, by)
    return step


@transaction.atomic
def change_step(step: Step, said: Mapping, *, due_on: dt.date, by: User) -> Step:
    """Other words or another day; it keeps its distance when the plan moves."""
    step = _locked_step(step)
    if not step.is_remaining:
        raise ValidationError("Cette étape est faite ou abandonnée : reprenez-la.")
    for name, value in said.items():
        setattr(step, name, value)
    _date(step, due_on)
    step.save(update_fields=[*said, "due_on", "offset_days"])
    _record("changed", step, by)
    return step


@transaction.atomic
def finish_step(
    step: Step, *, by: User | None, note: str = "", file=None, from_person: bool = False
) -> Step:
    """Done, with its proof when there is one; the file joins the dossier's."""
    step = _locked_step(step)
    step.plan.request.require("exchange")
    if from_person and not step.is_the_person_s:
        raise ValidationError(
            f"Cette étape revient à un autre : {step.get_owner_display()} la coche."
        )
    step.finish(by=by, note=note)
    if file:
        step.attachment = _keep(step, file, by=by, from_person=from_person)
        step.save(update_fields=["attachment"])
    _record("finished", step, by)
    return step


@transaction.atomic
def undo_step(step: Step, *, by: User | None, from_person: bool = False) -> Step:
    step = _locked_step(step)
    step.plan.request.require("exchange")
    if from_person and not step.is_the_person_s:
        raise ValidationError("Cette étape n'est pas à vous.")
    step.undo(today=timezone.localdate())
    _record("undone", step, by)
    return step


@transaction.atomic
def drop_step(step: Step, why: str, *, by: User) -> Step:
    step = _locked_step(step)
    step.drop(why)
    _record("dropped", step, by)
    return step


@transaction.atomic
def restore_step(step: Step, *, by: User) -> Step:
    step = _locked_step(step)
    step.restore(today=timezone.localdate())
    _record("restored", step, by)
    return step


def _locked_step(step: Step) -> Step:
    plan = locked(Plan(pk=step.plan_id))
    found = Step.objects.get(pk=step.pk)
    found.plan = plan
    return found


def _date(step: Step, due_on: dt.date) -> None:
    days = planning.offset(step.plan.planned_on, due_on)
    if abs(days) > planning.MOST_DAYS:
        raise ValidationError("Cette date est à plus de dix ans du premier jour prévu.")
    step.due_on, step.offset_days = due_on, days


def _rank(plan: Plan, due_on: dt.date) -> int:
    """After what is due before it."""
    before = plan.steps.filter(due_on__lte=due_on).order_by("-rank").first()
    return before.rank if before else 0


def _keep(step: Step, file, *, by: User | None, from_person: bool):
    request = step.plan.request
    if request.attachments.count() >= MOST_DOCUMENTS:
        raise ValidationError(f"Un dossier garde {MOST_DOCUMENTS} documents au plus.")
    document = intake.receive(file, by=by)
    return request.attachments.create(document=document, from_applicant=from_person)


def _record(what: str, step: Step, by: User | None) -> None:
    record(
        f"installation.step.{what}",
        subject=step.plan.request,
        actor=by,
        data={"step": step.pk},
    )
