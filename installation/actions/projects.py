"""What becomes of a project of structure."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from casework.journal import record
from casework.locking import locked
from installation.models import StructureProject
from territory.models import HealthStructure

State = StructureProject.State


@transaction.atomic
def move(
    project: StructureProject,
    to: str,
    *,
    day: dt.date | None = None,
    reason: str = "",
    today: dt.date,
    by: User | None,
) -> StructureProject:
    """Bring the project to another state; opening it opens its structure of care."""
    project = locked(project)
    if to == State.OPEN and day is not None and day > today:
        raise ValidationError("La date d'ouverture est encore à venir.")
    before = project.state
    project.move(to, day=day, reason=reason)
    if to == State.OPEN and project.structure_id:
        HealthStructure.objects.filter(
            pk=project.structure_id, status=HealthStructure.Status.PROJECT
        ).update(status=HealthStructure.Status.OPEN, opened_on=day)
    record(
        "installation.project.moved",
        subject=project,
        actor=by,
        data={"from": before, "to": to},
    )
    return project
