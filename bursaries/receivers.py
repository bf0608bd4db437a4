"""News from below: somebody wants to leave, or has left; a file is not safe."""

from django.dispatch import receiver

from accounts.signals import account_closing, person_emptied
from bursaries import retention
from bursaries.actions import agreements
from bursaries.models import Agreement, ApplicationPiece, BursaryApplication, Deed
from documents import examining
from documents.signals import document_quarantined, signed_document_filed


@receiver(account_closing)
def refuse_while_open(sender, user, person, **kwargs) -> list[str]:
    """Someone is still working on it: withdraw first."""
    return [
        f"Votre demande {application.reference} est en cours : retirez-la d'abord, "
        "depuis votre espace."
        for application in BursaryApplication.objects.open().of(person).order_by("pk")
    ]


@receiver(account_closing)
def refuse_while_bound(sender, user, person, **kwargs) -> list[str]:
    """An agreement binds both: its account stays until it ends."""
    return [
        f"Votre convention {agreement.reference} est en cours : votre compte sert à "
        "la suivre. Appelez le guichet."
        for agreement in Agreement.objects.running().of(person)
    ]


@receiver(person_emptied)
def forget_applications(sender, person, **kwargs) -> None:
    retention.forget_person(person)
    retention.forget_accounts(person)


@receiver(document_quarantined)
def send_back(sender, document, **kwargs) -> None:
    examining.send_back_quarantined(ApplicationPiece, document)


@receiver(signed_document_filed)
def tell_the_deed_is_signed(sender, request, **kwargs) -> None:
    deed = Deed.objects.filter(circuit=request).select_related("agreement").first()
    if deed:
        agreements.signed(deed)
