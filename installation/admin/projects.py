"""Projects of structures: the list the desk keeps, the page elected officials read."""

from collections import Counter
from decimal import Decimal

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.decorators import action

from accounts import roles
from casework.forms import DayField
from casework.typography import euros
from installation.actions import projects
from installation.models import StructureProject
from territory import maps
from territory.models import Departement

State = StructureProject.State
Kind = StructureProject.Kind
LOOKS = {
    State.IDEA: ("neutral", "sparkles"),
    State.STUDIED: ("info", "search"),
    State.VOTED: ("you", "check"),
    State.WORKS: ("run", "footprints"),
    State.OPEN: ("success", "circle-check"),
    State.ABANDONED: ("neutral", "ban"),
}


class MoveForm(forms.Form):
    """Where the project goes from here, with what that asks."""

    use_required_attribute = False

    to = forms.ChoiceField(label="Nouvel état", widget=forms.RadioSelect)
    day = DayField(label="Date d’ouverture", required=False, only_future=False)
    reason = forms.CharField(
        label="Raison de l’abandon",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, **kwargs)
        states = project.next_states
        self.fields["to"].choices = [(state.value, state.label) for state in states]
        if State.OPEN not in states:
            del self.fields["day"]
        if State.ABANDONED not in states:
            del self.fields["reason"]


@admin.register(StructureProject)
class StructureProjectAdmin(ModelAdmin):
    empty_text = (
        "Aucun projet de structure. Ajoutez les maisons et centres de santé, cabinets "
        "secondaires et logements que le Département aide."
    )
    list_display = ["name", "kind", "commune", "state", "voted", "paid"]
    list_filter = ["state", "kind", "is_public"]
    list_select_related = ["commune"]
    search_fields = ["name", "commune__search_key", "deliberation_number"]
    search_help_text = "Nom, commune ou numéro de délibération."
    autocomplete_fields = ["commune", "carrier", "structure"]
    readonly_fields = ["state", "opened_on", "abandoned_because"]
    actions_list = ["overview"]
    actions_detail = ["move"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    "kind",
                    "is_public",
                    "carrier",
                    "commune",
                    "structure",
                ]
            },
        ),
        (
            "Où il en est",
            {"fields": ["state", "planned_on", "opened_on", "abandoned_because"]},
        ),
        (
            "Aide du Département",
            {
                "fields": [
                    "deliberation_number",
                    "deliberation_on",
                    "amount_voted",
                    "amount_paid",
                ]
            },
        ),
        ("Notes", {"fields": ["notes"]}),
    ]

    @admin.display(description="subvention votée", ordering="amount_voted")
    def voted(self, project):
        return euros(project.amount_voted)

    @admin.display(description="déjà versé", ordering="amount_paid")
    def paid(self, project):
        return euros(project.amount_paid)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).defer("commune__contour")

    def get_fieldsets(self, request, obj=None):
        """The desk's notes are the desk's; nothing else is hidden."""
        if roles.is_desk(request.user):
            return self.fieldsets
        return self.fieldsets[:-1]

    def has_move_permission(self, request, object_id=None):
        return self.has_change_permission(request)

    @action(description="Carte et bilan", url_path="bilan", icon="map")
    def overview(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            **overview(
                list(self.get_queryset(request).select_related("commune", "carrier"))
            ),
            "title": "Structures aidées",
            "today": timezone.localdate(),
            "may_read": self.has_view_permission(request),
            "changelist_url": reverse("admin:installation_structureproject_changelist"),
        }
        return TemplateResponse(request, "gestion/projects.html", context)

    @action(
        description="Changer l’état", url_path="etat", icon="flag", permissions=["move"]
    )
    def move(self, request, object_id):
        project = get_object_or_404(self.get_queryset(request), pk=object_id)
        form = MoveForm(request.POST or None, project=project)
        if request.method == "POST" and form.is_valid():
            try:
                projects.move(
                    project,
                    form.cleaned_data["to"],
                    day=form.cleaned_data.get("day"),
                    reason=form.cleaned_data.get("reason", ""),
                    today=timezone.localdate(),
                    by=request.user,
                )
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, f"{project} : l’état est changé.")
                return redirect(project)
        context = {
            **self.admin_site.each_context(request),
            "title": "Changer l’état",
            "project": project,
            "form": form,
        }
        return TemplateResponse(request, "gestion/project_move.html", context)


def overview(found: list[StructureProject]) -> dict:
    """The map, the totals and the list by kind of the page officials print."""
    shown = [project for project in found if project.state != State.ABANDONED]
    here = [
        project
        for project in shown
        if project.commune.departement_id and project.commune.longitude is not None
    ]
    counted = Counter(project.commune for project in here)
    departement = Departement.objects.filter(code=settings.DEPARTEMENT).first()
    pins = [maps.Pin(commune, number) for commune, number in counted.items()]
    pins.sort(key=lambda pin: (-pin.count, pin.commune.sort_key))
    outlines = []
    if departement:
        drawn = [
            maps.departement_map(departement, pins=pins, wide=wide)
            for wide in (True, False)
        ]
        outlines = [outline for outline in drawn if outline]
    sections = []
    for kind in Kind:
        rows = [project for project in shown if project.kind == kind]
        if rows:
            sections.append({"title": _plural(kind), "rows": rows, **_totals(rows)})
    return {
        "maps": outlines,
        "sections": sections,
        "total": _totals(shown),
        "abandoned": len(found) - len(shown),
    }


def _totals(rows: list[StructureProject]) -> dict:
    is_open = [project for project in rows if project.state == State.OPEN]
    public = [project for project in is_open if project.is_public]
    return {
        "open": len(is_open),
        "public": len(public),
        "private": len(is_open) - len(public),
        "under_way": len(rows) - len(is_open),
        "voted": sum((row.amount_voted or Decimal(0) for row in rows), Decimal(0)),
        "paid": sum((row.amount_paid for row in rows), Decimal(0)),
    }


_PLURALS = {
    Kind.HEALTH_HOUSE: "Maisons de santé",
    Kind.HEALTH_CENTRE: "Centres de santé",
    Kind.SECONDARY_PRACTICE: "Cabinets secondaires",
    Kind.DWELLINGS: "Logements d’internes et de médecins",
    Kind.E_HEALTH: "Équipements d’e-santé",
    Kind.NURSE_TRAINING: "Formations d’infirmiers en pratique avancée",
}


def _plural(kind: str) -> str:
    return _PLURALS[Kind(kind)]
