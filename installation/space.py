"""What the personal space lists of this journey."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from casework.space import Badge, SpaceLine
from installation import aid_panel, presentation, turns
from installation.models import (
    FamilyAccess,
    InstallationRequest,
    Introduction,
    Mentorship,
    PracticeOffer,
)
from installation.models.pairings import Side

SHOWN = 50
# What a pairing reads to know whether it still stands.
PAIRINGS = {Introduction: ("request", "offer"), Mentorship: ("request",)}


def lines(person: Person) -> Iterator[SpaceLine]:
    requests = InstallationRequest.objects.of(person).filter(merged_into=None)
    requests = requests.with_list_data().order_by("-created_at", "-pk")[:SHOWN]
    for request in requests:
        yield _draft(request) if request.is_draft else _filed(request)
    yield from _turns([request for request in requests if not request.is_draft])
    yield from _family_sides(person)
    yield from _offers(person)
    yield from _meetings(person)
    yield from _aids(person)


def _draft(draft: InstallationRequest) -> SpaceLine:
    return SpaceLine(
        title="Demande à terminer",
        url=reverse("installation:request-step", args=[draft.step_reached]),
        detail=f"Brouillon enregistré le {presentation.said(draft.saved_at)}",
        badge=presentation.badge(draft),
        task="Terminer votre demande",
        task_detail="Rien n’est envoyé tant que vous ne l’avez pas déposée.",
        task_action="Reprendre",
    )


def _filed(request: InstallationRequest) -> SpaceLine:
    followed_by = request.case_worker.get_full_name() if request.case_worker else ""
    parts = [request.reference, f"déposée le {presentation.said(request.submitted_at)}"]
    if request.is_open:
        if followed_by:
            parts.append(f"suivie par {followed_by}")
        parts.append(f"suite le {presentation.said(request.next_action_on)}")
    expected = request.expected
    return SpaceLine(
        title=request.get_kind_display().capitalize(),
        url=request.get_absolute_url(),
        detail=", ".join(parts),
        badge=presentation.badge(request),
        task=expected,
        task_detail=(
            f"Réponse attendue avant le {presentation.said(request.expected_by)}."
            if expected
            else ""
        ),
        task_action="Répondre" if expected else "",
    )


def _turns(requests: Sequence[InstallationRequest]) -> Iterator[SpaceLine]:
    """What these dossiers wait for, beside what the desk asked in its own words."""
    for turn in turns.of(requests):
        yield SpaceLine(
            title=turn.title,
            url=turn.url,
            detail=turn.detail,
            badge=Badge("À vous de jouer", "you"),
            task=turn.title,
            task_detail=turn.detail,
            task_action=turn.action,
            is_listed=False,
        )


def _offers(person: Person) -> Iterator[SpaceLine]:
    """What they propose: those that wait for a word of theirs come as a task."""
    offers = PracticeOffer.objects.of(person, timezone.localdate())
    offers = offers.exclude(state=PracticeOffer.State.WITHDRAWN)
    for offer in offers.select_related("commune").defer("commune__contour")[:SHOWN]:
        tasks = {
            PracticeOffer.State.REFUSED: ("Corriger votre offre", "Corriger"),
            PracticeOffer.State.EXPIRED: ("Votre offre tient toujours ?", "Répondre"),
        }
        task, action = tasks.get(offer.state, ("", ""))
        yield SpaceLine(
            title=offer.title,
            url=reverse("installation:my-offers"),
            detail=f"Offre, {offer.get_kind_display()}, {offer.commune.name}",
            badge=Badge(
                offer.get_state_display().capitalize(), "you" if task else "neutral"
            ),
            task=task,
            task_detail=offer.refusal or (task and offer.title),
            task_action=action,
        )


def _aids(person: Person) -> Iterator[SpaceLine]:
    for line in aid_panel.lines(person):
        yield SpaceLine(**{**line, "badge": Badge(**line["badge"])})


def _meetings(person: Person) -> Iterator[SpaceLine]:
    """Introductions and mentors that wait for their yes or no."""
    hosts = {
        Introduction: {"offer__owner": person},
        Mentorship: {"mentor__person": person},
    }
    waiting = []
    for model, related in PAIRINGS.items():
        rows = model.objects.waiting().select_related(*related)
        waiting += [(pairing, Side.HOST) for pairing in rows.filter(**hosts[model])]
        waiting += [(pairing, Side.GUEST) for pairing in rows.of_guest(person)]
    for pairing, side in waiting:
        if pairing.awaits(side):
            yield SpaceLine(
                title="Être mis ou mise en relation",
                url=pairing.page_url(side),
                detail=f"Proposé le {presentation.said(pairing.proposed_at)}",
                badge=Badge("Votre réponse", "you"),
                task="Être mis ou mise en relation",
                task_detail="Aucun nom n’est donné avant vos deux réponses.",
                task_action="Répondre",
                is_listed=False,
            )


def _family_sides(person: Person) -> Iterator[SpaceLine]:
    """Where they were invited: joined, or waiting for their answer."""
    rows = FamilyAccess.objects.of(person)
    if person.email_confirmed_at:
        rows |= FamilyAccess.objects.awaiting(person.email)
    shown = rows.filter(request__forgotten_at=None).select_related("request__applicant")
    for access in shown.order_by("invited_at", "pk")[:SHOWN]:
        name = access.request.full_name
        url = reverse("installation:family-detail", args=[access.request.reference])
        waiting = not access.is_accepted
        yield SpaceLine(
            title="Projet de famille",
            url=url,
            detail=f"Le côté famille du dossier de {name}",
            badge=(
                Badge("À vous de jouer", "you")
                if waiting
                else Badge("Accès ouvert", "run", "users")
            ),
            task=f"Répondre à l’invitation de {name}" if waiting else "",
            task_detail="Elle ouvre le côté famille de son dossier." if waiting else "",
            task_action="Voir l’invitation" if waiting else "",
        )
