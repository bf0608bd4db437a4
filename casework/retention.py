"""How long messages are kept, and what casework knows of a person."""

from datetime import date, timedelta

from accounts.models import Person
from accounts.retention import Rule
from casework.models import Message, Receipt

MESSAGE_DAYS = 183


def messages_without_dossier(day: date):
    """Codes, sign-in links, letters to the desk: they have served."""
    limit = day - timedelta(days=MESSAGE_DAYS)
    settled = Message.objects.exclude(state=Message.State.OWED)
    return settled.filter(content_type=None, created_at__date__lte=limit)


RULES = [
    Rule(
        key="casework.message-without-dossier",
        label="Courriels sans dossier, six mois après leur envoi",
        queryset=messages_without_dossier,
        purge=lambda message: message.delete(),
        needs_archives_visa=False,
    )
]


def export(person: Person) -> dict:
    receipts = Receipt.objects.filter(person=person)
    sent = Message.objects.none()
    if person.email:
        sent = Message.objects.filter(recipient__iexact=person.email)
    return {
        "accusés de réception": [
            {
                "référence": receipt.reference,
                "demande": receipt.title,
                "reçue le": receipt.received_at,
                "texte": receipt.text,
            }
            for receipt in receipts
        ],
        "courriels": [
            {
                "objet": message.subject,
                "écrit le": message.created_at,
                "envoyé le": message.sent_at,
                "texte": message.text,
            }
            for message in sent
        ],
    }
