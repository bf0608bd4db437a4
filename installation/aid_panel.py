"""The aids on the page of a dossier, and in the personal space."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from installation import aid_following, aid_presentation
from installation.models import AidRequest, AidState, InstallationRequest
from installation.panels import PANELS, Panel, Place

SHOWN = 3


def panel(dossier: InstallationRequest) -> Panel | None:
    """The requests for aid, and the last searches kept here; nothing before them."""
    reviews = list(dossier.aid_reviews.select_related("commune")[:SHOWN])
    requests = list(dossier.aid_requests.exclude(state=AidState.DRAFT).order_by("pk"))
    if not reviews and not requests:
        return None
    day = timezone.localdate()
    context = {
        "requests": [
            {"request": request, "badge": aid_following.badge(request, day)}
            for request in requests
        ],
        "reviews": [
            {"review": review, "groups": aid_presentation.grouped(review.results)}
            for review in reviews
        ],
        "not_a_decision": aid_presentation.NOT_A_DECISION,
        "may_ask": dossier.is_open,
    }
    return Panel("installation/aids/_panel.html", context)


PANELS[Place.AIDS] = panel


def lines(person: Person) -> Iterator[dict]:
    """The requests for aid of a person, as the personal space lists them."""
    day = timezone.localdate()
    for request in AidRequest.objects.of(person).order_by("-created_at", "-pk"):
        if request.is_draft:
            yield {
                "title": "Demande d’aide à terminer",
                "url": reverse("installation:aid-request"),
                "detail": "Brouillon enregistré, rien n’est encore déposé",
                "badge": aid_following.badge(request, day),
                "task": "Terminer votre demande d’aide",
                "task_detail": "Rien n’est envoyé tant qu’elle n’est pas déposée.",
                "task_action": "Reprendre",
            }
            continue
        task = {}
        if request.state == AidState.INCOMPLETE:
            limit = aid_following.said(request.pieces_by)
            task = {
                "task": "Envoyer les pièces de votre demande d’aide",
                "task_detail": f"Attendues avant le {limit}.",
                "task_action": "Envoyer",
            }
        filed_on = aid_following.said(request.submitted_at)
        yield {
            "title": "Aide à l’installation",
            "url": request.get_absolute_url(),
            "detail": f"{request.reference}, déposée le {filed_on}",
            "badge": aid_following.badge(request, day),
            **task,
        }
