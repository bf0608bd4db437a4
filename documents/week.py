from django.urls import reverse
from django.utils import timezone

from accounts import roles
from casework.week import Line
from documents.models import Document


def lines(user, day):
    """Files the scanner blocked: somebody tells the sender, then discards them."""
    if not roles.is_desk(user):
        return
    for document in Document.objects.quarantined():
        yield Line(
            due_on=timezone.localdate(document.created_at),
            title="Supprimer un fichier bloqué par l'antivirus",
            url=reverse("admin:documents_document_change", args=[document.pk]),
            detail=f"{document.name} : {document.threat}",
            state="blocked",
        )
