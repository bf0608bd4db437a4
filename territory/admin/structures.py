from django.contrib import admin

from territory.models import HealthStructure

from .kept import KeptAdmin


@admin.register(HealthStructure)
class HealthStructureAdmin(KeptAdmin):
    empty_text = "Aucun lieu de soins. Ajoutez une maison ou un centre de santé."
    list_display = ["name", "kind", "status", "commune", "public"]
    list_filter = ["status", "kind", "public"]
    list_select_related = ["commune"]
    search_fields = ["name", "finess", "commune__search_key"]
    autocomplete_fields = ["commune"]
    fields = ["name", "kind", "status", "commune", "finess", "public"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("commune__contour")
