"""What a partner does from its page, beside the moves of `actions.referrals`."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from casework.journal import record
from casework.locking import locked
from casework.models import AccessLink
from installation import partner_letters, partners
from installation.actions import referrals
from installation.models import Referral, ReferralMessage
from territory.models import Organisation

# An end clicked by mistake may be taken back for that long.
SECOND_THOUGHTS = timedelta(days=1)
# Links asked from the door, for one partner, within an hour.
LINKS = 3
OVER = "Ce besoin ne vous est plus confié : il n'y a plus rien à faire."

Side = ReferralMessage.Side


@transaction.atomic
def answer(
    referral: Referral,
    body: str,
    *,
    signature: str = "",
    by: User | None = None,
    submission: UUID | None = None,
) -> ReferralMessage:
    """The partner writes to the person, and so takes the need in hand."""
    referral = locked(referral)
    if known := _already_written(submission):
        return known
    _require_readable(referral)
    if referral.allows("take"):
        referral.take()
        _record("taken", referral, by)
    message = _write(referral, Side.PARTNER, body, by, signature, submission)
    _record("partner_wrote", referral, by)
    partner_letters.answered(message)
    return message


@transaction.atomic
def reply(
    referral: Referral,
    body: str,
    *,
    by: User | None = None,
    submission: UUID | None = None,
) -> ReferralMessage:
    """The person writes back; the partner is told, and reads it on its page."""
    referral = locked(referral)
    if known := _already_written(submission):
        return known
    _require_readable(referral)
    message = _write(referral, Side.PERSON, body, by, "", submission)
    _record("person_wrote", referral, by)
    partner_letters.replied(message)
    return message


@transaction.atomic
def desk_word(
    referral: Referral,
    body: str,
    *,
    by: User,
    submission: UUID | None = None,
) -> ReferralMessage:
    """The desk writes in the thread; the partner is told, the person reads it too."""
    referral = locked(referral)
    if known := _already_written(submission):
        return known
    if not partners.is_readable(referral):
        raise ValidationError(
            "Ce partenaire n’a plus ce besoin en main, ou la personne a retiré son "
            "accord : votre message n’est pas parti.",
            code="over",
        )
    message = _write(referral, Side.DESK, body, by, "", submission)
    _record("desk_wrote", referral, by)
    partner_letters.replied(message)
    return message


def may_undo(referral: Referral) -> bool:
    """A partner's own end, a day old at most."""
    return (
        referral.allows("reopen")
        and referral.ended_at > timezone.now() - SECOND_THOUGHTS
        and referral.consent.is_active
        and referral.need.is_kept
        and referral.need.request.is_open
    )


@transaction.atomic
def undo(referral: Referral, *, by: User | None = None) -> Referral:
    """Take back an end clicked by mistake."""
    referrals.locked_need(referral.need)
    referral = locked(referral)
    if not may_undo(referral):
        raise ValidationError(
            "Une réponse se reprend dans la journée, tant que le dossier est ouvert. "
            "Appelez le guichet : il peut la reprendre avec vous."
        )
    return referrals.reopen(referral, by=by)


@transaction.atomic
def send_link(address: str) -> int:
    """A new link for each partner of a known address that has something in hand."""
    address = address.strip().lower()
    mine = Q(email__iexact=address) | Q(
        contacts__email__iexact=address, contacts__is_active=True
    )
    organisations = Organisation.objects.active().filter(
        mine, referrals__in=partners.readable(Referral.objects.all())
    )
    an_hour_ago = timezone.now() - timedelta(hours=1)
    sent = 0
    for organisation in organisations.distinct():
        recent = AccessLink.objects.about(organisation).filter(
            scope=partners.BASKET, to_email=address, created_at__gte=an_hour_ago
        )
        if recent.count() < LINKS:
            partner_letters.new_link(organisation, address, key=str(uuid4()))
            sent += 1
    return sent


def _require_readable(referral: Referral) -> None:
    if not partners.is_readable(referral):
        raise ValidationError(OVER, code="over")


def _already_written(submission: UUID | None) -> ReferralMessage | None:
    if submission is None:
        return None
    return ReferralMessage.objects.filter(submission=submission).first()


def _write(
    referral: Referral,
    side: str,
    body: str,
    author: User | None,
    signature: str,
    submission: UUID | None,
) -> ReferralMessage:
    body = body.strip()
    if not body:
        raise ValidationError("Écrivez votre message.")
    return referral.messages.create(
        side=side,
        body=body,
        author=author,
        signature=signature.strip(),
        submission=submission,
    )


def _record(happened: str, referral: Referral, by: User | None) -> None:
    record(
        f"installation.referral.{happened}",
        subject=referral.need.request,
        actor=by,
        data={"referral": referral.pk, "organisation": referral.organisation_id},
    )
