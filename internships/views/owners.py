"""« Mes logements »: what those who run dwellings see of them, and only of theirs."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts import roles
from documents import serving
from internships import owner_pages
from internships.actions import dwellings as actions
from internships.actions import holds
from internships.forms.dwellings import (
    DaysForm,
    DwellingForm,
    MaintenanceForm,
    NewDwellingForm,
    PhotoForm,
    RoomForm,
)
from internships.models import Dwelling, DwellingPhoto, Occupation, Room
from territory.models import Organisation

PAGE = ["GET", "HEAD", "POST"]


def mine(request):
    """The dwellings of the bodies they act for today; all of them for the desk."""
    rows = Dwelling.objects.all()
    if not roles.is_desk(request.user):
        rows = rows.managed_by(request.user.person, timezone.localdate())
    return rows.select_related("commune", "owner").defer("commune__contour").in_order()


def my_rooms(request):
    return Room.objects.filter(dwelling__in=mine(request)).select_related(
        "dwelling__commune"
    )


def _sent(request):
    return request.POST if request.method == "POST" else None


@never_cache
@require_safe
def my_dwellings(request):
    day = timezone.localdate()
    dwellings = list(mine(request).prefetch_related("rooms"))
    may_add = request.user.person.memberships.acting(day).exists()
    if not dwellings and not may_add:
        raise Http404
    context = {
        "may_add": may_add,
        "lines": owner_pages.standing(dwellings, day),
        "moves": owner_pages.moves(dwellings, day),
    }
    return render(request, "internships/owner_dwellings.html", context)


@never_cache
@require_safe
def my_dwelling(request, pk):
    """One dwelling: its rooms, its photos, who comes and who leaves."""
    dwelling = get_object_or_404(mine(request), pk=pk)
    day = timezone.localdate()
    context = {
        "dwelling": dwelling,
        "rooms": owner_pages.room_lines(dwelling, day),
        "photos": dwelling.photos.select_related("document"),
        "moves": owner_pages.moves([dwelling], day),
        "form": PhotoForm(),
    }
    return render(request, "internships/owner_dwelling.html", context)


@never_cache
@require_http_methods(PAGE)
def my_dwelling_new(request):
    """A body lends one more: it shows once the desk has read it."""
    acting = request.user.person.memberships.acting(timezone.localdate())
    organisations = Organisation.objects.active().filter(memberships__in=acting)
    organisations = organisations.distinct().order_by("name")
    if not organisations:
        raise Http404
    form = NewDwellingForm(_sent(request), organisations=organisations)
    if form.is_valid() and _done(form, actions.submit, request):
        messages.success(
            request,
            "C’est envoyé au guichet. Ajoutez les chambres et des photos en attendant.",
        )
        return redirect("internships:my-dwelling", form.instance.pk)
    return _form_page(
        request,
        form,
        "Proposer un logement",
        None,
        lead="Le guichet le relit, puis le publie ; vous le gérez d’ici.",
        button="Proposer ce logement",
    )


def _done(form, do, request) -> bool:
    """What somebody else was quicker to write is told on the form."""
    try:
        do(form.instance, by=request.user)
    except ValidationError as refusal:
        form.add_error("name", refusal)
        return False
    return True


@never_cache
@require_http_methods(PAGE)
def my_dwelling_edit(request, pk):
    dwelling = get_object_or_404(mine(request), pk=pk)
    form = DwellingForm(_sent(request), instance=dwelling)
    if form.is_valid() and _done(form, actions.write, request):
        messages.success(request, "Le logement est enregistré.")
        return redirect("internships:my-dwelling", pk)
    return _form_page(request, form, f"Modifier {dwelling.name}", dwelling)


@never_cache
@require_http_methods(PAGE)
def my_room_new(request, pk):
    dwelling = get_object_or_404(mine(request), pk=pk)
    return _room_page(request, Room(dwelling=dwelling), "Ajouter une chambre")


@never_cache
@require_http_methods(PAGE)
def my_room_edit(request, pk):
    room = get_object_or_404(my_rooms(request), pk=pk)
    return _room_page(request, room, f"Modifier {room.name}")


def _room_page(request, room, title):
    form = RoomForm(_sent(request), instance=room)
    if form.is_valid() and _done(form, actions.write_room, request):
        messages.success(request, "La chambre est enregistrée.")
        return redirect("internships:my-dwelling", room.dwelling_id)
    return _form_page(request, form, title, room.dwelling)


def _form_page(request, form, title, dwelling, *, lead="", button="Enregistrer"):
    context = {
        "form": form,
        "title": title,
        "dwelling": dwelling,
        "lead": lead,
        "button": button,
    }
    return render(request, "internships/owner_form.html", context)


@never_cache
@require_POST
def my_room_close(request, pk):
    """Lent no more, or again; refused while somebody is expected."""
    room = get_object_or_404(my_rooms(request), pk=pk)
    try:
        if room.is_open:
            holds.close_room(room, by=request.user)
            done = "La chambre n’est plus proposée."
        else:
            holds.reopen_room(room, by=request.user)
            done = "La chambre est proposée de nouveau."
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, done)
    return redirect("internships:my-dwelling", room.dwelling_id)


@never_cache
@require_POST
def my_photo_add(request, pk):
    dwelling = get_object_or_404(mine(request), pk=pk)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.add_photo(
                dwelling,
                form.cleaned_data["photo"],
                alternative=form.cleaned_data["alternative"],
                by=request.user,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "La photo est ajoutée.")
            return redirect("internships:my-dwelling", pk)
    return _form_page(request, form, "Ajouter une photo", dwelling)


@never_cache
@require_POST
def my_photo_remove(request, pk):
    rows = DwellingPhoto.objects.filter(dwelling__in=mine(request))
    photo = get_object_or_404(rows, pk=pk)
    actions.remove_photo(photo, by=request.user)
    messages.success(request, "La photo est retirée.")
    return redirect("internships:my-dwelling", photo.dwelling_id)


@never_cache
@require_safe
def my_photo(request, pk):
    """A photo as its owner sees it, whether or not the dwelling is public."""
    rows = DwellingPhoto.objects.filter(dwelling__in=mine(request))
    photo = get_object_or_404(rows.select_related("document"), pk=pk)
    return serving.picture(photo.document)


# --- Works ---------------------------------------------------------------------------


@never_cache
@require_http_methods(PAGE)
def my_maintenance_new(request, pk):
    """Days when a room is not lent; what stands there refuses them by name."""
    room = get_object_or_404(my_rooms(request), pk=pk)
    day = timezone.localdate()
    initial = DaysForm(request.GET).initial_days
    form = MaintenanceForm(_sent(request), initial=initial, day=day)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            actions.add_maintenance(
                room, asked["period"], note=asked["note"], by=request.user
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "C’est noté : la chambre n’est pas proposée.")
            return redirect("internships:my-planning")
    return _form_page(
        request,
        form,
        f"Travaux, {room.name}",
        room.dwelling,
        lead="La chambre n’est proposée à personne pendant ces jours.",
        button="Noter les travaux",
    )


@never_cache
@require_safe
def my_occupation(request, pk):
    """What stands on a bed: who, when, what is missing."""
    rows = Occupation.objects.standing().filter(room__dwelling__in=mine(request))
    rows = rows.select_related("room__dwelling__commune", "request__person", "stay")
    occupation = get_object_or_404(rows, pk=pk)
    context = {
        "occupation": occupation,
        "dwelling": occupation.room.dwelling,
        "last_on": occupation.period.upper - dt.timedelta(days=1),
        "missing": owner_pages.missing(occupation),
        "stay": getattr(occupation, "stay", None),
        "cleaning_days": occupation.cleaning_days,
        "inventories": owner_pages.inventories_of(occupation),
        "is_works": occupation.kind == Occupation.Kind.MAINTENANCE,
    }
    return render(request, "internships/owner_occupation.html", context)


@never_cache
@require_POST
def my_maintenance_end(request, pk):
    rows = Occupation.objects.standing().filter(
        room__dwelling__in=mine(request), kind=Occupation.Kind.MAINTENANCE
    )
    works = get_object_or_404(rows.select_related("room"), pk=pk)
    try:
        holds.unblock(works, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "C’est terminé : la chambre est libre.")
    return redirect(f"{reverse('internships:my-planning')}#chambre-{works.room_id}")
