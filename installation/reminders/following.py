"""Steps that wait too long, and people settled who have not said how they are."""

from collections.abc import Iterator
from datetime import date

from casework.audience import desk_addresses
from casework.days import said
from casework.ladders import Due, Ladder, Step
from casework.models import LadderStep
from installation import following_letters, letters, planning
from installation.models import FollowUp, Plan
from installation.models import Step as PlanStep

Audience = LadderStep.Audience


def late_steps(day: date) -> Iterator[Due]:
    """One fact a plan, since its oldest late step; a stopped step is nobody's fault."""
    late = PlanStep.objects.late(day).filter(owner="doctor").of_running_dossiers()
    plans = (
        Plan.objects.filter(pk__in=late.values("plan"))
        .select_related("request__applicant", "request__case_worker__person")
        .prefetch_related("steps")
        .order_by("pk")
    )
    for plan in plans:
        steps = list(plan.steps.all())
        own = [
            step
            for step in planning.in_order(steps)
            if step.is_the_person_s
            and step.is_late(day)
            and planning.blocker(steps, step) is None
        ]
        if own:
            yield _late(plan, own)


def _late(plan: Plan, steps: list[PlanStep]) -> Due:
    request = plan.request
    address = request.contact_email
    worker = letters.in_charge_addresses(request)
    lines = "\n".join(f"{step.title} (pour le {said(step.due_on)})" for step in steps)

    def written_to(to: str) -> dict:
        if to == address:
            return letters.access(request) | {"etapes": lines}
        phone = request.phone or request.applicant.phone
        return {
            "reference": request.reference,
            "nom": request.full_name,
            "etapes": lines,
            "numero": phone.as_national if phone else "aucun numéro connu",
            "lien": f"{letters.admin_url(request)}?onglet=plan",
        }

    return Due(
        subject=request,
        since=min(step.due_on for step in steps),
        recipients={
            Audience.PERSON: [address] if address else [],
            Audience.IN_CHARGE: worker,
        },
        context=written_to,
    )


def unanswered(day: date) -> Iterator[Due]:
    """« Toujours là ? », the latest question of each installation."""
    asked = (
        FollowUp.objects.asked(day)
        .filter(settlement__request__forgotten_at=None)
        .select_related(
            "settlement__commune",
            "settlement__request__applicant",
            "settlement__request__case_worker__person",
        )
        .order_by("settlement_id", "-due_on")
        .distinct("settlement_id")
    )
    desk = desk_addresses()
    for follow_up in asked:
        yield _question(follow_up, desk)


def _question(follow_up: FollowUp, desk: list[str]) -> Due:
    address = follow_up.settlement.request.contact_email

    def written_to(to: str) -> dict:
        if to == address:
            return following_letters.question(follow_up, to)
        return following_letters.call_about(follow_up)

    return Due(
        subject=follow_up,
        since=follow_up.due_on,
        recipients={
            Audience.PERSON: [address] if address else [],
            Audience.DESK: desk,
        },
        context=written_to,
    )


LADDERS = [
    Ladder(
        key="installation.step-late",
        title="Étape du plan en retard",
        due=late_steps,
        steps=(
            Step(2, Audience.PERSON, "installation.step-late"),
            Step(10, Audience.PERSON, "installation.step-late"),
            Step(15, Audience.IN_CHARGE, "installation.step-late-desk"),
        ),
    ),
    Ladder(
        key="installation.presence",
        title="Personne installée : toujours là ?",
        due=unanswered,
        steps=(
            Step(0, Audience.PERSON, "installation.presence"),
            Step(8, Audience.PERSON, "installation.presence"),
            Step(15, Audience.DESK, "installation.presence-call"),
        ),
    ),
]
