import hashlib

import factory
from django.core.files.base import ContentFile

from documents.models import Document
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
