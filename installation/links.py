"""What the links of our e-mails open, and for how long."""

from datetime import timedelta

from django.urls import reverse

from casework.links import LinkScope
from installation import partners


def _resume(draft) -> str:
    if draft.is_draft:
        return reverse("installation:request-resume", args=[draft.pk])
    return reverse("installation:dossier-detail", args=[draft.reference])


def _complete(request) -> str:
    return reverse("installation:dossier-complete", args=[request.reference])


SCOPES = {
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
    ),
    "installation.complete": LinkScope(
        title="Compléter votre demande",
        redirect=_complete,
        valid_for=timedelta(days=30),
    ),
    "installation.resume": LinkScope(
        title="Reprendre votre demande",
        redirect=_resume,
        valid_for=timedelta(days=30),
    ),
}
