from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from unfold.decorators import display

from territory.models import HealthStructure

from .kept import KeptAdmin


class FinessFilter(admin.SimpleListFilter):
    title = "FINESS"
    parameter_name = "finess"

    def lookups(self, request, model_admin):
        return [
            ("absente", "absente du dernier fichier"),
            ("corrigee", "corrigée par le guichet"),
            ("saisie", "saisie par le guichet"),
        ]

    def queryset(self, request, structures):
        match self.value():
            case "absente":
                return structures.exclude(absent_since=None)
            case "corrigee":
                return structures.corrected()
            case "saisie":
                return structures.filter(imported={})
        return structures


@admin.register(HealthStructure)
class HealthStructureAdmin(KeptAdmin):
    empty_text = (
        "Aucun lieu de soins. Chargez FINESS (Chargements), ou ajoutez une maison ou "
        "un centre de santé."
    )
    list_display = ["name", "kind", "status", "commune", "standing"]
    list_filter = ["status", "kind", FinessFilter]
    list_select_related = ["commune"]
    search_fields = ["name", "finess", "commune__search_key"]
    autocomplete_fields = ["commune"]
    readonly_fields = ["finess_updated_on", "absent_since"]
    change_form_before_template = "gestion/_structure_finess.html"
    fieldsets = [
        (
            None,
            {"fields": ["name", "kind", "status", "opened_on", "public"]},
        ),
        (
            "Où, et comment la joindre",
            {
                "fields": [
                    "address",
                    "postal_code",
                    "city",
                    "commune",
                    "phone",
                    "longitude",
                    "latitude",
                ]
            },
        ),
        ("FINESS", {"fields": ["finess", "finess_updated_on", "absent_since"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("commune__contour")

    @display(description="FINESS")
    def standing(self, structure):
        if structure.absent_since:
            return "absente du dernier fichier"
        if structure.corrected_fields:
            return "corrigée par le guichet"
        return "à jour" if structure.imported else "saisie par le guichet"

    def save_model(self, request, structure, form, change):
        """What staff write against FINESS stays: the next file respects it."""
        structure.note_corrections()
        super().save_model(request, structure, form, change)

    def get_urls(self):
        view = self.admin_site.admin_view(self.take_imported)
        return [
            path(
                "<int:pk>/reprendre/",
                view,
                name="territory_healthstructure_take_imported",
            ),
            *super().get_urls(),
        ]

    def take_imported(self, request, pk):
        """Give up a correction for what FINESS says."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            raise PermissionDenied
        structure = get_object_or_404(self.get_queryset(request), pk=pk)
        try:
            structure.take_imported(request.POST.get("field", ""))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            self.log_change(request, structure, "Valeur de FINESS reprise.")
            messages.success(request, "La valeur de FINESS est reprise.")
        return redirect("admin:territory_healthstructure_change", pk)
