"""The e-mails of a dossier: who is told what, and the link each one carries."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from casework import links
from casework.actions import stand_in_for
from casework.audience import desk_addresses
from casework.outbox import File, post
from installation.models import Exchange, InstallationRequest
from territory.models import Desk

FOLLOW = "installation.follow"
COMPLETE = "installation.complete"
RESUME = "installation.resume"


def in_charge_addresses(request: InstallationRequest) -> list[str]:
    """Whoever follows the dossier today; the desk when nobody does."""
    if request.case_worker is None:
        return desk_addresses()
    return [stand_in_for(request.case_worker, timezone.localdate()).email]


def admin_url(request: InstallationRequest) -> str:
    path = reverse("admin:installation_installationrequest_change", args=[request.pk])
    return f"{settings.SITE_URL}{path}"


def greeted(request: InstallationRequest) -> str:
    """« docteure Caubet » as they chose to be called, else their whole name."""
    if request.title and request.last_name:
        return f"{request.get_title_display()} {request.last_name}"
    return request.full_name


def reached_at(worker: User) -> str:
    """The number of whoever follows the dossier, else how to reach the desk."""
    desk = Desk.objects.current()
    phone = worker.person.phone
    return (phone.as_national if phone else desk.phone) or desk.email or worker.email


def resume_link(draft: InstallationRequest) -> None:
    token = links.issue(RESUME, draft, to_email=draft.email)
    valid_until = timezone.localdate() + links.scopes()[RESUME].valid_for
    post(
        # The same draft sends one link for each time it was saved, not each click.
        f"installation.resume:{draft.pk}:{draft.saved_at:%Y%m%d%H%M%S%f}",
        to=draft.email,
        template="installation.resume",
        context={
            "personne": greeted(draft),
            "lien": links.url(token),
            "validite": valid_until,
        },
        about=draft,
        secret=True,
    )


def receipt(request: InstallationRequest, receipt) -> None:
    kind = "question-receipt" if request.is_question else "receipt"
    to_applicant(
        request,
        f"installation.receipt:{request.pk}",
        f"installation.{kind}",
        {
            "texte": receipt.text,
            "avant_le": request.next_action_on,
            "sujet": request.get_kind_display(),
        },
    )


def registered(request: InstallationRequest, receipt) -> None:
    """What the desk wrote down for somebody: their receipt, and how to complete it."""
    desk = Desk.objects.current()
    worker = request.case_worker
    to_applicant(
        request,
        f"installation.receipt:{request.pk}",
        "installation.registered",
        {
            "texte": receipt.text,
            "agent": worker.get_full_name() if worker else desk.service_name,
            "numero": reached_at(worker) if worker else desk.phone or desk.email,
            "le": request.next_action_on,
        },
        scope=COMPLETE,
    )


def completed(request: InstallationRequest, entry) -> None:
    for address in in_charge_addresses(request):
        post(
            f"installation.completed:{entry.pk}:{address}",
            to=address,
            template="installation.completed",
            context={
                "reference": request.reference,
                "nom": request.full_name,
                "lien": admin_url(request),
            },
            about=request,
        )


def merged(request: InstallationRequest, absorbed: InstallationRequest, entry) -> None:
    to_applicant(
        request,
        f"installation.merged:{entry.pk}",
        "installation.merged",
        {"autre": absorbed.reference, "le": request.next_action_on},
    )


def new_request(request: InstallationRequest) -> None:
    for address in desk_addresses():
        post(
            f"installation.new:{request.pk}:{address}",
            to=address,
            template="installation.new-request",
            context={
                "reference": request.reference,
                "nom": request.full_name,
                "nature": request.get_kind_display(),
                "avant_le": request.next_action_on,
                "lien": admin_url(request),
            },
            about=request,
        )


def case_worker(request: InstallationRequest, entry) -> None:
    to_applicant(
        request,
        f"installation.case-worker:{entry.pk}",
        "installation.case-worker",
        {
            "agent": request.case_worker.get_full_name(),
            "le": request.next_action_on,
            "numero": reached_at(request.case_worker),
        },
    )


def handed_over(request: InstallationRequest, entry) -> None:
    to = stand_in_for(request.case_worker, timezone.localdate())
    post(
        f"installation.handed-over:{entry.pk}",
        to=to.email,
        template="installation.handed-over",
        context={
            "reference": request.reference,
            "nom": request.full_name,
            "agent": entry.actor.get_full_name() if entry.actor else "Le guichet",
            "suite": request.next_action,
            "le": request.next_action_on,
            "lien": admin_url(request),
        },
        about=request,
    )


def message(request: InstallationRequest, exchange: Exchange) -> None:
    asked = bool(request.expected)
    context = {"agent": exchange.author.get_full_name(), "texte": exchange.body}
    if asked:
        context |= {"attendu": request.expected, "avant_le": request.expected_by}
    to_applicant(
        request,
        f"installation.message:{exchange.pk}",
        "installation.message-expecting" if asked else "installation.message",
        context,
    )


def answered(request: InstallationRequest, entry, *, by_name: str = "") -> None:
    """Somebody wrote: whoever asked, or of their family, by name."""
    for address in in_charge_addresses(request):
        post(
            f"installation.answered:{entry.pk}:{address}",
            to=address,
            template="installation.answered",
            context={
                "reference": request.reference,
                "nom": by_name or request.full_name,
                "avant_le": request.next_action_on,
                "lien": admin_url(request),
            },
            about=request,
        )


def paused(request: InstallationRequest, entry) -> None:
    to_applicant(
        request,
        f"installation.paused:{entry.pk}",
        "installation.paused",
        {"jusqu_au": request.paused_until},
    )


def closed(request: InstallationRequest, entry) -> None:
    to_applicant(
        request,
        f"installation.closed:{entry.pk}",
        "installation.closed",
        {"mot": request.closing_sentence or "Votre accompagnement se termine."},
    )


def reopened(request: InstallationRequest, entry) -> None:
    to_applicant(
        request,
        f"installation.reopened:{entry.pk}",
        "installation.reopened",
        {
            "agent": request.case_worker.get_full_name(),
            "le": request.next_action_on,
        },
    )


def withdrawn(request: InstallationRequest, entry) -> None:
    to_applicant(
        request, f"installation.withdrawn:{entry.pk}", "installation.withdrawn", {}
    )
    for address in in_charge_addresses(request):
        post(
            f"installation.withdrawn:{entry.pk}:{address}",
            to=address,
            template="installation.withdrawn-desk",
            context={
                "reference": request.reference,
                "nom": request.full_name,
                "lien": admin_url(request),
            },
            about=request,
        )


def before_purge(request: InstallationRequest, purge_on) -> None:
    to_applicant(
        request,
        f"installation.before-purge:{request.pk}:{purge_on}",
        "installation.before-purge",
        {"le": purge_on},
    )


def quarantined(attachment) -> None:
    request = attachment.request
    for address in in_charge_addresses(request):
        post(
            f"installation.quarantined:{attachment.pk}:{address}",
            to=address,
            template="installation.quarantined",
            context={
                "reference": request.reference,
                "nom": request.full_name,
                "lien": admin_url(request),
            },
            about=request,
        )


def to_applicant(
    request: InstallationRequest,
    key: str,
    template: str,
    context: dict,
    *,
    scope: str = FOLLOW,
    attachments: Iterable[File] = (),
) -> None:
    """One message to whoever asked; nobody without an address is written to.

    The owner of an account signs in; anyone else gets a link to this dossier only,
    and the message that carries it is sealed.
    """
    if not request.contact_email:
        return
    post(
        key,
        to=request.contact_email,
        template=template,
        context={**access(request, scope=scope), **context},
        about=request,
        secret=not request.applicant.has_login,
        attachments=attachments,
    )


def access(request: InstallationRequest, *, scope: str = FOLLOW) -> dict:
    """What every message to whoever asked says: who, which dossier, how to open it."""
    declared = links.scopes()[scope]
    url = f"{settings.SITE_URL}{declared.redirect(request)}"
    how = "Ce lien ouvre votre espace : entrez avec votre compte."
    if not request.applicant.has_login:
        token = links.issue(scope, request, to_email=request.contact_email)
        url = links.url(token)
        last_day = timezone.localdate() + declared.valid_for
        how = (
            f"Ce lien est valable jusqu'au {date_format(last_day, 'j F Y')}. Ensuite, "
            "il en propose un nouveau."
        )
    return {
        "personne": greeted(request),
        "reference": request.reference,
        "lien": url,
        "acces": how,
    }
