"""Rooms for anyone to read: the table of a semester, one dwelling, its photos."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from documents import serving
from internships import planning, rooms
from internships.forms.dwellings import RoomSearchForm
from internships.models import Dwelling, DwellingPhoto


@login_not_required
@require_safe
def room_list(request):
    day = timezone.localdate()
    form = RoomSearchForm(request.GET, day=day)
    semester = form.semester
    context = {"form": form, "semester": semester, "place": form.place}
    if semester:
        bounds = semester.period.lower, semester.period.upper
        columns = planning.half_months(*bounds)
        groups = rooms.groups(form.narrow(rooms.open_rooms()), *bounds, day)
        lines = [line for group in groups for line in group.lines]
        context |= {
            "groups": groups,
            "months": planning.months(columns),
            "columns": len(columns),
            "count": len(lines),
            "free": sum(line.longest >= rooms.LONG_ENOUGH for line in lines),
        }
    return render(request, "internships/rooms.html", context)


@login_not_required
@require_safe
def dwelling_detail(request, pk):
    """One dwelling, its rooms and their free days; the address for who is there."""
    day = timezone.localdate()
    known = Dwelling.objects.open().select_related("commune", "owner")
    dwelling = get_object_or_404(known.defer("commune__contour"), pk=pk)
    form = RoomSearchForm(request.GET, day=day)
    semester = form.semester
    mine = list(rooms.open_rooms().filter(dwelling=dwelling))
    lines = []
    if semester and mine:
        bounds = semester.period.lower, semester.period.upper
        lines = rooms.groups(mine, *bounds, day)[0].lines
    photos = dwelling.photos.select_related("document")
    person = request.user.person if request.user.is_authenticated else None
    context = {
        "dwelling": dwelling,
        "semester": semester,
        "lines": lines,
        "photos": [photo for photo in photos if photo.document.is_servable],
        "distances": dwelling.distances.select_related("site"),
        "sees_address": rooms.sees_address(dwelling, person, day),
        "manages": person
        and Dwelling.objects.managed_by(person, day).filter(pk=pk).exists(),
    }
    return render(request, "internships/rooms_dwelling.html", context)


@login_not_required
@require_safe
def dwelling_photo(request, pk, photo):
    known = DwellingPhoto.objects.filter(dwelling__in=Dwelling.objects.open())
    shown = get_object_or_404(
        known.select_related("document"), dwelling_id=pk, pk=photo
    )
    return serving.picture(shown.document)
