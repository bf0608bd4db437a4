"""What those who run a dwelling do with it: describe it, show it, have it mended."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from accounts.models import User
from casework.days import said
from casework.journal import record
from casework.locking import locked
from documents import intake
from documents.actions import discard
from internships import dwelling_letters, offering
from internships.actions import holds
from internships.models import Dwelling, DwellingPhoto, Occupation, Room

PHOTOS = 12
SAME_NAME = {
    "internships_one_dwelling_of_a_name": "Ce logement existe déjà dans cette commune.",
    "internships_one_room_of_a_name": "Ce logement a déjà une chambre de ce nom.",
}


@transaction.atomic
def write(dwelling: Dwelling, *, by: User) -> Dwelling:
    """As it is described; another owner is told apart in the journal."""
    former = Dwelling.objects.filter(pk=dwelling.pk).values_list("owner", flat=True)
    former = former.first()
    _save(dwelling)
    record("internships.dwelling.written", subject=dwelling, actor=by)
    if former and former != dwelling.owner_id:
        record(
            "internships.dwelling.handed_over",
            subject=dwelling,
            actor=by,
            data={"from": former, "to": dwelling.owner_id},
        )
    return dwelling


@transaction.atomic
def submit(dwelling: Dwelling, *, by: User) -> Dwelling:
    """Written by its owner: it shows once the desk has published it."""
    dwelling.is_open, dwelling.submitted_at = False, timezone.now()
    _save(dwelling)
    record("internships.dwelling.submitted", subject=dwelling, actor=by)
    dwelling_letters.submitted(dwelling)
    return dwelling


@transaction.atomic
def publish(dwelling: Dwelling, *, by: User) -> Dwelling:
    """The desk has read it: its rooms are proposed from now on."""
    dwelling = locked(dwelling)
    if dwelling.submitted_at is None:
        raise ValidationError("Ce logement n'attend pas d'être publié.")
    if not dwelling.rooms.exists():
        raise ValidationError("Ajoutez d'abord ses chambres.")
    dwelling.publish()
    record("internships.dwelling.published", subject=dwelling, actor=by)
    dwelling_letters.published(dwelling)
    for room in dwelling.rooms.all():
        holds.ring(room.pk)
    return dwelling


def _save(row: Dwelling | Room) -> None:
    """Two people may give the same name at once."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        offering.told(error, SAME_NAME)


@transaction.atomic
def write_room(room: Room, *, by: User) -> Room:
    is_new = room.pk is None
    _save(room)
    record("internships.room.written", subject=room, actor=by)
    if is_new:
        holds.ring(room.pk)
    return room


@transaction.atomic
def add_photo(dwelling: Dwelling, upload, *, alternative: str, by: User):
    dwelling = locked(dwelling)
    count = dwelling.photos.count()
    if count >= PHOTOS:
        raise ValidationError(f"{PHOTOS} photos au plus : retirez-en une.")
    photo = DwellingPhoto.objects.create(
        dwelling=dwelling,
        document=intake.receive(upload, by=by, kind="dwelling_photo"),
        alternative=alternative,
        rank=count,
    )
    record("internships.dwelling.written", subject=dwelling, actor=by)
    return photo


@transaction.atomic
def remove_photo(photo: DwellingPhoto, *, by: User) -> None:
    dwelling, document = photo.dwelling, photo.document
    photo.delete()
    discard(document, by=by)
    record("internships.dwelling.written", subject=dwelling, actor=by)


@transaction.atomic
def add_maintenance(room: Room, period, *, note: str, by: User) -> Occupation:
    """Days when nobody sleeps there; refused, and told, when somebody does."""
    room = locked(room)
    standing = Occupation.objects.over(period).filter(room=room)
    if found := list(standing.select_related("request__person").order_by("period")):
        raise ValidationError(
            ["La chambre est prise dans ces jours :", *map(told, found)]
        )
    return holds.block(room, period, note=note, by=by)


@transaction.atomic
def set_cleaning(occupation: Occupation, days: int, *, by: User) -> None:
    """More days after a stay, or fewer, than the dwelling asks for."""
    locked(occupation.request)
    room, occupation = locked(occupation.room), locked(occupation)
    if not occupation.is_standing:
        raise ValidationError("Cette chambre est déjà libérée.", code="gone")
    kept = DateRange(
        occupation.period.upper, occupation.period.upper + dt.timedelta(days=days)
    )
    others = Occupation.objects.over(kept).filter(room=room).exclude(follows=occupation)
    if coming := others.select_related("request__person").order_by("period").first():
        raise ValidationError(f"La chambre est prise dans ces jours : {told(coming)}")
    buffers = Occupation.objects.filter(follows=occupation)
    if days:
        buffers.update_or_create(
            follows=occupation,
            defaults={"room": room, "kind": Occupation.Kind.BUFFER, "period": kept},
        )
    else:
        buffers.delete()
    record(
        "internships.bed.cleaning",
        subject=room,
        actor=by,
        data={"occupation": occupation.pk, "days": days},
    )
    holds.ring(room.pk)


def told(occupation: Occupation) -> str:
    """« Séjour de Léa Martin, du 2 novembre 2026 au 30 avril 2027 »."""
    whose = f" de {occupation.request.person}" if occupation.request else ""
    last = occupation.period.upper - dt.timedelta(days=1)
    kind = occupation.get_kind_display().capitalize()
    return f"{kind}{whose}, du {said(occupation.period.lower)} au {said(last)}."
