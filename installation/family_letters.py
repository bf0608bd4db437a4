"""The e-mails of the family side: to who was invited, and about them."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from casework import links
from casework.outbox import post
from installation import letters
from installation.family import SCOPE, author_of
from installation.models import Exchange, FamilyAccess, InstallationRequest


def invitation(access: FamilyAccess, entry) -> None:
    """The link itself, always: it proves that the address is theirs."""
    token = links.issue(SCOPE, access, to_email=access.invited_email)
    post(
        f"installation.family-invitation:{entry.pk}",
        to=access.invited_email,
        template="installation.family-invitation",
        context={
            "personne": access.invited_name,
            "nom": access.request.full_name,
            "lien": links.url(token),
            "validite": timezone.localdate() + links.scopes()[SCOPE].valid_for,
        },
        about=access.request,
        secret=True,
    )


def accepted(access: FamilyAccess, entry) -> None:
    _to_applicant(access, entry, "family-accepted")


def left(access: FamilyAccess, entry) -> None:
    _to_applicant(access, entry, "family-left")


def ended(access: FamilyAccess, entry) -> None:
    """No link: there is nothing left to open."""
    post(
        f"installation.family-ended:{entry.pk}",
        to=access.contact_email,
        template="installation.family-ended",
        context={
            "personne": access.shown_name,
            "nom": access.request.full_name,
        },
        about=access.request,
    )


def message(request: InstallationRequest, exchange: Exchange) -> None:
    """Everybody of the family side but whoever wrote; the desk tells the applicant."""
    if exchange.family_access_id:
        letters.to_applicant(
            request,
            f"installation.family-message:{exchange.pk}",
            "installation.message",
            {"agent": author_of(exchange, request), "texte": exchange.body},
        )
    for access in request.family_accesses.accepted().select_related("person"):
        if access.pk != exchange.family_access_id:
            _to_guest(
                access,
                f"installation.family-message:{exchange.pk}:{access.pk}",
                "installation.family-message",
                {"agent": author_of(exchange, request), "texte": exchange.body},
            )


def updated(request: InstallationRequest, entry, access: FamilyAccess | None) -> None:
    for address in letters.in_charge_addresses(request):
        post(
            f"installation.family-updated:{entry.pk}:{address}",
            to=address,
            template="installation.family-updated",
            context={
                "reference": request.reference,
                "nom": access.shown_name if access else request.full_name,
                "lien": letters.admin_url(request),
            },
            about=request,
        )


def _to_applicant(access: FamilyAccess, entry, template: str) -> None:
    letters.to_applicant(
        access.request,
        f"installation.{template}:{entry.pk}",
        f"installation.{template}",
        {"nom": access.shown_name},
    )


def _to_guest(access: FamilyAccess, key: str, template: str, context: dict) -> None:
    """The owner of an account signs in; anyone else gets a link to this side only."""
    path = reverse("installation:family-detail", args=[access.request.reference])
    url = f"{settings.SITE_URL}{path}"
    how = "Ce lien ouvre votre espace : entrez avec votre compte."
    needs_link = not access.person.has_login
    if needs_link:
        url = links.url(links.issue(SCOPE, access, to_email=access.contact_email))
        last_day = timezone.localdate() + links.scopes()[SCOPE].valid_for
        how = (
            f"Ce lien est valable jusqu'au {date_format(last_day, 'j F Y')}. Ensuite, "
            "il en propose un nouveau."
        )
    post(
        key,
        to=access.contact_email,
        template=template,
        context={"personne": access.shown_name, "lien": url, "acces": how, **context},
        about=access.request,
        secret=needs_link,
    )
