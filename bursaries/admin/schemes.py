"""Bursaries at the desk: each vote is a version, written as a draft, then frozen."""

from functools import partial

from django import forms
from django.contrib import admin
from django.contrib.postgres.forms import SimpleArrayField
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from unfold.admin import ModelAdmin, StackedInline
from unfold.decorators import action
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminTextInputWidget,
)

from bursaries import reading
from bursaries.actions import schemes as actions
from bursaries.actions.schemes import NOT_TYPED
from bursaries.choices import Mode, Profession, StudyLevel
from bursaries.models import (
    RepaymentStep,
    Scheme,
    SchemeAmount,
    SchemeDocument,
    SchemeVersion,
)
from casework import acts
from casework.acts import Act, PlainAct, posted
from casework.forms import capitalised
from casework.journal import record
from casework.locking import locked


class DayForm(forms.Form):
    use_required_attribute = False

    day = forms.DateField(
        label="À partir du",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )


PUBLISH = Act(
    "Publier cette version",
    "À partir de ce jour, on demande la bourse sous ces règles. Elles ne changeront "
    "plus : un nouveau vote sera une nouvelle version. La version précédente se ferme "
    "le même jour ; les conventions signées sous elle continuent.",
    "Publier",
    "La version est publiée.",
)
CLOSE = Act(
    "Fermer aux demandes",
    "À partir de ce jour, personne ne demande plus la bourse sous cette version. Les "
    "dossiers déposés et les conventions continuent.",
    "Fermer",
    "La bourse est fermée aux demandes.",
)
DISCARD = Act(
    "Effacer cette version",
    "Personne ne l’a encore lue : elle disparaît avec ce qui y est écrit.",
    "Effacer",
    "La version en préparation est effacée.",
)


def _checkboxes(label: str, choices) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=capitalised(choices),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )


class SchemeVersionForm(forms.ModelForm):
    professions = _checkboxes("Études", Profession.choices)
    levels = _checkboxes("Années d’études", StudyLevel.choices)
    modes = _checkboxes("Modes d’exercice", Mode.choices)
    zones = SimpleArrayField(
        forms.CharField(max_length=30),
        label="Zones",
        required=False,
        help_text="Séparées par des virgules : ZIP, ZAC. Vide : partout dans le "
        "département.",
        widget=UnfoldAdminTextInputWidget,
    )

    class Meta:
        model = SchemeVersion
        fields = [
            field.name
            for field in SchemeVersion._meta.concrete_fields
            if field.name not in NOT_TYPED
        ]

    def clean(self):
        # Held until it is saved: somebody may be publishing it.
        locked(self.instance).require_draft()
        return super().clean()


class AmountInline(StackedInline):
    model = SchemeAmount
    extra = 1


class StepInline(StackedInline):
    model = RepaymentStep
    extra = 0


class DocumentInline(StackedInline):
    model = SchemeDocument
    extra = 0


