"""What documents knows of a person; how long it is kept, the journeys say."""

from accounts.models import Person
from documents.models import Signatory


def export(person: Person) -> dict:
    signed = Signatory.objects.filter(person=person).select_related("request")
    return {
        "signatures": [
            {
                "document": signatory.request.title,
                "qualité": signatory.capacity,
                "signé le": signatory.signed_at,
                "moyen": signatory.get_means_display(),
                "preuve": signatory.evidence,
            }
            for signatory in signed
        ]
    }
