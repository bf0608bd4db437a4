"""The e-mails of a partner; `partner_weekly` writes the one of each week.

They name nobody: what one may read of a person stands on the page, behind the link.
"""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from casework import links, workdays
from casework.locking import locked
from casework.models import LadderStep
from casework.outbox import post
from installation import letters, partners
from installation.models import Referral, ReferralMessage
from territory.models import Organisation

LADDER = "installation.referral-unanswered"
# Working days to answer, when the desk has emptied its ladder.
ANSWER_DAYS = 5


def referral_sent(referral: Referral, *, urgent: bool = False) -> None:
    """Tell the partner at once, unless it has others in hand: then this week's letter
    tells it, with the rest."""
    # Two needs sent together are told one after the other.
    organisation = locked(referral.organisation)
    others = Referral.objects.running().filter(organisation=organisation)
    if others.exclude(pk=referral.pk).exists() and not urgent:
        return
    post(
        f"installation.referral-sent:{referral.pk}",
        to=referral.to_email,
        template="installation.referral-sent",
        context={
            "organisme": organisation.name,
            "sujet": referral.need.topic.name,
            "avant_le": answer_by(referral),
            **access(organisation, referral.to_email),
        },
        about=referral,
    )


def referral_over(referral: Referral) -> None:
    """It was taken back, or the person no longer agrees: why is not the partner's."""
    to = partners.reached(referral, timezone.localdate()).address
    if not to:
        return
    post(
        f"installation.referral-over:{referral.pk}:{referral.ended_at:%Y%m%d%H%M%S}",
        to=to,
        template="installation.referral-over",
        context={
            "organisme": referral.organisation.name,
            "sujet": referral.need.topic.name,
            "depuis": timezone.localdate(referral.sent_at),
        },
        about=referral,
    )


def replied(message: ReferralMessage) -> None:
    """The person answered, or the desk; what they wrote is read on the page."""
    referral = message.referral
    to = partners.reached(referral, timezone.localdate()).address
    if not to:
        return
    is_desk = message.side == ReferralMessage.Side.DESK
    post(
        f"installation.partner-reply:{message.pk}",
        to=to,
        template=f"installation.partner-{'desk-word' if is_desk else 'reply'}",
        context={
            "sujet": referral.need.topic.name,
            **access(referral.organisation, to),
        },
        about=referral,
    )


def answered(message: ReferralMessage) -> None:
    """To the person, in their own words; the partner's address stays its own."""
    referral = message.referral
    letters.to_applicant(
        referral.need.request,
        f"installation.partner-answered:{message.pk}",
        "installation.partner-answered",
        {
            "organisme": referral.organisation.name,
            "sujet": referral.need.topic.name,
            "texte": message.body,
        },
    )


def new_link(organisation: Organisation, address: str, key: str) -> None:
    post(
        f"installation.partner-link:{key}",
        to=address,
        template="installation.partner-link",
        context={"organisme": organisation.name, **access(organisation, address)},
        about=organisation,
    )


def access(organisation: Organisation, address: str) -> dict:
    """The link of a letter, and how long it lasts."""
    address = address.lower()
    token = links.issue(partners.BASKET, organisation, to_email=address)
    last_day = timezone.localdate() + links.scopes()[partners.BASKET].valid_for
    return {
        "lien": links.url(token),
        "acces": (
            "Ce lien est personnel et valable jusqu'au "
            f"{date_format(last_day, 'j F Y')}. Ensuite, il en propose un nouveau."
        ),
    }


def listed(referrals: Iterable[Referral]) -> str:
    """One line for each: topic, date, where it stands."""
    states = {Referral.State.SENT: "à prendre", Referral.State.TAKEN: "en main"}
    return "\n".join(
        f"{referral.need.topic.name}, transmis le "
        f"{date_format(timezone.localdate(referral.sent_at), 'j F Y')} : "
        f"{states[referral.state]}"
        for referral in referrals
    )


def answer_by(referral: Referral, days: int | None = None) -> date:
    """The day the first reminder would leave: until then, all is well."""
    sent_on = timezone.localdate(referral.sent_at)
    return workdays.add(sent_on, first_step_days() if days is None else days)


def first_step_days() -> int:
    steps = LadderStep.objects.filter(
        ladder=LADDER, is_active=True, audience=LadderStep.Audience.PARTNER
    )
    offsets = steps.order_by("offset_days").values_list("offset_days", flat=True)
    return next(iter(offsets[:1]), ANSWER_DAYS)


def organisation_url(organisation: Organisation) -> str:
    path = reverse("admin:territory_organisation_change", args=[organisation.pk])
    return f"{settings.SITE_URL}{path}"
