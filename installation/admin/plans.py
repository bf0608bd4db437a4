"""The plan of action at the desk: its tab, its buttons, and the template of steps."""

import datetime as dt

from django import forms
from django.contrib import admin
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from unfold.admin import ModelAdmin

from accounts import roles
from casework.forms import DayField
from documents.forms import UploadsField
from installation import plan_lines
from installation.actions import plans
from installation.admin import dossier as dossier_page
from installation.admin.acts import Act, answered, at_once, bound, posted
from installation.models import InstallationRequest, Plan, PlanTemplateStep, Step

TAB = "plan"
# Long enough for the whole journey, when nobody has named a day yet.
USUAL_DAYS = 240


class PlannedDayForm(forms.Form):
    use_required_attribute = False

    planned_on = DayField(label="Premier jour prévu", only_future=False)


class StepForm(forms.ModelForm):
    """A step in the words of the desk, with its day."""

    use_required_attribute = False

    due_on = DayField(label="Pour le", only_future=False)

    class Meta:
        model = Step
        fields = [
            "title",
            "due_on",
            "owner",
            "track",
            "help",
            "proof",
            "link",
            "is_blocking",
        ]
        labels = {"link": "Lien officiel", "is_blocking": "Bloque les suivantes"}

    @property
    def said(self) -> dict:
        return {name: self.cleaned_data[name] for name in plans.SAID}


class FinishForm(forms.Form):
    use_required_attribute = False

    note = forms.CharField(label="Une précision", max_length=300, required=False)
    files = UploadsField(label="Preuve", required=False)


class DropForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(label="Pourquoi", max_length=300)


# --- The tab -----------------------------------------------------------------------


def gather(dossier: InstallationRequest) -> dict:
    today = timezone.localdate()
    shown = plan_lines.of(dossier, today, for_desk=True)
    planned_on = shown.plan.planned_on if shown else _guessed(dossier, today)
    return {
        "shown": shown,
        "may_act": dossier.allows("exchange"),
        "day_form": PlannedDayForm(initial={"planned_on": planned_on}),
        "template_count": PlanTemplateStep.objects.for_kind(dossier.kind).count(),
        "template_url": reverse("admin:installation_plantemplatestep_changelist"),
    }


def _guessed(dossier: InstallationRequest, today: dt.date) -> dt.date:
    details = getattr(dossier, "details", None)
    named = details.planned_on if details else None
    return named or today + dt.timedelta(days=USUAL_DAYS)


dossier_page.GATHER[TAB] = gather


# --- The buttons --------------------------------------------------------------------


def _urls(page) -> list:
    one = "<int:object_id>/plan/etapes/<int:pk>/"
    return [
        path(
            "<int:object_id>/plan/ouvrir/",
            bound(open_plan, page),
            name="installation_plan_open",
        ),
        path(
            "<int:object_id>/plan/date/",
            bound(move, page),
            name="installation_plan_move",
        ),
        path(
            "<int:object_id>/plan/etapes/",
            bound(add_step, page),
            name="installation_step_add",
        ),
        path(one, bound(change_step, page), name="installation_step_edit"),
        path(f"{one}fait/", bound(finish_step, page), name="installation_step_finish"),
        path(
            f"{one}abandonner/", bound(drop_step, page), name="installation_step_drop"
        ),
        path(
            f"{one}a-refaire/",
            bound(undo_step, page, only_post=True),
            name="installation_step_undo",
        ),
        path(
            f"{one}reprendre/",
            bound(restore_step, page, only_post=True),
            name="installation_step_restore",
        ),
    ]


dossier_page.URLS.append(_urls)


def _step(dossier, pk) -> Step:
    rows = Step.objects.filter(plan__request=dossier).select_related("plan")
    return get_object_or_404(rows, pk=pk)


def _plan(dossier) -> Plan:
    return get_object_or_404(Plan, request=dossier)


def open_plan(page, request, dossier):
    act = Act(
        "Ouvrir le plan d’action",
        "Les étapes types se copient dans ce dossier, avec leurs dates ; vous les "
        "adaptez ensuite. La personne reçoit un courriel.",
        "Ouvrir le plan",
        "Le plan est ouvert.",
    )
    form = PlannedDayForm(
        posted(request),
        initial={"planned_on": _guessed(dossier, timezone.localdate())},
    )
    return answered(
        page,
        request,
        dossier,
        act,
        form,
        lambda *, by, planned_on: plans.open_plan(dossier, planned_on, by=by),
        tab=TAB,
    )


