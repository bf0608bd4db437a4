"""What the applicants of the demonstration have in common: a name, and papers."""

from django.utils import timezone

from accounts.actions import find_or_create_person
from accounts.models import Person, User
from casework.models import MoneyRequest
from documents import examining, intake
from documents.keeping import Upload
from documents.models import Document
from documents.rendering import pdf
from territory.sorting import search_key


def applicant(first_name: str, last_name: str, *, phone: str, address: str) -> Person:
    """Somebody of Bordeaux, invented."""
    name = search_key(f"{first_name}.{last_name}").replace(" ", ".")
    return find_or_create_person(
        email=f"{name}@demo.example",
        first_name=first_name,
        last_name=last_name,
        phone=phone,
        address=address,
        postal_code="33000",
        city="Bordeaux",
        origin=Person.Origin.SITE,
    )


def scan(title: str) -> Upload:
    """A page that stands for a paper somebody scanned."""
    content = pdf("portal/demo/attachment.html", {"title": title})
    return Upload("document.pdf", Document.MediaType.PDF, content)


def send_pieces(request: MoneyRequest, *, kind: str, area: str, by: User) -> None:
    """All that is awaited comes the same day, and is accepted."""
    for piece in request.pieces.awaited():
        content = pdf("portal/demo/attachment.html", {"title": piece.label})
        document = intake.keep(
            content, name=f"{piece.code}.pdf", media_type="application/pdf", kind=kind
        )
        piece.receive(document, timezone.localdate())
        examining.accept(request, piece, by=by, area=area)
