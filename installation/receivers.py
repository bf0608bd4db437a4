"""News from accounts: somebody wants to leave, or has left."""

from django.dispatch import receiver

from accounts.signals import account_closing, consent_withdrawn, person_emptied
from documents import examining
from documents.signals import document_quarantined
from installation import aid_keeping, letters, offer_keeping, retention
from installation.actions import family, referrals
from installation.models import AidPiece, AidRequest, Attachment, InstallationRequest


@receiver(account_closing)
def refuse_while_open(sender, user, person, **kwargs) -> list[str]:
    """Someone is still working on it: withdraw first."""
    open_requests = InstallationRequest.objects.open().of(person)
    return [
        f"Votre demande {request.reference} est en cours : retirez-la d'abord, depuis "
        "votre espace."
        for request in [
            *open_requests.order_by("pk"),
            *AidRequest.objects.open().of(person).order_by("pk"),
        ]
    ]


@receiver(person_emptied)
def forget_requests(sender, person, **kwargs) -> None:
    InstallationRequest.objects.drafts().of(person).delete()
    for request in InstallationRequest.objects.of(person).filter(forgotten_at=None):
        retention.forget(request)
    family.forget_person(person)
    aid_keeping.forget_person(person)
    offer_keeping.forget_person(person)


@receiver(document_quarantined)
def tell_desk(sender, document, **kwargs) -> None:
    attachment = (
        Attachment.objects.filter(document=document)
        .select_related("request__case_worker__person", "request__applicant")
        .first()
    )
    if attachment:
        letters.quarantined(attachment)
    examining.send_back_quarantined(AidPiece, document)


@receiver(consent_withdrawn)
def stop_sharing(sender, consent, by, **kwargs) -> None:
    """R-50: whatever ran under this agreement ends in the same transaction."""
    referrals.on_withdrawal(consent, by=by)