def move(page, request, dossier):
    plan = _plan(dossier)
    act = Act(
        "Changer le premier jour prévu",
        "Ce qui n’est pas fait se décale d’autant ; ce qui est fait garde sa date.",
        "Changer la date",
        "La date est changée, les étapes à venir ont suivi.",
    )
    form = PlannedDayForm(posted(request), initial={"planned_on": plan.planned_on})
    return answered(
        page,
        request,
        dossier,
        act,
        form,
        lambda *, by, planned_on: plans.move(plan, planned_on, by=by),
        tab=TAB,
    )


def add_step(page, request, dossier):
    plan = _plan(dossier)
    form = StepForm(posted(request), initial={"due_on": plan.planned_on})
    act = Act(
        "Ajouter une étape",
        "Elle ne vaut que pour ce dossier, et garde sa distance si la date change.",
        "Ajouter",
        "L’étape est ajoutée.",
    )

    def add(*, by, **_cleaned):
        plans.add_step(plan, form.said, due_on=form.cleaned_data["due_on"], by=by)

    return answered(page, request, dossier, act, form, add, tab=TAB)


def change_step(page, request, dossier, pk):
    step = _step(dossier, pk)
    form = StepForm(posted(request), instance=step, initial={"due_on": step.due_on})
    act = Act("Modifier l’étape", "", "Enregistrer", "L’étape est modifiée.")

    def change(*, by, **_cleaned):
        due_on = form.cleaned_data["due_on"]
        plans.change_step(step, form.said, due_on=due_on, by=by)

    return answered(
        page, request, dossier, act, form, change, tab=TAB, about=step.title
    )


def finish_step(page, request, dossier, pk):
    step = _step(dossier, pk)
    act = Act(
        "Cette étape est faite",
        f"Preuve attendue : {step.proof}." if step.proof else "",
        "C’est fait",
        f"C’est fait : {step.title}.",
    )
    form = FinishForm(posted(request), request.FILES or None)

    def finish(*, by, note, files):
        plans.finish_step(step, by=by, note=note, file=files[0] if files else None)

    return answered(
        page, request, dossier, act, form, finish, tab=TAB, about=step.title
    )


def drop_step(page, request, dossier, pk):
    step = _step(dossier, pk)
    act = Act(
        "Abandonner l’étape",
        "Elle ne compte plus dans l’avancement et la personne ne la voit plus.",
        "Abandonner",
        "L’étape est abandonnée.",
    )
    return answered(
        page,
        request,
        dossier,
        act,
        DropForm(posted(request)),
        lambda *, by, reason: plans.drop_step(step, reason, by=by),
        tab=TAB,
        about=step.title,
    )


def undo_step(page, request, dossier, pk):
    step = _step(dossier, pk)
    return at_once(
        page,
        request,
        dossier,
        lambda *, by: plans.undo_step(step, by=by),
        tab=TAB,
        done=f"À refaire : {step.title}.",
    )


def restore_step(page, request, dossier, pk):
    step = _step(dossier, pk)
    return at_once(
        page,
        request,
        dossier,
        lambda *, by: plans.restore_step(step, by=by),
        tab=TAB,
        done=f"Reprise : {step.title}.",
    )


# --- The template -------------------------------------------------------------------


class TemplateStepForm(forms.ModelForm):
    kinds = forms.MultipleChoiceField(
        label="Demandes concernées",
        choices=InstallationRequest.Kind,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = PlanTemplateStep
        fields = [
            "title",
            "help",
            "kinds",
            "is_active",
            "owner",
            "track",
            "offset_days",
            "is_blocking",
            "rank",
            "proof",
            "link",
        ]


@admin.register(PlanTemplateStep)
class PlanTemplateStepAdmin(ModelAdmin):
    """The journey the desk proposes; plans already open keep their own steps."""

    empty_text = (
        "Aucune étape type. Ajoutez les étapes que chaque nouveau plan d'action doit "
        "proposer."
    )
    form = TemplateStepForm
    list_display = [
        "title",
        "owner",
        "offset_days",
        "track",
        "is_blocking",
        "is_active",
    ]
    list_filter = ["is_active", "owner", "track"]
    search_fields = ["title"]
    fieldsets = [
        (None, {"fields": ["title", "help", "kinds", "is_active"]}),
        (
            "Qui, quand",
            {"fields": ["owner", "track", "offset_days", "is_blocking", "rank"]},
        ),
        ("Preuve", {"fields": ["proof", "link"]}),
    ]

    def has_delete_permission(self, request, obj=None):
        """Those of the portal are switched off; others may go."""
        return roles.is_desk(request.user) and (obj is None or obj.code is None)
