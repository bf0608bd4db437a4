"""What is probably there twice: people, then dossiers of the same person."""

from itertools import combinations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from accounts import duplicates, roles
from installation.models import InstallationRequest

SHOWN = 50


@require_safe
def index(request):
    """The desk looks at each pair, and decides; nothing is merged by itself."""
    if not roles.is_desk(request.user):
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "title": "Doublons probables",
        "people": duplicates.likely(),
        "dossiers": dossiers(),
    }
    return TemplateResponse(request, "gestion/duplicates.html", context)


def dossiers() -> list[tuple[InstallationRequest, InstallationRequest]]:
    """Two open dossiers of one person, the older one first."""
    opened = InstallationRequest.objects.open()
    several = (
        opened.order_by()
        .values("applicant")
        .annotate(count=Count("pk"))
        .filter(count__gt=1)
        .values("applicant")[:SHOWN]
    )
    by_person: dict[int, list[InstallationRequest]] = {}
    rows = opened.filter(applicant__in=several).with_list_data()
    for dossier in rows.order_by("submitted_at", "pk"):
        by_person.setdefault(dossier.applicant_id, []).append(dossier)
    return [pair for theirs in by_person.values() for pair in combinations(theirs, 2)][
        :SHOWN
    ]
