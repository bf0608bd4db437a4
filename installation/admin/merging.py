"""Two dossiers of one person, side by side, before they become one for good."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from installation import settlement_lines
from installation.actions import merging
from installation.models import InstallationRequest


@dataclass(frozen=True)
class Fact:
    """One line of the comparison."""

    label: str
    kept: str
    absorbed: str


def facts(kept: InstallationRequest, absorbed: InstallationRequest) -> list[Fact]:
    """What each of them holds, in the words of the desk."""
    return [
        Fact(label, told(kept), told(absorbed))
        for label, told in (
            ("Nature", lambda one: one.get_kind_display()),
            ("État", lambda one: one.get_state_display()),
            ("Déposée le", lambda one: f"{one.submitted_at:%d/%m/%Y}"),
            ("Arrivée par", lambda one: one.get_channel_display()),
            ("Suivie par", _worker),
            ("Prochaine action", _next),
            ("Échanges", lambda one: str(one.exchanges.count())),
            ("Documents", lambda one: str(one.attachments.count())),
            ("Besoins", lambda one: str(one.needs.kept().count())),
            ("Installation", _settlement),
        )
    ]


def _worker(dossier: InstallationRequest) -> str:
    worker = dossier.case_worker
    return worker.get_full_name() if worker else "À attribuer"


def _next(dossier: InstallationRequest) -> str:
    if not dossier.next_action_on:
        return "Aucune"
    return f"{dossier.next_action}, le {dossier.next_action_on:%d/%m/%Y}"


def _settlement(dossier: InstallationRequest) -> str:
    settlement = settlement_lines.of(dossier)
    if settlement is None:
        return "Aucune"
    return f"{settlement.in_words}, {settlement.get_state_display()}"


def urls(model_admin) -> list:
    @require_http_methods(["GET", "HEAD", "POST"])
    def merge(request, kept_id, absorbed_id):
        kept = model_admin.get_dossier(request, kept_id)
        absorbed = model_admin.get_dossier(request, absorbed_id)
        if kept.applicant_id != absorbed.applicant_id:
            raise Http404
        back = reverse("admin:installation_installationrequest_change", args=[kept.pk])
        if request.method == "POST":
            try:
                merging.merge(kept, absorbed, by=request.user)
            except ValidationError as refusal:
                messages.error(request, " ".join(refusal.messages))
            else:
                done = f"{absorbed.reference} est réuni à {kept.reference}."
                messages.success(request, done)
                return redirect(back)
        context = {
            **model_admin.admin_site.each_context(request),
            "title": "Réunir deux dossiers",
            "kept": kept,
            "absorbed": absorbed,
            "facts": facts(kept, absorbed),
            "preview": merging.preview(kept, absorbed, by=request.user),
            "back_url": back,
        }
        return TemplateResponse(request, "gestion/merge.html", context)

    return [
        path(
            "<int:kept_id>/reunir/<int:absorbed_id>/",
            model_admin.admin_site.admin_view(merge),
            name="installation_request_merge",
        )
    ]