@admin.register(Scheme)
class SchemeAdmin(ModelAdmin):
    empty_text = (
        "Aucune bourse. Ajoutez celle que l’assemblée a votée, puis écrivez ses règles."
    )
    list_display = ["name", "standing"]
    fields = ["name", "slug", "summary", "rank"]
    prepopulated_fields = {"slug": ["name"]}
    search_fields = ["name"]
    actions_detail = ["prepare"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("versions")

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        obj.save()
        record("bursaries.scheme.written", subject=obj, actor=request.user)

    def response_add(self, request, obj, post_url_continue=None):
        """The rules come next: a bursary without any is nothing to read."""
        version = actions.new_version(obj, by=request.user)
        return redirect(_url(version))

    @admin.display(description="version")
    def standing(self, scheme):
        day = timezone.localdate()
        open_ones = [one for one in scheme.versions.all() if one.is_open_on(day)]
        if open_ones:
            return f"version {open_ones[0].number} en vigueur"
        return "fermée aux demandes"

    def has_may_prepare_permission(self, request, object_id=None):
        return request.user.has_perm("bursaries.change_schemeversion")

    @action(
        description="Écrire les règles",
        url_path="version",
        permissions=["may_prepare"],
    )
    def prepare(self, request, object_id):
        """The version in preparation, or the last one copied into a new one."""
        scheme = get_object_or_404(Scheme, pk=object_id)
        if request.method == "POST":
            return redirect(_url(actions.new_version(scheme, by=request.user)))
        draft = scheme.versions.drafts().first()
        if draft:
            return redirect(_url(draft))
        act = Act(
            "Préparer une nouvelle version",
            "Elle commence avec les règles de la précédente. Rien ne paraît avant "
            "que vous la publiiez.",
            "Préparer",
            "",
        )
        return acts.answered(
            self.admin_site,
            request,
            act,
            PlainAct(),
            do=partial(actions.new_version, scheme),
            back_url=reverse("admin:bursaries_scheme_change", args=[scheme.pk]),
            back_to=scheme.name,
        )


class StandingFilter(admin.SimpleListFilter):
    title = "état"
    parameter_name = "etat"

    def lookups(self, request, model_admin):
        return [("preparation", "en préparation"), ("publiees", "publiées")]

    def queryset(self, request, rows):
        if self.value() == "preparation":
            return rows.drafts()
        return rows.published() if self.value() == "publiees" else rows


@admin.register(SchemeVersion)
class SchemeVersionAdmin(ModelAdmin):
    empty_text = (
        "Aucune version. Une version naît de sa bourse, par « Écrire les règles »."
    )
    form = SchemeVersionForm
    inlines = [AmountInline, StepInline, DocumentInline]
    list_display = ["title", "standing", "deliberation", "opens", "is_example"]
    list_filter = [StandingFilter, "scheme"]
    list_select_related = ["scheme"]
    ordering = ["scheme__rank", "scheme__name", "-number"]
    actions_detail = ["publish", "close", "discard"]
    readonly_fields = ["what_is_read", "what_changes"]
    fieldsets = [
        (
            "Le vote",
            {
                "fields": [
                    "legal_basis",
                    "deliberation",
                    "deliberated_on",
                    "is_example",
                    "source",
                ]
            },
        ),
        (
            "Pour qui",
            {"fields": ["professions", "levels", "places_a_year", "asks_eu"]},
        ),
        ("Combien", {"fields": ["unit", "rhythm", "max_months", "max_total"]}),
        (
            "En retour",
            {
                "fields": [
                    "commitment_months",
                    "window_months",
                    "days_a_week",
                    "modes",
                    "zones",
                    "zone_reference",
                ]
            },
        ),
        (
            "Pendant les études",
            {
                "fields": [
                    "repeated_year",
                    "max_repeated_years",
                    "pauses_payments",
                    "pauses_service",
                    "enrolment_day",
                    "enrolment_month",
                ]
            },
        ),
        (
            "Si l’engagement n’est pas tenu",
            {
                "fields": [
                    "formula",
                    "penalty_fixed",
                    "penalty_monthly",
                    "penalty_least",
                    "bears_interest",
                    "notice_days",
                    "max_instalments",
                ]
            },
        ),
        ("Le calendrier", {"fields": ["calendar"]}),
        ("Ce que lira un étudiant", {"fields": ["what_is_read"]}),
        ("Ce qui change de la version précédente", {"fields": ["what_changes"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        """Once published, the rules are read in French, not field by field."""
        is_read = obj and not self.has_change_permission(request, obj)
        return self.fieldsets[-2:] if is_read else self.fieldsets

    def get_inlines(self, request, obj):
        return self.inlines if self.has_change_permission(request, obj) else []

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and not (obj and obj.is_published)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        record(
            "bursaries.scheme.version_written",
            subject=form.instance,
            actor=request.user,
        )

    @admin.display(description="version")
    def title(self, version):
        return str(version)

    @admin.display(description="état")
    def standing(self, version):
        if not version.is_published:
            return "en préparation"
        day = timezone.localdate()
        if version.is_open_on(day):
            return "en vigueur"
        return "fermée" if version.opens_on <= day else "à venir"

    @admin.display(description="demandes depuis le")
    def opens(self, version):
        return version.opens_on

    @admin.display(description="la page publique")
    def what_is_read(self, version):
        return render_to_string(
            "bursaries/_reading.html", {"sections": reading.sections(version)}
        )

    @admin.display(description="avant, et maintenant")
    def what_changes(self, version):
        before = version.scheme.versions.filter(number=version.number - 1).first()
        if before is None:
            return "C’est la première version."
        return render_to_string(
            "bursaries/_differences.html",
            {"differences": reading.differences(before, version)},
        )

    # --- What is decided of a version ------------------------------------------------

    def has_draft_permission(self, request, object_id=None):
        return self._may(request, object_id, is_published=False)

    def has_published_permission(self, request, object_id=None):
        return self._may(request, object_id, is_published=True)

    def _may(self, request, object_id, *, is_published: bool) -> bool:
        if not request.user.has_perm("bursaries.change_schemeversion"):
            return False
        rows = SchemeVersion.objects.filter(published_at__isnull=not is_published)
        return object_id is None or rows.filter(pk=object_id).exists()

    @action(description="Publier", url_path="publier", permissions=["draft"])
    def publish(self, request, object_id):
        return self._on_a_day(request, object_id, PUBLISH, actions.publish, "opens_on")

    @action(
        description="Fermer aux demandes", url_path="fermer", permissions=["published"]
    )
    def close(self, request, object_id):
        return self._on_a_day(request, object_id, CLOSE, actions.close, "on")

    @action(description="Effacer", url_path="effacer", permissions=["draft"])
    def discard(self, request, object_id):
        version = get_object_or_404(SchemeVersion, pk=object_id)
        back = reverse("admin:bursaries_scheme_change", args=[version.scheme_id])
        return acts.answered(
            self.admin_site,
            request,
            DISCARD,
            PlainAct(posted(request)),
            do=partial(actions.discard, version),
            back_url=back,
            back_to=str(version.scheme),
        )

    def _on_a_day(self, request, object_id, act, decide, name):
        version = get_object_or_404(
            SchemeVersion.objects.select_related("scheme"), pk=object_id
        )
        return acts.answered(
            self.admin_site,
            request,
            act,
            DayForm(posted(request)),
            do=lambda *, by, day: decide(version, by=by, **{name: day}),
            back_url=_url(version),
            back_to=str(version),
        )


def _url(version: SchemeVersion) -> str:
    return reverse("admin:bursaries_schemeversion_change", args=[version.pk])
