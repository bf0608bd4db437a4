"""What stands on the beds, read at the desk; the points of the waiting list."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from unfold.admin import ModelAdmin

from casework.days import said
from internships.admin.read_only import ReadOnly
from internships.models import HousingBenefit, Occupation, ScoreWeight, Stay


class ReadOnlyAdmin(ReadOnly, ModelAdmin):
    """Rows that acts write: read here, changed there."""

    list_per_page = 50
    show_full_result_count = False
    sortable_by = []
    actions = None


@admin.register(Occupation)
class OccupationAdmin(ReadOnlyAdmin):
    empty_text = "Aucune chambre n’est prise : une option, un séjour ou des travaux."
    list_display = ["room", "kind", "period", "request", "expires_at", "released_at"]
    list_filter = ["kind", "released_because"]
    list_select_related = ["room__dwelling", "request__person"]
    search_fields = ["room__name", "room__dwelling__name", "request__reference"]
    search_help_text = "Chambre, logement ou référence"
    ordering = ["-period", "-pk"]


@admin.register(Stay)
class StayAdmin(ReadOnlyAdmin):
    """Read as a list; its page is that of the request."""

    empty_text = "Aucun séjour : il commence quand une option est confirmée."
    list_display = ["who", "where_", "arrival", "departure", "is_insured_", "keys"]
    list_display_links = ["who"]
    search_fields = ["occupation__request__person__search_key"]
    search_help_text = "Nom"

    def get_queryset(self, request):
        return super().get_queryset(request).with_list_data()

    def get_list_display_links(self, request, list_display):
        """Nowhere for those who may not read the request."""
        may_read = request.user.has_perm("internships.view_housingrequest")
        return self.list_display_links if may_read else None

    def change_view(self, request, object_id, form_url="", extra_context=None):
        stay = get_object_or_404(self.get_queryset(request), pk=unquote(object_id))
        if not self.has_view_permission(request, stay):
            raise PermissionDenied
        asked = stay.occupation.request_id
        return redirect("admin:internships_housingrequest_change", asked)

    @admin.display(description="personne")
    def who(self, stay):
        return stay.person

    @admin.display(description="chambre")
    def where_(self, stay):
        return stay.occupation.room

    @admin.display(description="arrivée")
    def arrival(self, stay):
        return said(stay.occupation.period.lower)

    @admin.display(description="départ")
    def departure(self, stay):
        return said(stay.occupation.period.upper)

    @admin.display(description="assurance", boolean=True)
    def is_insured_(self, stay):
        return stay.is_insured

    @admin.display(description="clés")
    def keys(self, stay):
        if stay.keys_returned_at:
            return "rendues"
        return "remises" if stay.keys_given_at else "pas encore"


@admin.register(HousingBenefit)
class HousingBenefitAdmin(ReadOnlyAdmin):
    empty_text = "Aucun avantage : un séjour confirmé en écrit un."
    list_display = ["person", "kind", "period"]
    list_filter = ["kind"]
    list_select_related = ["person"]
    search_fields = ["person__search_key"]
    search_help_text = "Nom"


@admin.register(ScoreWeight)
class ScoreWeightAdmin(ModelAdmin):
    """What each criterion is worth, from a day to another."""

    empty_text = "Aucun critère : sans points, le tirage seul départage."
    list_display = ["criterion", "points", "period"]
    list_filter = ["criterion"]
    actions = None

    def has_delete_permission(self, request, obj=None):
        return False
