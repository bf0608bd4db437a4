from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from territory import choosing
from territory.forms import PlaceSearchForm
from territory.models import Desk

MOST_RESULTS = 8


@login_not_required
@require_safe
@cache_control(public=True, max_age=300)
def commune_search(request):
    """Communes, and intercommunalités if asked, for the search box of a form."""
    form = PlaceSearchForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"results": []}, status=400)
    text = form.cleaned_data["q"]
    results = []
    if form.cleaned_data["groupes"]:
        results += [
            {
                "value": group.code,
                "label": choosing.WHOLE_GROUP.format(group.short_name),
                "detail": group.get_kind_display(),
            }
            for group in choosing.suggest_groups(text, limit=3)
        ]
    results += [
        {"value": commune.code, "label": commune.name, "detail": _detail(commune)}
        for commune in choosing.suggest(text, limit=MOST_RESULTS)
    ]
    return JsonResponse({"results": results[:MOST_RESULTS]})


def _detail(commune) -> str:
    parts = [", ".join(commune.postal_codes)]
    if commune.intercommunality:
        parts.append(commune.intercommunality.short_name)
    if commune.former_names:
        parts.append(f"réunit {', '.join(commune.former_names)}")
    return " · ".join(part for part in parts if part)


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def desk_logo(request):
    """The logo of the Département, for the footer and the documents."""
    desk = (
        Desk.objects.filter(departement__code=settings.DEPARTEMENT)
        .exclude(logo_media_type="")
        .only("logo", "logo_media_type")
        .first()
    )
    if desk is None:
        raise Http404
    return HttpResponse(
        bytes(desk.logo),
        content_type=desk.logo_media_type,
        headers={"X-Content-Type-Options": "nosniff"},
    )
