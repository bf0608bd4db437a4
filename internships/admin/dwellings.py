"""Dwellings and rooms at the desk, and the planning of all of them."""

from functools import partial

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from casework import acts
from casework.acts import Act, PlainAct, posted
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


class ToPublishFilter(admin.SimpleListFilter):
    title = "à publier"
    parameter_name = "a_publier"

    def lookups(self, request, model_admin):
        return [("oui", "à publier")]

    def queryset(self, request, rows):
        return rows.to_publish() if self.value() == "oui" else rows


PUBLISH = Act(
    "Publier ce logement",
    "Ses chambres paraissent dans la liste, et sont proposées à ceux qui attendent.",
    "Publier",
    "Le logement est publié et son propriétaire prévenu.",
)


@admin.register(Dwelling)
class DwellingAdmin(ModelAdmin):
    empty_text = (
        "Aucun logement. Ajoutez celui qu’une commune ou un établissement prête : ses "
        "membres le gèrent ensuite depuis leur espace."
    )
    form = DwellingAdminForm
    list_display = ["name", "commune", "owner", "terms", "is_open"]
    list_filter = [ToPublishFilter, "is_open", "terms"]
    actions_detail = ["publish"]
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

    def get_readonly_fields(self, request, obj=None):
        # What an owner wrote opens by « Publier », which tells them.
        return ["is_open"] if obj and obj.submitted_at else []

    def get_urls(self):
        page = path(
            "<int:object_id>/publier/",
            self.admin_site.admin_view(self.publish_view),
            name="internships_dwelling_publier",
        )
        return [page, *super().get_urls()]

    def has_may_publish_permission(self, request, object_id=None):
        waiting = Dwelling.objects.to_publish()
        is_waiting = object_id is None or waiting.filter(pk=object_id).exists()
        return self.has_change_permission(request) and is_waiting

    @action(description="Publier", permissions=["may_publish"])
    def publish(self, request, object_id):
        return redirect("admin:internships_dwelling_publier", object_id)

    def publish_view(self, request, object_id):
        dwelling = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_change_permission(request, dwelling):
            raise PermissionDenied
        return acts.answered(
            self.admin_site,
            request,
            PUBLISH,
            PlainAct(posted(request)),
            partial(actions.publish, dwelling),
            back_url=reverse("admin:internships_dwelling_change", args=[object_id]),
            back_to="Le logement",
            about=str(dwelling),
        )


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
