"""What the personal space lists of bursaries."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from bursaries import application_following as following
from bursaries.models import ApplicationState, BursaryApplication
from casework.days import said
from casework.space import Badge, SpaceLine

SHOWN = 20


def lines(person: Person) -> Iterator[SpaceLine]:
    """The applications of a person: what waits for them comes as a task."""
    day = timezone.localdate()
    mine = BursaryApplication.objects.of(person).with_list_data()
    for application in mine.order_by("-created_at", "-pk")[:SHOWN]:
        badge = Badge(**following.badge(application, day))
        if application.is_draft:
            yield SpaceLine(
                title="Demande de bourse à terminer",
                url=reverse("bursaries:application"),
                detail="Brouillon enregistré, rien n’est encore déposé",
                badge=badge,
                task="Terminer votre demande de bourse",
                task_detail="Rien n’est envoyé tant qu’elle n’est pas déposée.",
                task_action="Reprendre",
            )
            continue
        waits = application.state == ApplicationState.INCOMPLETE
        limit = f"Attendues avant le {said(application.pieces_by)}." if waits else ""
        filed_on = said(application.submitted_at)
        yield SpaceLine(
            title=str(application.scheme),
            url=application.get_absolute_url(),
            detail=f"{application.reference}, déposée le {filed_on}",
            badge=badge,
            task="Envoyer les pièces de votre demande de bourse" if waits else "",
            task_detail=limit,
            task_action="Envoyer" if waits else "",
        )
