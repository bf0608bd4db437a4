"""The PDF of an inventory: made by a worker, then put to the signature."""

import base64
import io

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from PIL import Image

from casework.journal import record
from documents import keeping, rendering, signing
from documents.models import Document, SignatureRequest
from documents.models.signatures import CODE_LENGTH, draw_code
from internships import inventories
from internships.models import Inventory

KIND = "inventory"
# Enough to see a scratch at the width it is printed.
PHOTO_SIDE = 640


def prepare(inventory_id: int) -> bool:
    """Make the document and open its circuit; say whether it was done now."""
    with transaction.atomic():
        waiting = Inventory.objects.to_prepare().filter(pk=inventory_id)
        inventory = waiting.select_for_update(no_key=True, skip_locked=True).first()
        if inventory is None:
            return False
        code = draw_code()
        document = keeping.keep(
            pdf(inventory, code),
            name=f"{inventory}.pdf",
            media_type=Document.MediaType.PDF,
            kind=KIND,
        )
        circuit = signing.open_circuit(
            document,
            nature=inventory.title,
            title=f"{inventory}, {inventory.tenant.full_name}"[:200],
            parties=_parties(inventory),
            code=code,
            replaces=inventory.circuit,
        )
        inventory.await_signatures(circuit)
        record("internships.inventory.prepared", subject=inventory)
    return True


def note_failure(inventory_id: int, error: Exception) -> None:
    """Let the owner and the desk see that it could not be made, until it is."""
    waiting = Inventory.objects.to_prepare().filter(pk=inventory_id)
    waiting.update(failure=type(error).__name__[:80])


def pdf(inventory: Inventory, code: str) -> bytes:
    lines = inventory.lines.select_related("before").prefetch_related(
        "photos__document"
    )
    sections = inventories.sections(lines)
    numbered = _numbered_photos(sections)
    occupation = inventory.stay.occupation
    return rendering.pdf(
        "internships/pdf/inventory.html",
        {
            "inventory": inventory,
            "room": occupation.room,
            "dwelling": occupation.room.dwelling,
            "tenant": inventory.tenant,
            "period": occupation.period,
            "parts": [
                {
                    "title": section.title,
                    "rows": [
                        {
                            "difference": difference,
                            "photos": [
                                photo["number"]
                                for photo in numbered
                                if photo["line"] == difference.exit
                            ],
                        }
                        for difference in inventories.differences(section)
                    ],
                }
                for section in sections
            ],
            "photos": numbered,
            "code": _spaced(code),
            "verify_url": settings.SITE_URL
            + reverse("documents:verify-code", args=[_spaced(code)]),
        },
    )


def _spaced(code: str) -> str:
    return SignatureRequest(code=code[:CODE_LENGTH]).spaced_code


def _parties(inventory: Inventory) -> list[signing.Party]:
    tenant = inventory.tenant
    return [
        signing.Party(
            inventory.owner_name, "pour le propriétaire", email=inventory.owner_email
        ),
        signing.Party(tenant.full_name, "locataire", email=tenant.email, person=tenant),
    ]


def _numbered_photos(sections) -> list[dict]:
    photos = [
        (line, photo)
        for section in sections
        for line in section.lines
        for photo in line.photos.all()
        if photo.document.is_servable
    ]
    return [
        {"number": number, "line": line, "url": _small(photo.document)}
        for number, (line, photo) in enumerate(photos, 1)
    ]


def _small(document: Document) -> str:
    """The picture, small and opaque: PDF/A pages are printed, and sent by mail."""
    with document.file.open("rb") as file, Image.open(file) as opened:
        picture = opened.convert("RGBA")
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
    paper.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
    written = io.BytesIO()
    paper.save(written, "JPEG", quality=80)
    return f"data:image/jpeg;base64,{base64.b64encode(written.getvalue()).decode()}"
