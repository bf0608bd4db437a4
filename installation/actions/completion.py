"""What the person adds to a dossier that the desk opened for them."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from casework.journal import record
from casework.locking import locked
from installation import letters
from installation.actions import needs
from installation.actions.answers import keep
from installation.actions.filing import remember
from installation.models import InstallationRequest


@transaction.atomic
def complete(
    request: InstallationRequest,
    number: int,
    answers: Mapping,
    *,
    is_last: bool = False,
    by: User | None = None,
) -> InstallationRequest:
    """Keep the answers of one page; after the last one, the desk is told."""
    request = locked(request)
    request.require("exchange")
    reached = max(request.step_reached, number + 1)
    keep(request, {**answers, "step_reached": reached})
    remember(request, by)
    needs.open_from_answers(request)
    entry = record("installation.request.completed", subject=request, actor=by)
    if is_last:
        letters.completed(request, entry)
    return request
