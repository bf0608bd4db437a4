"""Dwellings and rooms at the desk, and the planning of all of them."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from internships.actions import dwellings as actions
from internships.forms.dwellings import DwellingForm, RoomForm
from internships.models import Dwelling, DwellingPhoto, Room, SiteDistance
from internships.views import planning


class DwellingAdminForm(forms.ModelForm):
    equipment = forms.MultipleChoiceField(
        label="Équipement",
        choices=Dwelling.Equipment.choices,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        required=False,
    )

    class Meta:
        model = Dwelling
        fields = ["owner", *DwellingForm.Meta.fields, "cofinanced_by"]


class RoomInline(TabularInline):
    model = Room
    extra = 0
    fields = RoomForm.Meta.fields
    show_change_link = True

    def has_delete_permission(self, request, obj=None):
        return False


class SiteDistanceInline(TabularInline):
    model = SiteDistance
    extra = 0
    autocomplete_fields = ["site"]


class DwellingPhotoInline(TabularInline):
    """The words and the order of photos; files come from the owner's page."""

    model = DwellingPhoto
    extra = 0
    fields = ["alternative", "rank"]

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(Dwelling)
class DwellingAdmin(ModelAdmin):
    empty_text = (
        "Aucun logement. Ajoutez celui qu’une commune ou un établissement prête : ses "
        "membres le gèrent ensuite depuis leur espace."
    )
    form = DwellingAdminForm
    list_display = ["name", "commune", "owner", "terms", "is_open"]
    list_filter = ["is_open", "terms"]
    list_select_related = ["commune", "owner"]
    search_fields = ["name", "commune__search_key", "owner__name"]
    autocomplete_fields = ["owner", "commune", "cofinanced_by"]
    inlines = [RoomInline, SiteDistanceInline, DwellingPhotoInline]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("commune__contour")

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        actions.write(obj, by=request.user)


@admin.register(Room)
class RoomAdmin(ModelAdmin):
    empty_text = "Aucune chambre. Ouvrez un logement, puis ajoutez-y ses chambres."
    list_display = ["name", "dwelling", "rent", "for_two", "is_accessible", "closed_on"]
    list_filter = ["for_two", "is_accessible", "dwelling__is_open"]
    list_select_related = ["dwelling__commune"]
    search_fields = ["name", "dwelling__name", "dwelling__commune__search_key"]
    autocomplete_fields = ["dwelling"]
    readonly_fields = ["closed_on"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("dwelling__commune__contour")

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        # A bed stays where its stays were.
        return [*self.readonly_fields, *(["dwelling"] if obj else [])]

    def save_model(self, request, obj, form, change):
        actions.write_room(obj, by=request.user)

    def get_urls(self):
        page = path(
            "planning/",
            self.admin_site.admin_view(self.planning_view),
            name="internships_planning",
        )
        return [page, *super().get_urls()]

    def planning_view(self, request):
        """Every room of the Département, week by week."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        homes = Dwelling.objects.select_related("commune", "owner").in_order()
        context = {
            **self.admin_site.each_context(request),
            **planning.page(request, list(homes.defer("commune__contour"))),
            "title": "Planning des chambres",
            "action": reverse("admin:internships_planning"),
        }
        return TemplateResponse(request, "gestion/planning.html", context)
