import functools
import hashlib

import factory
from django.core.files.base import ContentFile

from documents import rendering, signing
from documents.models import Document, SignatureRequest
from tests.documents import samples


class DocumentFactory(factory.django.DjangoModelFactory):
    """A clean one-page PDF, with its bytes in the storage."""

    class Meta:
        model = Document

    class Params:
        content = factory.LazyFunction(samples.pdf)
        held = factory.Trait(scan_state=Document.ScanState.HELD)
        quarantined = factory.Trait(
            scan_state=Document.ScanState.QUARANTINED, threat="Eicar-Test-Signature"
        )

    name = factory.Sequence(lambda n: f"attestation-{n}.pdf")
    media_type = Document.MediaType.PDF
    size = factory.LazyAttribute(lambda o: len(o.content))
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.content).hexdigest())
    file = factory.LazyAttribute(lambda o: ContentFile(o.content, "sent.pdf"))


@functools.cache
def produced_pdf() -> bytes:
    """A page as the portal makes them, tagged and archivable."""
    return rendering.pdf("documents/pdf/base.html", {})


def open_circuit(**options) -> SignatureRequest:
    """A produced page, put to the signature of an owner and a tenant."""
    parties = [
        signing.Party("Mairie de Nérac", "propriétaire"),
        signing.Party("Léa Marty", "locataire", email="lea@example.org"),
    ]
    defaults = {
        "nature": "État des lieux d'entrée",
        "title": "État des lieux d'entrée, Léa Marty",
        "parties": parties,
    }
    document = options.pop("document", None) or DocumentFactory(content=produced_pdf())
    return signing.open_circuit(document, **defaults | options)
