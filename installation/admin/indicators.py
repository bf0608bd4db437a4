"""The three public figures, for the desk and its head."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import roles
from installation import indicators
from installation.admin import dossier as dossier_page

TERMS = (1, 3, 5)
# Fewer people than that tell who they are.
LEAST = 5


@require_safe
def page(request):
    if not roles.is_desk(request.user):
        raise PermissionDenied
    day = timezone.localdate()
    context = {
        **admin.site.each_context(request),
        "title": "Indicateurs",
        "day": day,
        "settled": indicators.settled().count(),
        "supported": indicators.supported().count(),
        "candidates": indicators.candidates().count(),
        "years": indicators.by_year(day),
        "stays": [_stay(years, day) for years in TERMS],
    }
    return TemplateResponse(request, "gestion/indicators.html", context)


def _stay(years: int, day) -> dict:
    stayed, of = indicators.still_here(years, day)
    return {"years": years, "stayed": stayed, "of": of, "is_shown": of >= LEAST}


def _urls(model_admin) -> list:
    view = model_admin.admin_site.admin_view(page)
    return [path("indicateurs/", view, name="installation_indicators")]


dossier_page.URLS.append(_urls)
