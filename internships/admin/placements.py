"""Placements at the desk: who comes where, who arrives, and what they thought of it."""

import datetime as dt

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from casework import acts
from casework.acts import Act, posted
from casework.days import said
from internships.actions import placements
from internships.admin.read_only import ReadOnly
from internships.forms.placements import DeclareForm
from internships.interest_lines import placement_badge
from internships.models import Assessment, IndemnityRate, Placement
from territory.filters import UsualFilter


class WhenFilter(UsualFilter):
    """Those who are here or soon will be, unless asked otherwise."""

    title = "période"
    parameter_name = "quand"
    usual = "en cours et à venir"

    def lookups(self, request, model_admin):
        return [
            ("arrivees", "arrivées à constater"),
            ("termines", "terminés"),
            ("annules", "annulés"),
            ("tous", "tous"),
        ]

    def queryset(self, request, rows):
        day = timezone.localdate()
        if self.value() == "tous":
            return rows
        if self.value() == "annules":
            return rows.exclude(cancelled_at=None)
        if self.value() == "termines":
            return rows.over(day)
        if self.value() == "arrivees":
            return rows.on(day).filter(arrived_at=None)
        return rows.kept().filter(period__endswith__gt=day)


class DeskDeclareForm(DeclareForm):
    """Somebody tells the desk that they come."""

    class Meta(DeclareForm.Meta):
        fields = ["person", *DeclareForm.Meta.fields]

    def _post_clean(self):
        super()._post_clean()
        if person := self.cleaned_data.get("person"):
            self.instance.person = person


class CancelForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label="Pourquoi",
        help_text="La personne et le terrain le lisent.",
        max_length=300,
    )
    gives_bed_back = forms.BooleanField(
        label="Rendre aussi sa chambre, ou retirer sa demande de chambre",
        required=False,
        initial=True,
    )

    def __init__(self, *args, has_bed: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_bed:
            del self.fields["gives_bed_back"]


@admin.register(Placement)
class PlacementAdmin(ModelAdmin):
    """Who comes where, whether through an offer or not."""

    empty_text = (
        "Aucun stage dans cette vue. Un stage naît d’un intérêt confirmé, d’une "
        "arrivée déclarée sur le site, ou du bouton « Ajouter »."
    )
    list_display = ["who", "where_", "kind", "dates", "zone", "standing"]
    list_display_links = ["who"]
    list_filter = [WhenFilter, "semester", "kind"]
    list_filter_sheet = True
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["person__search_key", "site__name", "place_name"]
    search_help_text = "Personne ou lieu"
    sortable_by = []
    actions = None
    actions_detail = ["note_arrival", "cancel"]
    autocomplete_fields = ["person"]
    readonly_fields = [
        "who",
        "where_",
        "kind",
        "modality",
        "semester",
        "dates",
        "commune",
        "zone",
        "standing",
        "supervisor",
        "indemnities_wording",
        "indemnities_accepted_at",
        "locum_licence_on",
        "arrived_at",
        "cancelled_at",
        "cancelled_because",
    ]

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).with_list_data()

    def get_ordering(self, request):
        return ["period", "pk"]

    # --- Somebody tells the desk --------------------------------------------------

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = DeskDeclareForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields if obj else []

    def get_fieldsets(self, request, obj=None):
        if obj is not None:
            return [(None, {"fields": self.readonly_fields})]
        return [
            ("Qui", {"fields": ["person"]}),
            ("Le stage", {"fields": ["kind", "modality"]}),
            ("Où", {"fields": ["site", "place_name", "commune"]}),
            ("Quand", {"fields": ["first_on", "last_on"]}),
        ]

    def save_model(self, request, obj, form, change):
        placements.declare(obj, accepted_wording="", by=request.user)

    # --- What a list shows -----------------------------------------------------------

    @display(description="étudiante ou étudiant")
    def who(self, placement):
        return placement.person.full_name or "Personne effacée"

    @display(description="lieu")
    def where_(self, placement):
        return f"{placement.where}, {placement.commune.name}"

    @display(description="dates")
    def dates(self, placement):
        return f"du {said(placement.period.lower)} au {said(placement.last_on)}"

    @display(description="zone au premier jour")
    def zone(self, placement):
        return placement.zone_label or "hors zone"

    @display(description="état")
    def standing(self, placement):
        shown = placement_badge(placement, timezone.localdate())
        context = {"label": shown.label, "look": shown.look, "icon_name": shown.icon}
        return render_to_string("_badge.html", context)

    # --- The buttons -----------------------------------------------------------------

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "<int:object_id>/annuler/",
                view(self.cancel_view),
                name="internships_placement_annuler",
            ),
            path(
                "<int:object_id>/arrivee/",
                view(self.arrival_view),
                name="internships_placement_arrivee",
            ),
            *super().get_urls(),
        ]

    def _is(self, object_id, rows) -> bool:
        return rows.filter(pk=object_id).exists()

    def has_may_cancel_permission(self, request, object_id=None):
        return self._is(object_id, Placement.objects.kept())

    def has_may_arrive_permission(self, request, object_id=None):
        begun = Placement.objects.kept().filter(
            arrived_at=None, period__startswith__lte=timezone.localdate()
        )
        return self._is(object_id, begun)

    @action(description="Bien arrivé ou arrivée", permissions=["may_arrive"])
    def note_arrival(self, request, object_id):
        return redirect("admin:internships_placement_arrivee", object_id)

    @action(description="Annuler ce stage", permissions=["may_cancel"])
    def cancel(self, request, object_id):
        return redirect("admin:internships_placement_annuler", object_id)

    def cancel_view(self, request, object_id):
        act = Act(
            "Annuler ce stage",
            "La place redevient libre ; la personne et le terrain sont prévenus.",
            "Annuler le stage",
            "Le stage est annulé.",
        )

        def do(placement, *, by, reason, gives_bed_back=False):
            placements.cancel(placement, reason, gives_bed_back=gives_bed_back, by=by)

        has_bed = placements.beds_of(Placement(pk=object_id)).exists()
        form = CancelForm(posted(request), has_bed=has_bed)
        return self._answered(request, object_id, act, form, do)

    def arrival_view(self, request, object_id):
        act = Act(
            "Bien arrivé ou arrivée",
            "Quelqu’un l’a vu ou vue sur place.",
            "Noter l’arrivée",
            "L’arrivée est notée.",
        )
        form = acts.PlainAct(posted(request))
        return self._answered(request, object_id, act, form, placements.note_arrival)

    def _answered(self, request, object_id, act, form, do):
        if not self.has_view_permission(request):
            raise PermissionDenied
        placement = get_object_or_404(self.get_queryset(request), pk=object_id)
        back_url = reverse("admin:internships_placement_change", args=[placement.pk])
        return acts.answered(
            self.admin_site,
            request,
            act,
            form,
            lambda **answer: do(placement, **answer),
            back_url=back_url,
            back_to=placement.where,
            about=placement.person.full_name,
        )


@admin.register(Assessment)
class AssessmentAdmin(ReadOnly, ModelAdmin):
    """What trainees thought, to be read here alone: the site shows averages."""

    empty_text = (
        "Aucun bilan. Six questions partent à chaque stagiaire à la fin de son stage."
    )
    list_display = ["placement", "answered", "would_return", "comment"]
    list_per_page = 50
    show_full_result_count = False
    sortable_by = []
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("placement__site")

    def get_ordering(self, request):
        return ["-answered_at", "-pk"]

    @display(description="répondu le")
    def answered(self, assessment):
        return said(assessment.answered_at)


@admin.register(IndemnityRate)
class IndemnityRateAdmin(ModelAdmin):
    """Dated amounts: a new text closes one period and opens the next."""

    empty_text = "Aucun montant : le comparateur ne peut rien calculer sans eux."
    list_display = ["kind", "amount", "period_", "source"]
    list_filter = ["kind"]
    list_filter_sheet = True
    show_full_result_count = False
    sortable_by = []
    actions = None

    def has_delete_permission(self, request, obj=None):
        return False

    @display(description="en vigueur")
    def period_(self, rate):
        first, end = rate.period.lower, rate.period.upper
        if end is None:
            return f"depuis le {said(first)}"
        return f"du {said(first)} au {said(end - dt.timedelta(days=1))}"
