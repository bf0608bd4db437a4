"""What the links of our e-mails open, and for how long."""

from datetime import timedelta

from django.urls import reverse

from casework.links import LinkScope
from installation import offer_letters, partners
from installation.actions import settlements
from installation.family import SCOPE as FAMILY
from installation.following_letters import PRESENT, STILL_HERE
from installation.models import FollowUp


def _resume(draft) -> str:
    if draft.is_draft:
        return reverse("installation:request-resume", args=[draft.pk])
    return reverse("installation:dossier-detail", args=[draft.reference])


def _complete(request) -> str:
    return reverse("installation:dossier-complete", args=[request.reference])


def _applicant(request) -> list[str]:
    """A mailbox that was mistyped, then corrected, opens nothing any more."""
    return [request.contact_email]


def _asked(follow_up) -> list[str]:
    return _applicant(follow_up.settlement.request)


def _pairing(kind: str, side: str) -> tuple[str, LinkScope]:
    """One side of an introduction or a mentorship: it answers for itself alone."""
    return f"installation.{kind}-{side}", LinkScope(
        title="Être mis ou mise en relation",
        redirect=lambda pairing: pairing.page_url(side),
        valid_for=timedelta(days=60),
        button="Voir et répondre",
        # Whoever an offer named before does not learn who is interested.
        addresses=lambda pairing: [offer_letters.address_of(pairing, side)],
    )


def _presence(follow_up) -> str:
    return reverse("installation:presence", args=[follow_up.pk])


SCOPES = {
    PRESENT: LinkScope(
        title="Toujours là ?",
        redirect=_presence,
        valid_for=timedelta(days=60),
        button="Répondre",
        addresses=_asked,
    ),
    STILL_HERE: LinkScope(
        title="Toujours là ?",
        redirect=_presence,
        valid_for=timedelta(days=60),
        button="Oui, toujours là",
        act=lambda follow_up: settlements.answer(
            follow_up, FollowUp.Answer.YES, by=None
        ),
        addresses=_asked,
    ),
    FAMILY: LinkScope(
        title="Le côté famille d’un dossier",
        redirect=lambda access: reverse(
            "installation:family-detail", args=[access.request.reference]
        ),
        valid_for=timedelta(days=30),
        button="Ouvrir",
        # Once the access has ended, its links open nothing and are not replaced.
        addresses=lambda access: (
            [access.invited_email, access.contact_email] * access.is_open
        ),
    ),
    **dict(
        _pairing(kind, side)
        for kind in ("introduction", "mentorship")
        for side in ("host", "guest")
    ),
    partners.BASKET: LinkScope(
        title="Les besoins qui vous sont confiés",
        redirect=lambda organisation: reverse(
            "installation:partner-basket", args=[organisation.pk]
        ),
        valid_for=timedelta(days=30),
        button="Voir les besoins",
        addresses=partners.known_addresses,
    ),
    "installation.follow": LinkScope(
        title="Suivre votre demande",
        redirect=lambda request: request.get_absolute_url(),
        valid_for=timedelta(days=30),
        addresses=_applicant,
    ),
    "installation.complete": LinkScope(
        title="Compléter votre demande",
        redirect=_complete,
        valid_for=timedelta(days=30),
        addresses=_applicant,
    ),
    "installation.resume": LinkScope(
        title="Reprendre votre demande",
        redirect=_resume,
        valid_for=timedelta(days=30),
        addresses=lambda draft: [draft.email],
    ),
}
