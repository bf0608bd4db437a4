from django.contrib import admin
from unfold.admin import ModelAdmin

from territory.models import ZoneAssignment, Zoning

from .kept import KeptAdmin


@admin.register(Zoning)
class ZoningAdmin(KeptAdmin):
    empty_text = (
        "Aucun zonage. Ajoutez la version en vigueur, avec l'arrêté qui la fonde."
    )
    list_display = ["__str__", "region_code", "valid", "legal_reference"]
    list_filter = ["kind"]
    search_fields = ["version", "legal_reference"]
    fields = ["kind", "version", "legal_reference", "region_code", "valid"]


@admin.register(ZoneAssignment)
class ZoneAssignmentAdmin(ModelAdmin):
    empty_text = "Aucune commune classée. Ajoutez d'abord un zonage, puis ses communes."
    list_display = ["commune", "category_label", "zoning"]
    list_filter = ["zoning", "category_label"]
    list_select_related = ["commune", "zoning"]
    search_fields = ["commune__search_key"]
    autocomplete_fields = ["commune", "zoning"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("commune__contour")
