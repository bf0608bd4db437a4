from django.conf import settings
from django.contrib import admin
from django.db.models import Count
from unfold.admin import TabularInline

from territory.filters import UsualFilter
from territory.models import (
    Commune,
    CommunePopulation,
    Departement,
    Intercommunality,
)

from .kept import OfficialAdmin


@admin.register(Departement)
class DepartementAdmin(OfficialAdmin):
    empty_text = "Aucun département. Lancez « manage.py load_territory »."
    list_display = ["code", "name", "region_name", "division_year", "loaded_at"]
    list_display_links = ["name"]
    search_fields = ["code", "name"]
    fields = ["code", "name", "region_name", "division_year", "loaded_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("contour")


@admin.register(Intercommunality)
class IntercommunalityAdmin(OfficialAdmin):
    empty_text = "Aucune intercommunalité. Lancez « manage.py load_territory »."
    list_display = ["name", "kind", "code", "commune_count"]
    list_filter = ["kind"]
    search_fields = ["name", "code"]
    fields = ["name", "kind", "code"]

    def get_queryset(self, request):
        known = super().get_queryset(request).defer("contour")
        return known.annotate(commune_count=Count("communes"))

    @admin.display(description="communes", ordering="commune_count")
    def commune_count(self, intercommunality):
        return intercommunality.commune_count


class CommunePopulationInline(TabularInline):
    model = CommunePopulation
    extra = 0

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class IsOpenFilter(UsualFilter):
    title = "existence"
    parameter_name = "existence"
    usual = "D'aujourd'hui"

    def lookups(self, request, model_admin):
        return [("anciennes", "Fusionnées ou supprimées"), ("toutes", "Toutes")]

    def queryset(self, request, communes):
        if self.value() == "toutes":
            return communes
        current = Commune.objects.open().values("pk")
        if self.value() == "anciennes":
            return communes.exclude(pk__in=current)
        return communes.filter(pk__in=current)


@admin.register(Commune)
class CommuneAdmin(OfficialAdmin):
    empty_text = "Aucune commune. Lancez « manage.py load_territory »."
    list_display = ["name", "code", "postal", "intercommunality", "population"]
    list_filter = [IsOpenFilter, "departement"]
    list_select_related = ["intercommunality"]
    # What the search box needs to exist; get_search_results does the work.
    search_fields = ["search_key"]
    search_help_text = "Nom, ancien nom, code postal ou code INSEE."
    inlines = [CommunePopulationInline]
    fields = [
        "name",
        "code",
        "former_names",
        "postal_codes",
        "departement",
        "intercommunality",
        "population",
        "merged_into",
        "closed_on",
    ]

    def get_queryset(self, request):
        known = super().get_queryset(request)
        return known.defer("contour", "intercommunality__contour")

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        return queryset.search(search_term), False

    def view_on_site(self, commune):
        """The public page, where there is one: only the Département has some."""
        if commune.departement.code != settings.DEPARTEMENT:
            return None
        return commune.get_absolute_url()

    @admin.display(description="codes postaux")
    def postal(self, commune):
        return ", ".join(commune.postal_codes)
