"""The e-mails of an inventory: to sign it, to correct it, to keep it."""

from uuid import uuid4

from casework import links
from casework.outbox import File, post
from documents.models import SignatureRequest
from internships.models import Inventory
from territory.models import Desk

SCOPE = "internships.inventory"
# Beyond, the mail only says where the file is.
MOST_ATTACHED = 3 * 1024 * 1024


def to_sign(inventory: Inventory) -> None:
    """A link to read and sign; the tenant's mailbox is the proof."""
    tenant = inventory.tenant
    post(
        f"internships.inventory-to-sign:{inventory.circuit_id}:{uuid4()}",
        to=tenant.email,
        template="internships.inventory-to-sign",
        context=_said(inventory) | {"lien": _link(inventory, tenant.email)},
        about=inventory,
        secret=True,
    )


def correction_asked(inventory: Inventory) -> None:
    """To whoever filled it, so that the document is made again."""
    address = inventory.owner_email or Desk.objects.current().email
    if not address:
        return
    post(
        f"internships.inventory-correction:{inventory.circuit_id}",
        to=address,
        template="internships.inventory-correction",
        context=_said(inventory)
        | {"correction": inventory.correction, "lien": inventory.get_absolute_url()},
        about=inventory,
    )


def signed(request: SignatureRequest) -> None:
    """The signed document to both, once it is made."""
    inventory = Inventory.objects.filter(circuit=request).first()
    if inventory is None:
        return
    files = []
    if request.signed_document.size <= MOST_ATTACHED:
        with request.signed_document.file.open("rb") as file:
            name, media_type = request.signed_document.name, "application/pdf"
            files = [File(name, media_type, file.read())]
    tenant = inventory.tenant.email
    for address in filter(None, {tenant, inventory.owner_email}):
        link = inventory.get_absolute_url()
        if address == tenant:
            link = _link(inventory, address)
        post(
            f"internships.inventory-signed:{request.pk}:{address}",
            to=address,
            template="internships.inventory-signed",
            context=_said(inventory) | {"lien": link, "code": request.spaced_code},
            about=inventory,
            secret=address == tenant,
            attachments=files,
        )


def _link(inventory: Inventory, address: str) -> str:
    return links.url(links.issue(SCOPE, inventory, to_email=address))


def _said(inventory: Inventory) -> dict:
    return {
        "document": inventory.title.lower(),
        "logement": str(inventory.stay.occupation.room),
        "locataire": inventory.tenant.full_name,
    }
