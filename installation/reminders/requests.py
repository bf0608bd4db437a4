"""What must not be forgotten: who is reminded, and of what.

Working days are counted by `casework.ladders`; a request on pause or closed is no
longer named here, so its reminders stop.
"""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from accounts.models import User
from accounts.roles import DIRECTION
from casework.actions import stand_in_for
from casework.audience import desk_addresses
from casework.ladders import Due, Ladder, Step
from casework.models import LadderStep
from installation import letters
from installation.models import InstallationRequest

Audience = LadderStep.Audience


def unassigned(day: date) -> Iterator[Due]:
    """Filed, and nobody has taken it in charge yet."""
    waiting = InstallationRequest.objects.running().unassigned()
    desk, head = desk_addresses(), _head_addresses()
    for request in waiting.with_list_data().order_by("to_assign_since", "pk"):
        since = timezone.localdate(request.to_assign_since)
        if since <= day:
            recipients = {Audience.DESK: desk, Audience.HEAD: head}
            yield _due(request, since, recipients)


def overdue(day: date) -> Iterator[Due]:
    """The day of the next action has passed."""
    late = InstallationRequest.objects.overdue(day).exclude(case_worker=None)
    yield from _followed(late, day, lambda request: request.next_action_on)


def silent(day: date) -> Iterator[Due]:
    """Nobody has written, on either side."""
    quiet = InstallationRequest.objects.running().exclude(case_worker=None)
    quiet = quiet.filter(last_exchange_at__date__lt=day)
    yield from _followed(
        quiet, day, lambda request: timezone.localdate(request.last_exchange_at)
    )


def _followed(requests, day: date, since) -> Iterator[Due]:
    """One fact a request, told to whoever follows it or stands in that day."""
    desk, head = desk_addresses(), _head_addresses()
    answering: dict[int, str] = {}
    for request in requests.with_list_data().in_queue_order():
        worker = request.case_worker
        if worker.pk not in answering:
            answering[worker.pk] = stand_in_for(worker, day).email
        recipients = {
            Audience.IN_CHARGE: [answering[worker.pk]],
            Audience.DESK: desk,
            Audience.HEAD: head,
        }
        yield _due(request, since(request), recipients)


def _due(request: InstallationRequest, since: date, recipients) -> Due:
    return Due(
        request,
        since,
        recipients,
        {
            "reference": request.reference,
            "nom": request.full_name,
            "suite": request.next_action,
            "depuis": since,
            "lien": letters.admin_url(request),
        },
    )


def _head_addresses() -> list[str]:
    heads = User.objects.in_role(DIRECTION).filter(is_staff=True)
    return list(heads.order_by("email").values_list("email", flat=True))


LADDERS = [
    Ladder(
        key="installation.unassigned",
        title="Demande que personne ne suit",
        due=unassigned,
        steps=(Step(2, Audience.DESK, "installation.reminder-unassigned"),),
    ),
    Ladder(
        key="installation.overdue",
        title="Prochaine action en retard",
        due=overdue,
        steps=(Step(1, Audience.IN_CHARGE, "installation.reminder-overdue"),),
    ),
    Ladder(
        key="installation.silent",
        title="Dossier sans échange",
        due=silent,
        steps=(Step(10, Audience.IN_CHARGE, "installation.reminder-silence"),),
    ),
]
