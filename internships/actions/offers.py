"""What a host does with its placement offers, their photos and its sites."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from casework.journal import record
from casework.locking import locked
from documents import actions as document_actions
from documents import intake, keeping
from internships.models import (
    OfferPhoto,
    PlacementOffer,
    PlacementSite,
    Semester,
    Supervisor,
)
from listings import actions as listing_actions

MOST_PHOTOS = 6
PHOTO = "placement-photo"
# What a renewal takes from the offer of the semester before.
COPIED = [
    "site",
    "kind",
    "supervision",
    "modality",
    "seats",
    "teaching_days",
    "needs_car",
    "room_nearby",
    "title",
    "summary",
    "body",
    "owner",
    "contact_name",
    "contact_email",
    "contact_phone",
    "contact_is_public",
]


@transaction.atomic
def write(
    offer: PlacementOffer,
    *,
    supervisors: Iterable[Supervisor],
    by: User | None,
    send: bool,
) -> PlacementOffer:
    """Keep what its host wrote; on line, it goes back to be read again."""
    was_published = False
    if offer.pk:
        known = locked(offer)
        if not known.is_editable:
            raise ValidationError("Cette offre ne se modifie plus : écrivez-en une.")
        offer.state, was_published = known.state, known.is_published
    offer.save()
    offer.supervisors.set(supervisors)
    record("internships.offer.written", subject=offer, actor=by)
    if (send or was_published) and offer.state != PlacementOffer.State.SUBMITTED:
        return listing_actions.submit(offer, by=by)
    return offer


# --- From a semester to the next ---------------------------------------------------


def semester_after(offer: PlacementOffer, semesters: Iterable[Semester]):
    """The first of these that an offer may be renewed for; None before it exists."""
    end = offer.semester.period.upper
    later = (one for one in semesters if one.period.lower >= end)
    return min(later, key=lambda one: one.period.lower, default=None)


@transaction.atomic
def renew(offer: PlacementOffer, *, by: User | None = None) -> PlacementOffer:
    """The same, for the semester after: on line at once, since the desk has read it."""
    offer = locked(offer)
    semester = _require_renewable(offer)
    renewed = PlacementOffer(
        semester=semester,
        renews=offer,
        **{name: getattr(offer, name) for name in COPIED},
    )
    renewed.save()
    renewed.supervisors.set(offer.supervisors.active())
    for photo in offer.photos.select_related("document"):
        _copy(photo, renewed)
    renewed.submit()
    renewed.publish(offer.moderator)
    record(
        "internships.offer.renewed",
        subject=renewed,
        actor=by,
        data={"renews": offer.pk},
    )
    return renewed


def _require_renewable(offer: PlacementOffer) -> Semester:
    if not offer.was_read:
        raise ValidationError("Seule une offre que le guichet a relue se renouvelle.")
    if offer.is_followed:
        raise ValidationError(
            f"Cette offre est déjà renouvelée pour {offer.renewal.semester}."
        )
    if not offer.site.is_active:
        raise ValidationError("Ce terrain ne reçoit plus d'étudiants.")
    to_come = Semester.objects.to_come(timezone.localdate())
    semester = semester_after(offer, to_come)
    if semester is None:
        raise ValidationError("Le semestre suivant n'est pas encore ouvert.")
    return semester


def renew_by_link(offer: PlacementOffer) -> None:
    """The button of the e-mail; what stands in the way, the page it leads to says."""
    try:
        renew(offer)
    except ValidationError:
        return


def obstacle(offer: PlacementOffer) -> str:
    """Why it cannot be renewed, in a sentence; empty when it can."""
    try:
        _require_renewable(offer)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


# --- Photos --------------------------------------------------------------------------


@transaction.atomic
def add_photo(offer: PlacementOffer, upload, alternative: str, *, by: User):
    """One more photo; on line, the offer is read again with it."""
    offer = locked(offer)
    if not offer.is_editable:
        raise ValidationError("Cette offre ne se modifie plus.")
    rank = offer.photos.count()
    if rank >= MOST_PHOTOS:
        raise ValidationError(f"{MOST_PHOTOS} photos suffisent : retirez-en une.")
    photo = offer.photos.create(
        document=intake.receive(upload, by=by, kind=PHOTO),
        alternative=alternative,
        rank=rank,
    )
    record("internships.offer.photo_added", subject=offer, actor=by)
    if offer.is_published:
        listing_actions.submit(offer, by=by)
    return photo


@transaction.atomic
def remove_photo(photo: OfferPhoto, *, by: User) -> None:
    """Its bytes go too; what is left was read already."""
    offer = locked(photo.offer)
    document = photo.document
    photo.delete()
    document_actions.discard(document, by=by)
    record("internships.offer.photo_removed", subject=offer, actor=by)


def _copy(photo: OfferPhoto, offer: PlacementOffer) -> None:
    """A photo of its own: the one of the semester before may be removed."""
    known = photo.document
    if not known.is_servable:
        return
    with known.file.open("rb") as file:
        document = keeping.keep(
            file.read(), name=known.name, media_type=known.media_type, kind=PHOTO
        )
    offer.photos.create(
        document=document, alternative=photo.alternative, rank=photo.rank
    )


# --- Sites ---------------------------------------------------------------------------


@transaction.atomic
def correct_site(site: PlacementSite, *, by: User) -> PlacementSite:
    """Its host says better how one comes, works and lives there."""
    site.save()
    record("internships.site.corrected", subject=site, actor=by)
    return site


@transaction.atomic
def follow_site(site: PlacementSite) -> None:
    """Its name, its commune or its host changed: so do those of its offers."""
    running = site.offers.filter(semester__period__endswith__gt=timezone.localdate())
    for offer in running.order_by("pk"):
        locked(offer).save()


@transaction.atomic
def follow_semester(semester: Semester) -> None:
    """Its days changed: what is on line stands until its new end."""
    end = semester.period.upper
    for offer in semester.offers.published().exclude(expires_on=end).order_by("pk"):
        offer = locked(offer)
        offer.expires_on = end
        offer.save(update_fields=["expires_on"])
