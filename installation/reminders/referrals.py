"""Partners who do not answer: told twice, then called by the desk.

What one partner has in hand makes one fact, known by its oldest need, so that it gets
one reminder and not one a dossier.
"""

from collections.abc import Callable, Iterator
from datetime import date

from django.utils import timezone

from casework.audience import desk_addresses
from casework.ladders import Due, Ladder, Step
from casework.models import LadderStep
from installation import partner_letters, partners
from installation.models import Referral

Audience = LadderStep.Audience


def unanswered(day: date) -> Iterator[Due]:
    """Handed over, and no sign came back."""
    for basket in partners.baskets(day):
        if basket.unanswered:
            oldest = basket.unanswered[0]
            since = timezone.localdate(oldest.sent_at)
            yield _due(basket, oldest, since, basket.unanswered)


def silent(day: date) -> Iterator[Due]:
    """Taken in hand, and not a word since."""
    for basket in partners.baskets(day):
        taken = [one for one in basket.referrals if one.state == Referral.State.TAKEN]
        if taken:
            quietest = min(taken, key=lambda one: (one.last_sign_at, one.pk))
            since = timezone.localdate(quietest.last_sign_at)
            yield _due(basket, quietest, since, taken)


def _due(
    basket: partners.Basket, subject: Referral, since: date, referrals: list[Referral]
) -> Due:
    return Due(
        subject,
        since,
        {
            Audience.PARTNER: [basket.to.address] if basket.to.address else [],
            Audience.DESK: desk_addresses(),
        },
        _context(basket, since, referrals),
    )


def _context(
    basket: partners.Basket, since: date, referrals: list[Referral]
) -> Callable[[str], dict]:
    said = {
        "organisme": basket.organisation.name,
        "interlocuteur": basket.to.name,
        "numero": basket.to.phone or "numéro à trouver",
        "liste": partner_letters.listed(referrals),
        "depuis": since,
    }

    def written_to(address: str) -> dict:
        """A link of its own for the partner, the back-office for the desk."""
        if address == basket.to.address:
            return said | partner_letters.access(basket.organisation, address)
        return said | {"lien": partner_letters.organisation_url(basket.organisation)}

    return written_to


LADDERS = [
    Ladder(
        key=partner_letters.LADDER,
        title="Partenaire qui n'a pas répondu",
        due=unanswered,
        steps=(
            Step(5, Audience.PARTNER, "installation.reminder-partner"),
            Step(10, Audience.PARTNER, "installation.reminder-partner"),
            Step(20, Audience.DESK, "installation.reminder-partner-call"),
        ),
    ),
    Ladder(
        key="installation.referral-silent",
        title="Partenaire sans nouvelles depuis qu'il s'en occupe",
        due=silent,
        steps=(
            Step(20, Audience.PARTNER, "installation.reminder-partner-taken"),
            Step(30, Audience.DESK, "installation.reminder-partner-call"),
        ),
    ),
]
