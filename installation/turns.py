"""What waits for a word of the person: on the page of their dossier, in their space."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

from casework.days import said
from installation import completion, planning
from installation.models import (
    FollowUp,
    InstallationRequest,
    SharingQuestion,
    Step,
    Visit,
)

# Of the steps that are late, how many are named.
NAMED = 3


@dataclass(frozen=True)
class Turn:
    """One act, the page where it is done, and the words of its button."""

    title: str
    detail: str
    url: str
    action: str


def of(dossiers: Sequence[InstallationRequest]) -> list[Turn]:
    """In the order of what others wait for; as many queries for one dossier as for ten.

    What the desk asks in its own words is a field of the dossier: `expected`.
    """
    return [
        *_agreements(dossiers),
        *_visits(dossiers),
        *_presences(dossiers),
        *_late_steps(dossiers),
        *_to_complete(dossiers),
    ]


def _agreements(dossiers) -> Iterator[Turn]:
    asked = SharingQuestion.objects.pending().filter(
        need__request__in=[dossier for dossier in dossiers if dossier.is_open],
        need__dropped_at=None,
        need__merged_into=None,
    )
    for question in asked.select_related(
        "need__topic", "need__request", "organisation"
    ):
        reference = question.need.request.reference
        yield Turn(
            title=f"{question.organisation} : lui transmettre "
            f"« {question.need.topic} » ?",
            detail="Rien ne part sans vous ; vous verrez ce qui serait transmis.",
            url=reverse("installation:sharing-question", args=[reference, question.pk]),
            action="Répondre",
        )


def _visits(dossiers) -> Iterator[Turn]:
    visits = Visit.objects.awaiting_answer(timezone.localdate())
    for visit in visits.filter(request__in=dossiers).select_related("request"):
        day = f"{date_format(visit.day, 'l')} {said(visit.day)}"
        yield Turn(
            title=f"Visite du {day} : venez-vous ?",
            detail="Confirmez, ou demandez une autre date. Le programme est prêt.",
            url=reverse(
                "installation:visit-detail", args=[visit.request.reference, visit.pk]
            ),
            action="Répondre",
        )


def _presences(dossiers) -> Iterator[Turn]:
    """The latest question of each installation."""
    asked = FollowUp.objects.asked(timezone.localdate())
    asked = asked.filter(settlement__request__in=dossiers)
    latest = asked.order_by("settlement_id", "-due_on").distinct("settlement_id")
    for follow_up in latest.select_related("settlement__commune").defer(
        "settlement__commune__contour"
    ):
        yield Turn(
            title=f"Toujours là, {follow_up.term} après ?",
            detail=f"{capfirst(str(follow_up.settlement.commune))} : une réponse en un "
            "clic suffit.",
            url=reverse("installation:presence", args=[follow_up.pk]),
            action="Répondre",
        )


def _late_steps(dossiers) -> Iterator[Turn]:
    """The person's own steps whose day has gone; several of one plan make one line."""
    today = timezone.localdate()
    steps = Step.objects.kept().of_running_dossiers().filter(plan__request__in=dossiers)
    steps = steps.select_related("plan__request").order_by("plan", "due_on", "pk")
    for plan, kept in groupby(steps, key=lambda step: step.plan):
        known = list(kept)
        late = [
            step
            for step in known
            if step.is_the_person_s
            and step.is_late(today)
            and planning.blocker(known, step) is None
        ]
        if len(late) == 1:
            yield _late_step(late[0])
        elif late:
            named = ", ".join(f"« {step.title} »" for step in late[:NAMED])
            others = len(late) - NAMED
            if others > 0:
                named += f" et {others} autre{'s' * (others > 1)}"
            yield Turn(
                title=f"{len(late)} étapes de votre plan ont passé leur date",
                detail=f"{named}. Dites-nous ce qui est fait.",
                url=f"{plan.request.get_absolute_url()}#plan",
                action="Voir le plan",
            )


def _late_step(step: Step) -> Turn:
    reference = step.plan.request.reference
    return Turn(
        title=step.title,
        detail=f"Une étape de votre plan, pour le {said(step.due_on)}. Est-ce fait ? "
        "Sinon, écrivez-nous.",
        url=reverse("installation:step-finish", args=[reference, step.pk]),
        action="Dire que c’est fait",
    )


def _to_complete(dossiers) -> Iterator[Turn]:
    """The pages that a call left to the person."""
    for dossier in dossiers:
        left = completion.left(dossier)
        if left:
            titles = ", ".join(page.title for page in left)
            yield Turn(
                title="À compléter, quand vous voulez",
                detail=f"{titles}. Ces réponses nous aident à mieux chercher ; aucune "
                "n’arrête votre dossier.",
                url=reverse(
                    "installation:dossier-complete",
                    args=[dossier.reference, dossier.step_reached],
                ),
                action="Compléter",
            )
