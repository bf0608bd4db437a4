"""What the personal space lists of this journey."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import Person
from installation import presentation
from installation.models import InstallationRequest

SHOWN = 50


@dataclass(frozen=True)
class SpaceLine:
    """One dossier of a person; `task` says what is expected of them, if anything."""

    title: str
    url: str
    detail: str
    badge: presentation.Badge
    task: str = ""
    task_detail: str = ""
    task_action: str = ""


def lines(person: Person) -> Iterator[SpaceLine]:
    requests = InstallationRequest.objects.of(person).with_list_data()
    for request in requests.order_by("-created_at", "-pk")[:SHOWN]:
        yield _draft(request) if request.is_draft else _filed(request)


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
