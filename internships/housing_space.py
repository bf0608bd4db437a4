"""What the personal space lists of beds: asked for, kept for a time, lived in."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import Person
from casework.days import said
from casework.space import SpaceLine
from internships.housing_letters import proposal
from internships.housing_lines import badge
from internships.models import HousingRequest, MoveQuestion, Occupation

SHOWN = 12
# What is closed stays in sight for a while.
CLOSED_FOR = timedelta(days=60)
State = HousingRequest.State


def lines(person: Person) -> Iterator[SpaceLine]:
    day = timezone.localdate()
    recent = Q(closed_at__isnull=True) | Q(closed_at__date__gt=day - CLOSED_FOR)
    mine = HousingRequest.objects.of(person).filter(recent).order_by("period", "pk")
    requests = list(mine[:SHOWN])
    beds = _beds(requests)
    questions = _questions(requests)
    for request in requests:
        bed = beds.get(request.pk)
        task, detail, action = _task(request, bed, questions.get(request.pk))
        yield SpaceLine(
            title=f"Chambre : {bed.room}" if bed else "Demande de chambre",
            url=request.get_absolute_url(),
            detail=f"Du {said(request.period.lower)} au {said(request.period.upper)}",
            badge=badge(request),
            task=task,
            task_detail=detail,
            task_action=action,
        )


def _beds(requests: list[HousingRequest]) -> dict[int, Occupation]:
    kept = Occupation.objects.standing().filter(request__in=requests)
    kept = kept.select_related("room__dwelling", "stay")
    return {bed.request_id: bed for bed in kept}


def _questions(requests: list[HousingRequest]) -> dict[int, MoveQuestion]:
    asked = MoveQuestion.objects.asked().filter(occupation__request__in=requests)
    asked = asked.select_related("occupation", "room__dwelling__commune")
    return {question.occupation.request_id: question for question in asked}


def _task(
    request: HousingRequest,
    bed: Occupation | None,
    question: MoveQuestion | None,
) -> tuple[str, str, str]:
    """What is expected of them, why, and the words of the button; blanks: nothing."""
    if request.state == State.HELD and bed:
        until = f"Après le {said(bed.held_until)}, elle va à quelqu’un d’autre."
        return f"Une chambre à confirmer : {bed.room}", until, "Répondre"
    if question:
        asked = "Quelqu’un aimerait rester dans votre chambre"
        return asked, proposal(question), "Répondre"
    if request.is_set_aside:
        return (
            "Cherchez-vous toujours une chambre ?",
            "Deux options ont expiré sans réponse de votre part.",
            "Répondre",
        )
    stay = getattr(bed, "stay", None)
    if stay and stay.insurance_sent_at is None and stay.keys_given_at is None:
        why = stay.insurance_refusal or "Sans elle, les clés ne sont pas remises."
        return "Votre attestation d’assurance habitation", why, "L’envoyer"
    return "", "", ""
