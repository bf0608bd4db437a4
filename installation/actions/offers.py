"""What people do with offers of practice, and with what they find in them."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from casework.journal import record
from casework.locking import locked
from installation import offer_letters
from installation.actions import requests
from installation.models import (
    InstallationRequest,
    Interest,
    Introduction,
    PracticeOffer,
)
from installation.wording import interest_wording
from listings import actions as listing_actions


@transaction.atomic
def write(offer: PracticeOffer, *, by: User | None, send: bool) -> PracticeOffer:
    """Keep what its author wrote; on line, it goes back to be read again."""
    was_running = bool(offer.pk) and offer.is_running
    if offer.pk:
        known = locked(offer)
        if not known.is_editable:
            raise ValidationError("Cette offre est retirée : écrivez-en une autre.")
        offer.state = known.state
    offer.save()
    record("installation.offer.written", subject=offer, actor=by)
    waits = offer.state == PracticeOffer.State.SUBMITTED
    if (send or was_running) and not waits:
        return listing_actions.submit(offer, by=by)
    return offer


@transaction.atomic
def express_interest(
    offer: PracticeOffer,
    request: InstallationRequest,
    *,
    word: str = "",
    shares_contact: bool = False,
    by: User | None = None,
) -> Interest:
    """Note it in the dossier: the desk is told, the author only with their consent.

    A confidential offer opens an introduction instead: each side says yes first.
    """
    offer = locked(offer)
    if not offer.is_published:
        raise ValidationError("Cette offre n'est plus en ligne.")
    if offer.owner_id and offer.owner_id == request.applicant_id:
        raise ValidationError("Cette offre est la vôtre.")
    wording = interest_wording(offer) if shares_contact else ""
    interest, created = Interest.objects.get_or_create(
        offer=offer,
        person=request.applicant,
        defaults={"request": request, "wording": wording},
    )
    if not created:
        return interest
    said = f"Cette offre m’intéresse : {offer.title} ({offer.place})."
    requests.answer(request, f"{said}\n\n{word}".strip(), by=by)
    record(
        "installation.offer.interested",
        subject=request,
        actor=by,
        data={"offer": offer.pk},
    )
    if offer.is_confidential:
        _introduce(interest)
    elif shares_contact:
        offer_letters.interested(interest)
    return interest


def _introduce(interest: Interest) -> None:
    introduction = Introduction.objects.create(
        offer=interest.offer, guest=interest.person, request=interest.request
    )
    record(
        "installation.pairing.proposed",
        subject=interest.request,
        data={"introduction": introduction.pk},
    )
    if interest.shares_contact:
        introduction.accept(Introduction.Side.GUEST)
    else:
        offer_letters.ask(introduction, Introduction.Side.GUEST)
    offer_letters.ask(introduction, Introduction.Side.HOST)
