"""The e-mails of placements: noted, cancelled, and looked back on once over."""

from django.urls import reverse

from casework import links
from casework.days import said
from casework.outbox import post
from internships.interest_letters import site_url
from internships.models import Placement

SCOPE = "internships.assessment"


def about(placement: Placement) -> dict:
    return {
        "personne": placement.person.full_name,
        "stage": placement.get_kind_display(),
        "terrain": placement.where,
        "debut": said(placement.period.lower),
        "fin": said(placement.last_on),
    }


def noted(placement: Placement) -> None:
    if placement.person.email:
        post(
            f"internships.placement-noted:{placement.pk}",
            to=placement.person.email,
            template="internships.placement-noted",
            context=about(placement) | {"lien": site_url(placement.get_absolute_url())},
            about=placement,
        )


def cancelled(placement: Placement) -> None:
    """Both sides: whoever cancelled keeps a trace of it."""
    context = about(placement) | {"motif": placement.cancelled_because}
    if placement.person.email:
        post(
            f"internships.placement-cancelled:{placement.pk}",
            to=placement.person.email,
            template="internships.placement-cancelled",
            context=context | {"lien": site_url(reverse("internships:my-placements"))},
            about=placement,
        )
    if host := host_address(placement):
        post(
            f"internships.placement-cancelled-host:{placement.pk}",
            to=host,
            template="internships.placement-cancelled-host",
            context=context,
            about=placement,
        )


def host_address(placement: Placement) -> str:
    """Who received the interest; a declared arrival told no host."""
    if placement.interest_id is None:
        return ""
    return placement.interest.offer.contact_email


def assessment(placement: Placement, address: str) -> dict:
    """What the message of the ladder says, with a link of its own."""
    token = links.issue(SCOPE, placement, to_email=address)
    return about(placement) | {"lien": links.url(token)}
