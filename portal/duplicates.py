"""What is probably there twice: people, then dossiers of the same person."""

from itertools import combinations

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from accounts import duplicates, roles
from accounts.models import DistinctPair, Person
from installation.models import InstallationRequest

SHOWN = 50
# What may be told apart, by the word of its address.
ROWS = {
    "personnes": Person.objects.open,
    "dossiers": InstallationRequest.objects.open,
}


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
        "told_apart": told_apart(),
    }
    return TemplateResponse(request, "gestion/duplicates.html", context)


@require_POST
def distinct(request, kind, first, second):
    """« Ce ne sont pas les mêmes »: the pair leaves the list."""
    if not roles.is_desk(request.user):
        raise PermissionDenied
    if kind not in ROWS or first == second:
        raise Http404
    one, other = (get_object_or_404(ROWS[kind](), pk=pk) for pk in (first, second))
    DistinctPair.say(one, other, by=request.user)
    messages.success(request, "C’est noté : cette paire ne sera plus proposée.")
    return redirect("gestion:duplicates")


@require_POST
def alike_again(request, pk):
    """It was said too fast: the pair comes back."""
    if not roles.is_desk(request.user):
        raise PermissionDenied
    get_object_or_404(DistinctPair, pk=pk).delete()
    messages.success(request, "La paire est de nouveau proposée.")
    return redirect("gestion:duplicates")


def told_apart() -> list[dict]:
    """The latest pairs that the desk told apart, with the names of both."""
    pairs = list(DistinctPair.objects.select_related("said_by__person", "kind")[:SHOWN])
    names = {
        model: model.objects.in_bulk(
            {
                pk
                for pair in pairs
                if pair.kind.model_class() is model
                for pk in (pair.low, pair.high)
            }
        )
        for model in (Person, InstallationRequest)
    }
    found = []
    for pair in pairs:
        rows = names.get(pair.kind.model_class(), {})
        both = [rows[pk] for pk in (pair.low, pair.high) if pk in rows]
        if len(both) == 2:
            found.append({"pair": pair, "first": both[0], "second": both[1]})
    return found


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
    told_apart = DistinctPair.objects.of(InstallationRequest).ids()
    pairs = [pair for theirs in by_person.values() for pair in combinations(theirs, 2)]
    return [
        pair
        for pair in pairs
        if tuple(sorted(row.pk for row in pair)) not in told_apart
    ][:SHOWN]
