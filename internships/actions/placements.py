"""Placements: opened by a mutual yes, or declared; cancelled, begun, looked back on."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import consents
from accounts.models import Consent, User
from casework.journal import record
from casework.locking import locked
from internships import placement_letters as letters
from internships.actions import holds
from internships.models import (
    Assessment,
    HousingRequest,
    Interest,
    Placement,
    Semester,
    Stay,
)
from internships.models.kinds import OF_DENTISTS
from internships.wording import CONSENT_TO_KEEP_IN_TOUCH
from territory import zones


def set_zone(placement: Placement) -> None:
    """Keep the zone of the commune on the first day, and the version that says so."""
    kind = "ars_dentists" if placement.kind in OF_DENTISTS else "ars_doctors"
    zone = zones.of(placement.commune, placement.period.lower)[kind]
    placement.zoning_id = zone.zoning_id
    placement.zone_code, placement.zone_label = zone.code, zone.label


def open_for(
    interest: Interest, *, accepted_wording: str, by: User | None
) -> Placement:
    """What a confirmed interest becomes; told by whoever confirms it."""
    offer = interest.offer
    placement = Placement(
        person_id=interest.person_id,
        kind=offer.kind,
        modality=offer.modality,
        semester_id=offer.semester_id,
        period=offer.semester.period,
        site=offer.site,
        commune=offer.site.commune,
        interest=interest,
    )
    return _save(placement, accepted_wording=accepted_wording, by=by)


@transaction.atomic
def declare(
    placement: Placement, *, accepted_wording: str, by: User | None
) -> Placement:
    """Somebody comes without an offer: they say so, or the desk notes it."""
    if placement.semester_id is None:
        semesters = Semester.objects.on(placement.period.lower)
        placement.semester = semesters.first()
    placement = _save(placement, accepted_wording=accepted_wording, by=by)
    letters.noted(placement)
    return placement


def _save(placement: Placement, *, accepted_wording: str, by: User | None) -> Placement:
    placement.declared_by = by
    if accepted_wording:
        placement.indemnities_wording = accepted_wording
        placement.indemnities_accepted_at = timezone.now()
    set_zone(placement)
    placement.validate_constraints()
    placement.save()
    _record("opened", placement, by, interest=placement.interest_id)
    return placement


def beds_of(placement: Placement):
    """The requests for a bed that go with it and may still be withdrawn."""
    requests = placement.housing_requests.filter(state__in=HousingRequest.LIVE)
    lived_in = Stay.objects.current().exclude(keys_given_at=None)
    return requests.exclude(occupations__stay__in=lived_in).order_by("pk")


@transaction.atomic
def cancel(
    placement: Placement,
    reason: str,
    *,
    gives_bed_back: bool = False,
    by: User | None,
) -> Placement:
    """They will not come: the seat is free again, and the bed too if they say so."""
    placement = locked(placement)
    placement.cancel(reason)
    if gives_bed_back:
        for request in beds_of(placement):
            holds.withdraw(request, by=by)
    if placement.interest_id:
        interest = locked(placement.interest)
        if interest.state == Interest.State.CONFIRMED:
            interest.fall_through()
    _record("cancelled", placement, by)
    letters.cancelled(placement)
    return placement


@transaction.atomic
def note_arrival(placement: Placement, *, by: User | None) -> Placement:
    """The host, or the desk, has seen them arrive; twice does no harm."""
    placement = locked(placement)
    if placement.period.lower > timezone.localdate():
        raise ValidationError("Ce stage n'a pas encore commencé.")
    is_new = placement.arrived_at is None
    placement.note_arrival()
    if is_new:
        _record("arrived", placement, by)
    return placement


@transaction.atomic
def assess(
    placement: Placement,
    marks: Mapping[str, int],
    *,
    comment: str = "",
    locum_licence_on: dt.date | None = None,
    keep_in_touch: bool = False,
    by: User | None = None,
) -> Assessment:
    """What they thought of it, once over; said again, the last word stays."""
    placement = locked(placement)
    require_over(placement, timezone.localdate())
    known = Assessment.objects.filter(placement=placement).first()
    assessment = known or Assessment(placement=placement)
    for question in Assessment.QUESTIONS:
        setattr(assessment, question, marks[question])
    assessment.comment = comment.strip()
    assessment.answered_at = timezone.now()
    assessment.full_clean(exclude=["placement"], validate_unique=False)
    assessment.save()
    if locum_licence_on:
        placement.locum_licence_on = locum_licence_on
        placement.save(update_fields=["locum_licence_on"])
    if keep_in_touch:
        purpose = Consent.Purpose.KEEP_IN_TOUCH
        consents.give(placement.person, purpose, wording=CONSENT_TO_KEEP_IN_TOUCH)
    if known is None:
        _record("assessed", placement, by)
    return assessment


def require_over(placement: Placement, day: dt.date) -> None:
    if not placement.is_kept:
        raise ValidationError("Ce stage a été annulé.")
    if placement.period.upper > day:
        raise ValidationError("Ce stage n'est pas encore terminé.")


def _record(happened: str, placement: Placement, by: User | None, **data):
    said = {key: value for key, value in data.items() if value is not None}
    return record(
        f"internships.placement.{happened}", subject=placement, actor=by, data=said
    )
