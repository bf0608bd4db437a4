"""Inventories: filled by the owner or the desk, read and signed by both."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts import roles
from accounts.lockout import client_ip
from casework import links
from documents import serving, signing
from internships import inventories
from internships.actions import inventories as acts
from internships.forms.inventories import (
    AddLineForm,
    CodeSignatureForm,
    CorrectionForm,
    FinishForm,
    LineForm,
    PhotosForm,
    ScanForm,
    SpotSignatureForm,
)
from internships.inventory_letters import SCOPE
from internships.models import Dwelling, Inventory, InventoryPhoto, Stay

STAYS = Stay.objects.select_related(
    "occupation__room__dwelling__commune",
    "occupation__room__dwelling__owner",
    "occupation__request__person",
)


def for_its_manager(view):
    """The stay, for a member of its owner today, or for the desk."""

    @never_cache
    @wraps(view)
    def wrapped(request, pk, moment, *args, **kwargs):
        kind = Inventory.WORDS.get(moment)
        stays = STAYS
        if not roles.is_desk(request.user):
            person = request.user.person
            mine = Dwelling.objects.managed_by(person, timezone.localdate())
            stays = stays.filter(occupation__room__dwelling__in=mine)
        if kind is None:
            raise Http404
        stay = get_object_or_404(stays, pk=pk)
        return view(request, stay, kind, *args, **kwargs)

    return wrapped


def with_inventory(view):
    """The inventory, once begun."""

    @for_its_manager
    @wraps(view)
    def wrapped(request, stay, kind, *args, **kwargs):
        rows = stay.inventories.select_related("circuit__document", "stay")
        inventory = get_object_or_404(rows, kind=kind)
        inventory.stay = stay
        return view(request, inventory, *args, **kwargs)

    return wrapped


@for_its_manager
@require_http_methods(["GET", "HEAD", "POST"])
def inventory_detail(request, stay, kind):
    """Where it stands, and what is next; POST begins it."""
    inventory = stay.inventories.filter(kind=kind).first()
    if request.method == "POST" and inventory is None:
        try:
            inventory = acts.start(stay, kind, by=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect(request.path)
        return redirect("internships:inventory-section", stay.pk, inventory.moment, 1)
    blank = inventory or Inventory(stay=stay, kind=kind)
    parts = inventories.sections(inventory.lines.all()) if inventory else []
    context = {
        "inventory": blank,
        "stay": stay,
        "is_begun": inventory is not None,
        "parts": parts,
        "missing": sum(part.missing for part in parts),
        "signatories": _signatories(blank),
        "other": stay.inventories.exclude(kind=kind).first(),
    }
    return render(request, "internships/inventory_detail.html", context)


@with_inventory
@require_http_methods(["GET", "HEAD", "POST"])
def inventory_section(request, inventory, number):
    """One part of the home on one page; whatever was typed is kept."""
    if inventory.state != Inventory.State.DRAFT:
        return redirect(inventory)
    parts = inventories.sections(
        inventory.lines.select_related("before").prefetch_related("photos__document")
    )
    if not 1 <= number <= len(parts):
        raise Http404
    part = parts[number - 1]
    then = request.POST.get("then", "")
    data = request.POST if request.method == "POST" else None
    forms = [LineForm(data, instance=line, prefix=str(line.pk)) for line in part.lines]
    of_part = inventory.lines.filter(section=part.title)
    add = AddLineForm(data if then == "add" else None)
    photos = PhotosForm(
        data if then == "photos" else None,
        request.FILES if then == "photos" else None,
        lines=of_part,
    )
    if data is not None:
        valid = [form for form in forms if form.is_valid()]
        try:
            acts.save_lines(inventory, [form.instance for form in valid])
            done = len(valid) == len(forms)
            done = _and_then(request, inventory, part, then, add, photos) and done
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            done = False
        if done:
            following = number + 1 if then == "next" else number
            if following > len(parts) or then == "leave":
                return redirect(inventory)
            return redirect(
                "internships:inventory-section",
                inventory.stay_id,
                inventory.moment,
                following,
            )
    context = {
        "inventory": inventory,
        "part": part,
        "parts": parts,
        "rows": list(
            zip(forms, inventories.differences(part), strict=True),
        ),
        "add": add,
        "photos": photos,
        "is_last": number == len(parts),
    }
    return render(request, "internships/inventory_section.html", context)


def _and_then(request, inventory, part, then, add, photos) -> bool:
    """What the button pressed asks, beside keeping what was typed."""
    if then == "good":
        acts.call_the_rest_good(inventory, part.title)
    elif then == "add":
        if not add.is_valid():
            return False
        try:
            acts.add_line(inventory, part.title, add.cleaned_data["label"])
        except ValidationError as refusal:
            add.add_error(None, refusal)
            return False
    elif then == "photos":
        if not photos.is_valid():
            return False
        try:
            acts.add_photos(
                inventory,
                photos.cleaned_data["line"],
                photos.cleaned_data["photos"],
                by=request.user,
            )
        except ValidationError as refusal:
            photos.add_error(None, refusal)
            return False
    elif then.startswith("remove-"):
        line = inventory.lines.filter(pk=_number(then)).first()
        if line:
            acts.remove_line(inventory, line, by=request.user)
    elif then.startswith("unpin-"):
        mine = InventoryPhoto.objects.filter(line__inventory=inventory)
        if photo := mine.filter(pk=_number(then)).first():
            acts.remove_photo(inventory, photo, by=request.user)
    return True


def _number(then: str) -> int:
    digits = then.partition("-")[2]
    return int(digits) if digits.isdecimal() and len(digits) < 10 else 0


@with_inventory
@require_http_methods(["GET", "HEAD", "POST"])
def inventory_finish(request, inventory):
    if inventory.state != Inventory.State.DRAFT:
        return redirect(inventory)
    initial = {
        "done_on": inventory.done_on or timezone.localdate(),
        "owner_name": inventory.owner_name or request.user.get_full_name(),
        "remark": inventory.remark,
    }
    form = FinishForm(
        request.POST if request.method == "POST" else None, initial=initial
    )
    if form.is_valid():
        try:
            acts.finish(inventory, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("internships:inventory-sign", *_address(inventory))
    context = {"inventory": inventory, "form": form}
    return render(request, "internships/inventory_finish.html", context)


@with_inventory
@require_http_methods(["GET", "HEAD", "POST"])
def inventory_sign(request, inventory):
    """Both on the same screen, one after the other; or a link; or paper."""
    if inventory.state in (Inventory.State.DRAFT, Inventory.State.SIGNED):
        return redirect(inventory)
    who = request.POST.get("who", "") if request.method == "POST" else ""
    sides = []
    for signatory in _signatories(inventory):
        data = request.POST if who == str(signatory.rank) else None
        form = SpotSignatureForm(data, prefix=f"s{signatory.rank}")
        if form.is_valid() and not signatory.has_signed:
            try:
                acts.sign_on_spot(
                    inventory,
                    signatory,
                    typed_name=form.cleaned_data["typed_name"],
                    address=client_ip(request),
                    by=request.user,
                )
            except ValidationError as refusal:
                form.add_error("typed_name", refusal)
            else:
                messages.success(request, f"C’est signé, {signatory.name}.")
                return redirect("internships:inventory-sign", *_address(inventory))
        sides.append({"signatory": signatory, "form": form})
    scan = ScanForm(
        request.POST if who == "scan" else None,
        request.FILES if who == "scan" else None,
    )
    if scan.is_valid():
        try:
            acts.sign_on_paper(inventory, scan.cleaned_data["scan"], by=request.user)
        except ValidationError as refusal:
            scan.add_error(None, refusal)
        else:
            return redirect(inventory)
    context = {"inventory": inventory, "sides": sides, "scan": scan}
    return render(request, "internships/inventory_sign.html", context)


@with_inventory
@require_POST
def inventory_link(request, inventory):
    return _at_once(
        request,
        inventory,
        lambda: acts.send_link(inventory, by=request.user),
        "Le courriel est parti : la personne peut relire et signer.",
    )


@with_inventory
@require_POST
def inventory_reopen(request, inventory):
    return _at_once(
        request,
        inventory,
        lambda: acts.reopen(inventory, by=request.user),
        "Vous pouvez corriger. Un nouveau document sera à signer.",
    )


@with_inventory
@require_POST
def inventory_keep_list(request, inventory):
    return _at_once(
        request,
        inventory,
        lambda: acts.keep_as_list(inventory, by=request.user),
        "Les prochains états des lieux de ce logement partiront de cette liste.",
    )


def _at_once(request, inventory, act, done: str):
    try:
        act()
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, done)
    return redirect(inventory)


@with_inventory
@require_safe
def inventory_document(request, inventory):
    return _document(inventory)


@with_inventory
@require_safe
def inventory_photo(request, inventory, photo):
    photos = InventoryPhoto.objects.filter(line__inventory=inventory)
    return serving.attachment(get_object_or_404(photos, pk=photo).document)


@with_inventory
@require_safe
def inventory_comparison(request, inventory):
    """The entry and the exit, side by side."""
    if not inventory.is_exit:
        raise Http404
    context = {"inventory": inventory, "parts": _compared(inventory)}
    return render(request, "internships/inventory_comparison.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inventory_tenant(request, pk, moment):
    """The tenant reads, signs with a mailed code, or asks for a correction."""
    inventory = _of_tenant(request, pk, moment)
    if inventory.circuit is None or inventory.state in (
        Inventory.State.DRAFT,
        Inventory.State.PREPARING,
    ):
        return render(
            request, "internships/inventory_tenant_wait.html", {"inventory": inventory}
        )
    me = next(one for one in _signatories(inventory) if one.rank == 2)
    then = request.POST.get("then", "") if request.method == "POST" else ""
    form = CodeSignatureForm(request.POST if then == "sign" else None)
    correction = CorrectionForm(request.POST if then == "correct" else None)
    if then == "code":
        try:
            signing.send_code(me)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, f"Un code est parti vers {me.email}.")
        return redirect(f"{request.path}#signer")
    if form.is_valid():
        try:
            acts.sign_by_code(
                inventory, me, form.cleaned_data["code"], address=client_ip(request)
            )
        except ValidationError as refusal:
            form.add_error("code", refusal)
        else:
            messages.success(request, "C’est signé.")
            return redirect(request.path)
    if correction.is_valid():
        try:
            acts.reopen(inventory, by=None, **correction.cleaned_data)
        except ValidationError as refusal:
            correction.add_error(None, refusal)
        else:
            messages.success(request, "C’est transmis : le document sera corrigé.")
            return redirect(request.path)
    context = {
        "inventory": inventory,
        "me": me,
        "form": form,
        "correction": correction,
        "parts": _compared(inventory),
        "code_was_sent": me.has_live_code(timezone.now()),
    }
    return render(request, "internships/inventory_tenant.html", context)


@login_not_required
@never_cache
@require_safe
def inventory_tenant_document(request, pk, moment):
    return _document(_of_tenant(request, pk, moment))


def _of_tenant(request, pk, moment) -> Inventory:
    """The tenant's own, by their account or by the link of a mail."""
    kind = Inventory.WORDS.get(moment)
    rows = Inventory.objects.filter(stay=pk, kind=kind).select_related("circuit")
    inventory = get_object_or_404(rows)
    person = getattr(request.user, "person", None)
    is_theirs = person is not None and inventory.tenant == person
    if not is_theirs and inventory.pk not in links.scoped(request, SCOPE):
        raise Http404
    return inventory


def _document(inventory):
    if inventory.circuit is None or inventory.state == Inventory.State.PREPARING:
        raise Http404
    return serving.attachment(inventory.circuit.final_document)


def _compared(inventory) -> list:
    lines = inventory.lines.select_related("before")
    return [
        (part.title, inventories.differences(part))
        for part in inventories.sections(lines)
    ]


def _signatories(inventory) -> list:
    if inventory.circuit is None or inventory.state in (
        Inventory.State.DRAFT,
        Inventory.State.PREPARING,
    ):
        return []
    return list(inventory.circuit.signatories.all())


def _address(inventory) -> tuple[int, str]:
    return inventory.stay_id, inventory.moment
