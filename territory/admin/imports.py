"""The history of what was loaded, and a page to load: look first, then confirm."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from unfold.decorators import action, display

from territory.imports import finess, running, zonings
from territory.imports.gates import Refused
from territory.models import ImportRun

from .kept import OfficialAdmin

State = ImportRun.State
MEGABYTE = 1024 * 1024
LARGEST = 50
KINDS = {
    "zoning": ("Un zonage : zones des ARS (Atlasanté) ou FRR (DGCL)", zonings.load),
    "finess": ("FINESS : structures de soins, CSV ou JSON", finess.load),
}


class UploadForm(forms.Form):
    use_required_attribute = False

    kind = forms.ChoiceField(
        label="Que contient ce fichier ?",
        choices=[(kind, label) for kind, (label, _load) in KINDS.items()],
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label="Fichier",
        help_text=(
            f"Tel que publié, {LARGEST} Mo au plus ; au-delà, « manage.py "
            "import_finess »."
        ),
    )
    forced = forms.BooleanField(
        label="Charger malgré un doute",
        required=False,
        help_text=(
            "Seulement si un refus vous l’a proposé et que vous savez pourquoi : "
            "ce qui est douteux est alors laissé de côté."
        ),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST * MEGABYTE:
            raise forms.ValidationError(
                f"Ce fichier dépasse {LARGEST} Mo. Demandez à la personne qui tient le "
                "serveur de lancer la commande import_finess."
            )
        return file


@admin.register(ImportRun)
class ImportRunAdmin(OfficialAdmin):
    empty_text = (
        "Aucun fichier chargé. Commencez par un zonage ou par FINESS : « Charger un "
        "fichier »."
    )
    list_display = ["file_name", "what", "state", "data_date", "kept", "finished_at"]
    list_filter = ["state", "source"]
    search_fields = ["file_name", "sha256"]
    actions_list = ["upload"]
    fields = [
        "source",
        "state",
        "data_date",
        "rows",
        "kept",
        "created",
        "updated",
        "told",
        "is_forced",
        "by",
        "finished_at",
        "sha256",
    ]

    @display(description="source")
    def what(self, run):
        return run.get_source_display() or "non reconnue"

    @display(description="compte rendu")
    def told(self, run):
        return "\n".join(run.messages) or "Rien à signaler."

    def has_upload_permission(self, request):
        return request.user.has_perm("territory.add_importrun")

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/confirmer/",
                view(self.confirm),
                name="territory_importrun_confirm",
            ),
            *super().get_urls(),
        ]

    @action(
        description="Charger un fichier",
        url_path="charger",
        icon="upload",
        permissions=["upload"],
    )
    def upload(self, request):
        """Read the file and say what it would change; nothing is written yet."""
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            _label, load = KINDS[form.cleaned_data["kind"]]
            try:
                prepared = running.prepare(
                    load,
                    form.cleaned_data["file"],
                    by=request.user.get_full_name(),
                    forced=form.cleaned_data["forced"],
                )
            except Refused as refusal:
                form.add_error("file", _told(refusal))
            else:
                return redirect("admin:territory_importrun_confirm", prepared.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": "Charger un fichier officiel",
            "form": form,
            "list_url": reverse("admin:territory_importrun_changelist"),
        }
        return TemplateResponse(request, "gestion/import_upload.html", context)

    def confirm(self, request, pk):
        """What the file would change, to be confirmed or given up."""
        if not self.has_upload_permission(request):
            raise PermissionDenied
        awaiting = ImportRun.objects.filter(state=State.AWAITING)
        prepared = get_object_or_404(awaiting, pk=pk)
        history = redirect("admin:territory_importrun_changelist")
        if request.method == "POST":
            try:
                if "discard" in request.POST:
                    running.discard(prepared)
                    messages.success(request, "Le fichier est abandonné.")
                    return history
                loaded = running.confirm(prepared, by=request.user.get_full_name())
            except Refused as refusal:
                messages.error(request, f"Fichier refusé. {refusal}")
                return history
            except ValidationError as refusal:
                messages.error(request, " ".join(refusal.messages))
                return history
            messages.success(request, f"{loaded} : chargé.")
            return redirect("admin:territory_importrun_change", loaded.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": "Confirmer le chargement",
            "run": prepared,
            "list_url": reverse("admin:territory_importrun_changelist"),
        }
        return TemplateResponse(request, "gestion/import_confirm.html", context)


def _told(refusal: Refused) -> str:
    told = f"Fichier refusé, rien n’a changé. {refusal}"
    if refusal.may_be_forced:
        told += " Si vous savez pourquoi, cochez « Charger malgré un doute »."
    return told
