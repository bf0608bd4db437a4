"""The family side of a dossier: who is invited, and what they write."""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions import find_or_create_person
from accounts.models import ContactPoint, Person, User
from casework import links
from casework.journal import record
from casework.locking import locked
from installation import family, family_letters
from installation.actions import needs, requests
from installation.actions.answers import keep
from installation.models import Exchange, FamilyAccess, InstallationRequest

# A spouse, and somebody else who comes along.
MOST_OPEN = 2


@transaction.atomic
def invite(
    request: InstallationRequest, *, name: str, email: str, by: User | None = None
) -> FamilyAccess:
    """Open the family side to somebody; asked again, the invitation is sent again."""
    request = locked(request)
    if not family.is_open_to(request):
        raise ValidationError(
            "Ce dossier n'a pas de côté famille ouvert : il est clos, ou c'est celui "
            "d'une structure."
        )
    email = email.strip().lower()
    if email in _addresses_of(request):
        raise ValidationError(
            "C'est votre propre adresse : indiquez celle de la personne invitée, qui "
            "aura ainsi son propre accès."
        )
    access = request.family_accesses.open().filter(invited_email=email).first()
    if access and access.is_accepted:
        raise ValidationError(f"{access.shown_name} a déjà accès au côté famille.")
    if access is None:
        if request.family_accesses.open().count() >= MOST_OPEN:
            raise ValidationError(
                "Deux personnes au plus ont accès au côté famille : mettez d'abord fin "
                "à un accès."
            )
        access = request.family_accesses.create(
            invited_name=name.strip(), invited_email=email, invited_by=by
        )
    entry = _record("invited", access, by)
    family_letters.invitation(access, entry)
    return access


@transaction.atomic
def accept(access: FamilyAccess, *, by: User | None = None) -> FamilyAccess:
    """Join the family side, with an account or by the link alone."""
    access = locked(access)
    if not access.request.is_open:
        raise ValidationError("Ce dossier est clos : il n'y a plus rien à rejoindre.")
    if access.is_accepted and (by is None or access.person_id == by.person_id):
        return access
    person = by.person if by else _person_invited(access)
    others = access.request.family_accesses.of(person).exclude(pk=access.pk)
    if others.exists():
        raise ValidationError("Vous avez déjà accès au côté famille de ce dossier.")
    access.accept(person)
    entry = _record("accepted", access, by)
    family_letters.accepted(access, entry)
    return access


@transaction.atomic
def end(access: FamilyAccess, *, by: User | None = None) -> FamilyAccess:
    """The applicant or the desk closes it: pages and links stop at once."""
    access = locked(access)
    if not access.is_open:
        return access
    had_joined = access.is_accepted
    _close(access)
    entry = _record("ended", access, by)
    if had_joined:
        family_letters.ended(access, entry)
    return access


@transaction.atomic
def leave(access: FamilyAccess, *, by: User | None = None) -> FamilyAccess:
    """Whoever was invited refuses or leaves; the applicant is told."""
    access = locked(access)
    if not access.is_open:
        return access
    _close(access)
    entry = _record("left", access, by)
    family_letters.left(access, entry)
    return access


@transaction.atomic
def write(
    request: InstallationRequest,
    body: str,
    *,
    access: FamilyAccess | None = None,
    by: User | None = None,
    submission: UUID | None = None,
) -> Exchange:
    """A message of the family side, from the applicant or from who was invited."""
    request = locked(request)
    if submission and (known := Exchange.objects.filter(submission=submission).first()):
        return known
    if access is not None:
        access = locked(access)
        _require_joined(access)
    exchange = requests.answer(
        request,
        body,
        by=by,
        audience=Exchange.Audience.FAMILY,
        family_access=access,
        submission=submission,
    )
    family_letters.message(request, exchange)
    return exchange


@transaction.atomic
def update(
    request: InstallationRequest,
    answers: Mapping,
    *,
    access: FamilyAccess | None = None,
    by: User | None = None,
) -> InstallationRequest:
    """Say again what the family looks for; what is new becomes a need."""
    request = locked(request)
    request.require("exchange")
    if access is not None:
        _require_joined(locked(access))
    keep(request, {**answers, "wants_family_help": True})
    opened = needs.open_from_answers(request)
    entry = record(
        "installation.family.updated",
        subject=request,
        actor=by,
        data={"needs": [need.pk for need in opened]},
    )
    family_letters.updated(request, entry, access)
    return request


def end_all(request: InstallationRequest) -> None:
    """Nobody reads a dossier that is forgotten, nor is named in it."""
    for access in request.family_accesses.all():
        if access.is_open:
            _close(access)
        access.forget()


def forget_person(person: Person) -> None:
    """Somebody's file is emptied: their accesses end, and name nobody."""
    for access in FamilyAccess.objects.filter(person=person):
        if access.is_open:
            _close(access)
        access.exchanges.update(body="Message effacé.")
        access.forget()


# --- What they share ------------------------------------------------------------


def _close(access: FamilyAccess) -> None:
    access.end()
    links.revoke(access)


def _require_joined(access: FamilyAccess) -> None:
    if not access.is_accepted:
        raise ValidationError("Votre accès à ce dossier est terminé.")


def _addresses_of(request: InstallationRequest) -> set[str]:
    person = request.applicant
    others = person.contact_points.filter(kind=ContactPoint.Kind.EMAIL)
    known = {request.email, request.contact_email, person.email}
    return {address.lower() for address in known} | {
        address.lower() for address in others.values_list("value", flat=True)
    }


def _person_invited(access: FamilyAccess) -> Person:
    first_name, _, last_name = access.invited_name.partition(" ")
    return find_or_create_person(
        email=access.invited_email, first_name=first_name, last_name=last_name
    )


def _record(happened: str, access: FamilyAccess, by: User | None):
    return record(
        f"installation.family.{happened}",
        subject=access.request,
        actor=by,
        data={"access": access.pk},
    )
