"""The final file of a circuit, made once everybody has signed."""

from datetime import timedelta

from django.db import transaction

from casework.journal import record
from documents import binding, keeping, rendering, sealing
from documents.models import Document, SignatureRequest
from documents.signals import signed_document_filed

CONSENT = (
    "J'ai lu ce document en entier, je l'approuve et je le signe par voie électronique."
)
KIND = "signed"
REASON = "Document signé de tous, et preuves de signature"
# Old enough for the task of the last signature to have had its turn.
LEFT_BEHIND_AFTER = timedelta(minutes=3)


def file(request_id: int) -> bool:
    """Make the final file once everybody signed; say whether it was made now."""
    with transaction.atomic():
        waiting = SignatureRequest.objects.to_file().filter(pk=request_id)
        request = waiting.select_for_update(no_key=True, skip_locked=True).first()
        if request is None:
            return False
        content, seal = _final_pdf(request), None
        if sealing.is_configured():
            content, seal = sealing.seal(content, reason=REASON)
        document = keeping.keep(
            content,
            name=f"{request.title}.pdf",
            media_type=Document.MediaType.PDF,
            kind=KIND,
        )
        request.file(document, seal)
        record("documents.signature.filed", subject=request)
        signed_document_filed.send(SignatureRequest, request=request)
    return True


def note_failure(request_id: int, error: Exception) -> None:
    """Let the desk see that the final file could not be made, until it is."""
    waiting = SignatureRequest.objects.to_file().filter(pk=request_id)
    waiting.update(failure=type(error).__name__[:80])


def _final_pdf(request: SignatureRequest) -> bytes:
    """What was signed, page for page, then the evidence."""
    with request.document.file.open("rb") as file:
        signed = file.read()
    evidence = rendering.pdf(
        "documents/pdf/evidence.html",
        {
            "request": request,
            "document": request.document,
            "signatories": list(request.signatories.all()),
            "verify_url": binding.public_url(request),
            "consent": CONSENT,
            "is_sealed": sealing.is_configured(),
        },
    )
    return binding.bind(signed, evidence)
