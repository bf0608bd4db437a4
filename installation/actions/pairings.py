"""Two people meet once both have said yes: introductions and mentors."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Person, User
from casework.journal import record
from casework.locking import locked
from installation import offer_letters
from installation.models import InstallationRequest, Mentor, Mentorship
from installation.models.pairings import Pairing, Side


@transaction.atomic
def volunteer(mentor: Mentor, *, by: User) -> Mentor:
    """A doctor accepts to welcome newcomers, or changes how.

    The person is locked: a form sent twice at once is one mentor.
    """
    locked(mentor.person)
    known = Mentor.objects.filter(person=mentor.person_id).first()
    is_new = known is None
    if known:
        mentor.pk, mentor._state.adding = known.pk, False
    mentor.save()
    verb = "volunteered" if is_new else "updated"
    record(f"installation.mentor.{verb}", subject=mentor, actor=by)
    return mentor


@transaction.atomic
def propose_mentor(
    request: InstallationRequest, mentor: Mentor, *, word: str = "", by: User
) -> Mentorship:
    """The desk thinks they would get on: each is asked, neither is named."""
    mentor = locked(mentor)
    guest: Person | None = request.applicant
    if guest is None or not request.contact_email:
        raise ValidationError("Sans courriel, on ne peut rien proposer à la personne.")
    if guest.pk == mentor.person_id:
        raise ValidationError("On n'est pas son propre compagnon.")
    if not Mentor.objects.available().filter(pk=mentor.pk).exists():
        raise ValidationError(
            f"{mentor} n'accueille pas en ce moment, ou suit déjà assez de monde."
        )
    pairing = Mentorship(mentor=mentor, guest=guest, request=request, word=word)
    pairing.validate_constraints()
    pairing.save()
    record(
        "installation.pairing.proposed",
        subject=request,
        actor=by,
        data={"mentorship": pairing.pk},
    )
    for side in Side.values:
        offer_letters.ask(pairing, side)
    return pairing


@transaction.atomic
def accept(pairing: Pairing, side: str, *, by: User | None = None) -> Pairing:
    """One side says yes; the second yes gives each the other's name and numbers."""
    pairing = locked(pairing)
    if pairing.accepted_at(side):
        return pairing
    pairing.accept(side)
    data = {pairing._meta.model_name: pairing.pk, "side": side}
    record(
        "installation.pairing.accepted", subject=pairing.request, actor=by, data=data
    )
    if pairing.is_met:
        record("installation.pairing.met", subject=pairing.request, data=data)
        offer_letters.met(pairing)
    return pairing


@transaction.atomic
def decline(pairing: Pairing, side: str, *, by: User | None = None) -> Pairing:
    """One side says no: the other hears it kindly, and learns no name."""
    pairing = locked(pairing)
    pairing.decline(side)
    data = {pairing._meta.model_name: pairing.pk, "side": side}
    record(
        "installation.pairing.declined", subject=pairing.request, actor=by, data=data
    )
    offer_letters.declined(pairing)
    return pairing


@transaction.atomic
def end(pairing: Pairing, *, by: User) -> Pairing:
    """The two no longer need each other, or us: the mentor has room again."""
    pairing = locked(pairing)
    pairing.end()
    data = {pairing._meta.model_name: pairing.pk}
    record("installation.pairing.ended", subject=pairing.request, actor=by, data=data)
    return pairing
