"""Who stands behind a partner: the addresses it is written to, what it may open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts.models import Membership, User
from casework import links
from installation.models import OPEN_STATES, Referral, ReferralMessage, State
from territory.answering import who_answers
from territory.models import Contact, Organisation

BASKET = "installation.basket"


# --- Addresses -----------------------------------------------------------------------


def known_addresses(organisation: Organisation) -> set[str]:
    """Those a link may be sent to: the mailbox, and the contacts still there."""
    contacts = organisation.contacts.active().exclude(email="")
    addresses = [organisation.email, *contacts.values_list("email", flat=True)]
    return {address.lower() for address in addresses if address}


@dataclass(frozen=True)
class Reached:
    """Whom to write to, or call, about a referral today."""

    name: str
    address: str
    phone: str


def reached(referral: Referral, day: date) -> Reached:
    """Whoever it was sent to, else who answers for the topic, absences counted."""
    organisation = referral.organisation
    contacts = list(organisation.contacts.all())
    absences = [absence for contact in contacts for absence in contact.absences.all()]
    away = {absence.contact_id for absence in absences if day in absence.period}
    chosen = _named(contacts, referral.to_email)
    if chosen is None or chosen.pk in away:
        mailbox = organisation.email.lower()
        to_mailbox = chosen is None and mailbox and referral.to_email == mailbox
        answering = who_answers(contacts, absences, referral.need.topic, day)
        chosen = None if to_mailbox else answering.contact
    name = chosen.name if chosen else referral.contact_name
    address = (chosen and chosen.email) or organisation.email
    return Reached(
        name=name or organisation.name,
        address=address.lower(),
        phone=(chosen and chosen.phone) or organisation.phone,
    )


def _named(contacts: Iterable[Contact], address: str) -> Contact | None:
    for contact in contacts:
        if contact.is_active and contact.email and contact.email.lower() == address:
            return contact
    return None


# --- What is in their hands --------------------------------------------------------


@dataclass(frozen=True)
class Basket:
    """What one address of a partner has in hand, the oldest first."""

    organisation: Organisation
    to: Reached
    referrals: list[Referral]

    @property
    def unanswered(self) -> list[Referral]:
        return [one for one in self.referrals if one.state == Referral.State.SENT]

    @property
    def waiting(self) -> list[Referral]:
        """Those where the next word is the partner's."""
        return [one for one in self.referrals if awaits_partner(one)]


def baskets(day: date) -> list[Basket]:
    """What every partner has in hand, dossiers on pause and closed ones left out."""
    referrals = (
        readable(Referral.objects.all())
        .exclude(need__request__state=State.PAUSED)
        .filter(organisation__is_active=True)
        .select_related("need__topic", "organisation")
        .prefetch_related(
            "organisation__contacts__topics", "organisation__contacts__absences"
        )
    )
    found: dict[tuple[int, str], Basket] = {}
    for referral in with_last_words(referrals).order_by("sent_at", "pk"):
        to = reached(referral, day)
        known = found.setdefault(
            (referral.organisation_id, to.address),
            Basket(referral.organisation, to, []),
        )
        known.referrals.append(referral)
    return list(found.values())


def with_last_words(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Who wrote last, and when the partner last gave a sign."""
    words = ReferralMessage.objects.filter(referral=OuterRef("pk"))
    theirs = words.filter(side=ReferralMessage.Side.PARTNER).order_by()
    return referrals.annotate(
        last_side=Subquery(words.order_by("-created_at", "-pk").values("side")[:1]),
        last_sign_at=Greatest(
            "taken_at",
            Subquery(
                theirs.values("referral").annotate(at=Max("created_at")).values("at")
            ),
        ),
    )


def awaits_partner(referral: Referral) -> bool:
    """Not answered yet, or the person wrote last (`with_last_words`)."""
    return (
        referral.state == Referral.State.SENT
        or referral.last_side == ReferralMessage.Side.PERSON
    )


# --- What may be read ----------------------------------------------------------------


def readable(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Those whose fields may be shown: at work, agreed to, in an open dossier."""
    return referrals.running().filter(
        consent__withdrawn_at=None,
        need__dropped_at=None,
        need__request__state__in=OPEN_STATES,
    )


def is_readable(referral: Referral) -> bool:
    return (
        referral.is_running
        and referral.consent.is_active
        and referral.need.dropped_at is None
        and referral.need.request.is_open
    )


def organisations_of(request) -> QuerySet[Organisation]:
    """Those this browser acts for: by membership today, or by a link it opened.

    One that has closed reads nothing any more.
    """
    ids = links.scoped(request, BASKET)
    if request.user.is_authenticated:
        mine = memberships_of(request.user)
        ids = {*ids, *mine.values_list("organisation_id", flat=True)}
    return Organisation.objects.active().filter(pk__in=ids)


def memberships_of(user: User) -> QuerySet[Membership]:
    """An elected official is a member too, and reads no person's data."""
    running = Membership.objects.on(timezone.localdate())
    return running.filter(person_id=user.person_id).exclude(
        role=Membership.Role.ELECTED
    )
