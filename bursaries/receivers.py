"""News from below: somebody wants to leave, or has left; a file is not safe."""

from django.dispatch import receiver

from accounts.signals import account_closing, person_emptied
from bursaries import retention
from bursaries.models import ApplicationPiece, BursaryApplication
from documents import examining
from documents.signals import document_quarantined


@receiver(account_closing)
def refuse_while_open(sender, user, person, **kwargs) -> list[str]:
    """Someone is still working on it: withdraw first."""
    return [
        f"Votre demande {application.reference} est en cours : retirez-la d'abord, "
        "depuis votre espace."
        for application in BursaryApplication.objects.open().of(person).order_by("pk")
    ]


@receiver(person_emptied)
def forget_applications(sender, person, **kwargs) -> None:
    retention.forget_person(person)


@receiver(document_quarantined)
def send_back(sender, document, **kwargs) -> None:
    examining.send_back_quarantined(ApplicationPiece, document)
