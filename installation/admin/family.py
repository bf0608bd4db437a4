"""The family side at the desk: what it looks for, and who was invited to it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from installation import family
from installation.actions import family as actions
from installation.admin import dossier as page


def gather(dossier) -> dict:
    accesses = [
        line | {"end_url": _end_url(line["access"])}
        for line in family.accesses(dossier)
    ]
    return {
        "topics": dossier.topics.filter(track="family"),
        "accesses": accesses,
    }


def _end_url(access) -> str:
    name = "admin:installation_request_family_end"
    return reverse(name, args=[access.request_id, access.pk])


def urls(model_admin) -> list:
    def end_view(request, object_id, access_id):
        dossier = model_admin.get_dossier(request, object_id)
        rows = dossier.family_accesses.open().select_related("person")
        access = get_object_or_404(rows, pk=access_id)
        back_url = model_admin._url(dossier, tab="famille")
        if request.method == "POST":
            actions.end(access, by=request.user)
            messages.success(request, f"L’accès de {access.shown_name} est terminé.")
            return redirect(back_url)
        context = {
            **model_admin.admin_site.each_context(request),
            "title": "Mettre fin à un accès",
            "dossier": dossier,
            "access": access,
            "back_url": back_url,
        }
        return TemplateResponse(request, "gestion/dossier/family_end.html", context)

    return [
        path(
            "<int:object_id>/famille/<int:access_id>/terminer/",
            model_admin.admin_site.admin_view(end_view),
            name="installation_request_family_end",
        )
    ]


page.GATHER["famille"] = gather
page.URLS.append(urls)
