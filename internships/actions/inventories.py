"""Filling an inventory, having it made, signed by both or corrected.

The inventory is locked first, then its circuit, then the stay.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from casework.journal import record
from casework.locking import locked
from documents import intake, signing
from documents.actions import discard
from documents.models import Document, Signatory, SignatureRequest
from internships import inventories, inventory_letters
from internships.actions import stays
from internships.models import (
    Inventory,
    InventoryLine,
    InventoryPhoto,
    InventoryTemplateLine,
    Stay,
)
from internships.models.inventories import PHOTOS_A_LINE, LineKind
from internships.tasks import prepare_inventory

Kind = Inventory.Kind
SCAN_KIND = "inventory-scan"
PHOTO_KIND = "inventory-photo"


@transaction.atomic
def start(stay: Stay, kind: str, *, by: User) -> Inventory:
    """Begin from the list of the dwelling; an exit begins from its entry."""
    stay = locked(stay)
    known = stay.inventories.filter(kind=kind).first()
    if known:
        return known
    entry = stay.inventories.filter(kind=Kind.ENTRY).first()
    if kind == Kind.EXIT and (entry is None or entry.state != entry.State.SIGNED):
        raise ValidationError(
            "Signez d'abord l'état des lieux d'entrée : la sortie s'y compare."
        )
    inventory = Inventory.objects.create(stay=stay, kind=kind, filled_by=by)
    if kind == Kind.EXIT:
        lines = [
            InventoryLine(
                before=line, section=line.section, label=line.label, kind=line.kind
            )
            for line in entry.lines.all()
        ]
    else:
        lines = [
            InventoryLine(section=section, label=label, kind=line_kind)
            for section, label, line_kind in _list_of(stay.occupation.room.dwelling)
        ]
    for rank, line in enumerate(lines, 1):
        line.inventory, line.rank = inventory, rank
    InventoryLine.objects.bulk_create(lines)
    record("internships.inventory.started", subject=inventory, actor=by)
    return inventory


@transaction.atomic
def save_lines(inventory: Inventory, lines: list[InventoryLine]) -> None:
    """Keep what was typed, whatever is still missing."""
    _draft(inventory)
    for line in lines:
        line.save(update_fields=["condition", "reading", "count", "remark"])


@transaction.atomic
def call_the_rest_good(inventory: Inventory, section: str) -> int:
    """Whatever of a part of the home nobody said anything of is in good condition."""
    inventory = _draft(inventory)
    unsaid = inventory.lines.filter(section=section, kind=LineKind.ITEM, condition="")
    return unsaid.update(condition=InventoryLine.Condition.GOOD)


@transaction.atomic
def add_line(inventory: Inventory, section: str, label: str) -> InventoryLine:
    inventory = _draft(inventory)
    last = inventory.lines.filter(section=section).order_by("rank").last()
    line = InventoryLine(
        inventory=inventory,
        section=section,
        label=label.strip(),
        rank=last.rank if last else 0,
    )
    line.validate_constraints()
    line.save()
    return line


@transaction.atomic
def remove_line(inventory: Inventory, line: InventoryLine, *, by: User) -> None:
    """What the entry looked at, the exit looks at too."""
    _draft(inventory)
    if line.before_id:
        raise ValidationError("Cet élément figure à l'entrée : il ne se retire pas.")
    _discard_photos(line.photos.all(), by=by)
    line.delete()


@transaction.atomic
def add_photos(inventory: Inventory, line: InventoryLine, uploads, *, by: User) -> None:
    inventory = _draft(inventory)
    if line.photos.count() + len(uploads) > PHOTOS_A_LINE:
        raise ValidationError(f"{PHOTOS_A_LINE} photos au plus pour un élément.")
    images = {Document.MediaType.JPEG, Document.MediaType.PNG}
    if any(upload.media_type not in images for upload in uploads):
        raise ValidationError("Joignez des photos : JPEG, PNG ou HEIC.")
    for upload in uploads:
        document = intake.receive(upload, by=by, kind=PHOTO_KIND)
        InventoryPhoto.objects.create(line=line, document=document)


@transaction.atomic
def remove_photo(inventory: Inventory, photo: InventoryPhoto, *, by: User) -> None:
    _draft(inventory)
    _discard_photos([photo], by=by)


@transaction.atomic
def keep_as_list(inventory: Inventory, *, by: User) -> None:
    """The next inventories of the dwelling begin with these lines."""
    dwelling = inventory.stay.occupation.room.dwelling
    locked(dwelling)
    dwelling.inventory_template.all().delete()
    InventoryTemplateLine.objects.bulk_create(
        InventoryTemplateLine(
            dwelling=dwelling,
            section=line.section,
            label=line.label,
            kind=line.kind,
            rank=rank,
        )
        for rank, line in enumerate(inventory.lines.all(), 1)
    )
    record("internships.inventory.list_kept", subject=inventory, actor=by)


@transaction.atomic
def finish(
    inventory: Inventory, *, done_on: dt.date, owner_name: str, remark: str, by: User
) -> Inventory:
    """Have the document made: both sign it next."""
    inventory = locked(inventory)
    if inventory.state == Inventory.State.PREPARING:
        return inventory
    inventory.remark = remark
    inventory.finish(done_on=done_on, owner_name=owner_name, owner_email=by.email)
    inventory.save(update_fields=["remark"])
    record("internships.inventory.finished", subject=inventory, actor=by)
    prepare_inventory.delay_on_commit(inventory.pk)
    return inventory


@transaction.atomic
def reopen(inventory: Inventory, *, correction: str = "", by=None) -> Inventory:
    """Correct it; what one of them signed already is kept, and stands no more."""
    inventory = locked(inventory)
    inventory.reopen(correction)
    circuit = inventory.circuit
    if circuit and circuit.state == circuit.State.OPEN:
        signing.abandon(circuit, by=by)
    record("internships.inventory.reopened", subject=inventory, actor=by)
    if correction:
        inventory_letters.correction_asked(inventory)
    return inventory


@transaction.atomic
def sign_on_spot(
    inventory: Inventory, signatory: Signatory, *, typed_name: str, address: str, by
) -> Inventory:
    """One of them signs on the screen that both look at."""
    inventory = _to_sign(inventory, signatory)
    signing.sign_on_spot(signatory, typed_name=typed_name, address=address, by=by)
    return _after_signature(inventory)


def sign_by_code(
    inventory: Inventory, signatory: Signatory, code: str, *, address: str
) -> Inventory:
    """The tenant signs from afar; the count of wrong codes outlives the refusal."""
    with transaction.atomic():
        inventory = _to_sign(inventory, signatory)
        try:
            signing.sign_by_code(signatory, code, address=address)
        except ValidationError as error:
            refusal = error
        else:
            return _after_signature(inventory)
    raise refusal


@transaction.atomic
def sign_on_paper(inventory: Inventory, upload, *, by: User) -> Inventory:
    """One scan bears the signatures that are missing."""
    inventory = locked(inventory)
    if inventory.state != Inventory.State.TO_SIGN:
        raise ValidationError("Cet état des lieux n'est pas à signer.")
    scan = intake.receive(upload, by=by, kind=SCAN_KIND)
    for signatory in inventory.circuit.waiting():
        signing.sign_on_paper(signatory, scan, by=by)
    return _after_signature(inventory)


@transaction.atomic
def send_link(inventory: Inventory, *, by: User) -> None:
    """The tenant reads and signs from a link in a mail."""
    inventory = locked(inventory)
    if inventory.state != Inventory.State.TO_SIGN:
        raise ValidationError("Cet état des lieux n'est pas à signer.")
    if not inventory.tenant.email:
        raise ValidationError("Nous n'avons pas de courriel pour cette personne.")
    inventory_letters.to_sign(inventory)
    record("internships.inventory.link_sent", subject=inventory, actor=by)


@transaction.atomic
def forget(inventory: Inventory) -> Inventory:
    """Its time is over: files, photos and words go."""
    inventory = locked(inventory)
    if inventory.forgotten_at:
        return inventory
    photos = InventoryPhoto.objects.filter(line__inventory=inventory)
    _discard_photos(photos.select_related("document"), by=None)
    inventory.lines.update(remark="")
    circuit = inventory.circuit
    while circuit:
        signing.forget(circuit)
        circuit = circuit.replaces
    inventory.forget(timezone.now())
    record("internships.inventory.forgotten", subject=inventory)
    return inventory


def _list_of(dwelling) -> list[tuple[str, str, str]]:
    kept = dwelling.inventory_template.values_list("section", "label", "kind")
    return list(kept) or inventories.usual_lines()


def _draft(inventory: Inventory) -> Inventory:
    inventory = locked(inventory)
    inventory.require_draft()
    return inventory


def _to_sign(inventory: Inventory, signatory: Signatory) -> Inventory:
    inventory = locked(inventory)
    if signatory.request_id != inventory.circuit_id:
        raise ValidationError("Ce document a changé depuis : relisez le nouveau.")
    return inventory


def _after_signature(inventory: Inventory) -> Inventory:
    """Both have signed: the stay knows it, and the keys may follow."""
    circuit = SignatureRequest.objects.get(pk=inventory.circuit_id)
    if (
        circuit.state != circuit.State.SIGNED
        or inventory.state == Inventory.State.SIGNED
    ):
        return inventory
    inventory.sign(circuit.closed_at)
    if inventory.is_exit:
        stays.exit_signed(inventory.stay)
    else:
        stays.entry_signed(inventory.stay)
    record("internships.inventory.signed", subject=inventory)
    return inventory


def _discard_photos(photos, *, by) -> None:
    for photo in photos:
        document = photo.document
        photo.delete()
        if document.discarded_at is None:
            discard(document, by=by)
