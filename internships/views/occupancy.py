"""What the rooms gave in a semester: for owners, and for those who pay for them."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import roles
from internships import occupancy, occupancy_pages
from internships.models import Dwelling


def theirs(request):
    """The dwellings of one's bodies, or that they pay for; all for the desk."""
    if roles.is_desk(request.user):
        return Dwelling.objects.all()
    acting = request.user.person.memberships.on(timezone.localdate())
    bodies = acting.values("organisation")
    found = Dwelling.objects.filter(Q(owner__in=bodies) | Q(cofinanced_by__in=bodies))
    if not found.exists():
        raise Http404
    return Dwelling.objects.filter(pk__in=found.values("pk"))


@never_cache
@require_safe
def figures(request):
    homes = theirs(request)
    semester, semesters = occupancy_pages.chosen(request)
    if semester is None:
        raise Http404
    context = {
        "semester": semester,
        "semesters": semesters,
        "day": timezone.localdate(),
        **occupancy_pages.told(occupancy.report(semester, homes)),
    }
    return render(request, "internships/occupancy.html", context)


@never_cache
@require_safe
def figures_csv(request):
    homes = theirs(request)
    semester, _semesters = occupancy_pages.chosen(request)
    if semester is None:
        raise Http404
    return occupancy_pages.spreadsheet(semester, occupancy.report(semester, homes))
