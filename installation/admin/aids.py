"""The catalogue of aids at the desk, and the finder run from a dossier."""

import datetime as dt

from django import forms
from django.contrib import admin, messages
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from unfold.admin import ModelAdmin, StackedInline
from unfold.decorators import action
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextInputWidget,
    UnfoldAdminURLInputWidget,
)

from accounts.models import User
from casework.journal import record
from installation import aid_presentation
from installation.actions import aids
from installation.admin import dossier as dossier_page
from installation.aid_choices import Mode, Place, Plan, Practice, Sector
from installation.forms.aids import FinderForm, initial_of
from installation.models import AidProgramme, AidZone, LocalAidRecord
from installation.views.aids import answer, snapshot

TAB = "aides"
dossier_page.TABS[TAB] = "Aides"


class ChoicesField(forms.MultipleChoiceField):
    """Boxes to tick for a list of codes."""

    def __init__(self, choices, label, help_text):
        super().__init__(
            choices=[(code, capfirst(str(text))) for code, text in choices.choices],
            label=label,
            help_text=help_text,
            widget=UnfoldAdminCheckboxSelectMultipleWidget,
            required=False,
        )


class AidProgrammeForm(forms.ModelForm):
    professions = ChoicesField(Practice, "Professions", "Rien de coché : toutes.")
    plans = ChoicesField(Plan, "Projets", "Rien de coché : tous.")
    modes = ChoicesField(Mode, "Modes d’exercice", "Rien de coché : tous.")
    structures = ChoicesField(Place, "Lieux d’exercice", "Rien de coché : tous.")
    sectors = ChoicesField(
        Sector, "Secteurs conventionnels", "Pour les médecins. Rien de coché : tous."
    )
    excludes = forms.ModelMultipleChoiceField(
        AidProgramme.objects.all(),
        label="Ne se cumule pas avec",
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )
    source_url = forms.URLField(
        label="Adresse de la source",
        required=False,
        assume_scheme="https",
        widget=UnfoldAdminURLInputWidget,
    )
    valid_from = forms.DateField(
        label="En vigueur depuis le", widget=UnfoldAdminSingleDateWidget
    )
    valid_until = forms.DateField(
        label="Jusqu’au (compris)",
        required=False,
        widget=UnfoldAdminSingleDateWidget,
        help_text="Vide : sans fin connue.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        valid = self.instance.valid
        if valid:
            self.initial["valid_from"] = valid.lower
            if valid.upper:
                self.initial["valid_until"] = valid.upper - dt.timedelta(days=1)
        if "review_on" in self.fields and not self.instance.pk:
            self.initial.setdefault(
                "review_on", timezone.localdate() + dt.timedelta(days=180)
            )
        if self.instance.pk and "excludes" in self.fields:
            others = AidProgramme.objects.exclude(pk=self.instance.pk)
            self.fields["excludes"].queryset = others

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            raise ValidationError("La règle finit avant de commencer.")
        if first:
            until = last + dt.timedelta(days=1) if last else None
            self.instance.valid = DateRange(first, until)
        return cleaned

    def _get_validation_exclusions(self):
        # The period is not a field of the form, and its constraint must speak.
        excluded = super()._get_validation_exclusions()
        if not self.errors:
            excluded.discard("valid")
        return excluded


class AidZoneForm(forms.ModelForm):
    codes = SimpleArrayField(
        forms.CharField(max_length=40),
        label="Catégories",
        help_text="Séparées par des virgules : ZIP, QPV_ZIP.",
        widget=UnfoldAdminTextInputWidget,
    )

    class Meta:
        model = AidZone
        fields = ["zoning_kind", "codes", "amount", "amount_text"]


class AidZoneInline(StackedInline):
    model = AidZone
    form = AidZoneForm
    extra = 0


class ToVerifyFilter(admin.SimpleListFilter):
    title = "relecture"
    parameter_name = "relecture"

    def lookups(self, request, model_admin):
        return [("due", "à relire"), ("unsure", "à vérifier")]

    def queryset(self, request, queryset):
        if self.value() == "due":
            return queryset.filter(review_on__lt=timezone.localdate())
        if self.value() == "unsure":
            unsure = AidProgramme.Intake.UNSURE
            return queryset.filter(is_verified=False) | queryset.filter(intake=unsure)
        return queryset


@admin.register(AidProgramme)
class AidProgrammeAdmin(ModelAdmin):
    """Whatever changes every year is typed here, not programmed."""

    empty_text = (
        "Aucune aide. Chargez le catalogue national, puis relisez chaque fiche, ou "
        "ajoutez les vôtres."
    )
    form = AidProgrammeForm
    list_display = [
        "name",
        "who_grants",
        "amount_text",
        "intake",
        "review_on",
        "is_published",
    ]
    list_filter = [ToVerifyFilter, "nature", "intake", "is_published"]
    list_select_related = ["funder"]
    search_fields = ["name", "funder_name", "summary"]
    search_help_text = "Nom de l’aide, ou qui l’accorde."
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["funder"]
    inlines = [AidZoneInline]
    actions_list = ["load_catalogue"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    "slug",
                    "nature",
                    "funder",
                    "funder_name",
                    "summary",
                    "amount_text",
                    "amount",
                    "is_published",
                    "rank",
                ]
            },
        ),
        (
            "Les conditions",
            {
                "fields": [
                    "professions",
                    "plans",
                    "modes",
                    "structures",
                    "sectors",
                    "first_settlement_only",
                    "min_days_a_week",
                    "employees_below",
                    "ten_years",
                    "excludes",
                    "other_conditions",
                ]
            },
        ),
        (
            "Ouverte ou fermée",
            {
                "fields": [
                    "intake",
                    "intake_note",
                    "closed_on",
                    "valid_from",
                    "valid_until",
                    "is_requested_here",
                ]
            },
        ),
        (
            "Le texte, la source, la relecture",
            {
                "fields": [
                    "legal_reference",
                    "source",
                    "source_url",
                    "contact",
                    "advice",
                    "is_verified",
                    "checked_on",
                    "review_on",
                    "review_owner",
                ]
            },
        ),
    ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "review_owner":
            kwargs["queryset"] = User.objects.desk().select_related("person")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        return {"review_owner": request.user.pk}

    def has_delete_permission(self, request, obj=None):
        return False  # unpublished rather: results that were kept name it

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        record("installation.aid.programme_edited", subject=obj, actor=request.user)

    @admin.display(description="accordée par", ordering="funder_name")
    def who_grants(self, programme):
        return programme.granted_by

    def has_add_action_permission(self, request):
        return self.has_add_permission(request)

    @action(
        description="Charger le catalogue national",
        url_path="charger",
        permissions=["add_action"],
    )
    def load_catalogue(self, request):
        """GET asks, POST adds: what staff wrote is never touched."""
        if request.method == "POST":
            added = aids.load_catalogue(by=request.user)
            count = len(added)
            said = (
                f"{count} aides ajoutées : relisez-les."
                if count
                else ("Le catalogue a déjà toutes ces aides.")
            )
            messages.success(request, said)
            return redirect("admin:installation_aidprogramme_changelist")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": "Charger le catalogue national",
            "back_url": reverse("admin:installation_aidprogramme_changelist"),
        }
        return TemplateResponse(request, "gestion/aid_catalogue_load.html", context)


@admin.register(LocalAidRecord)
class LocalAidRecordAdmin(ModelAdmin):
    """Our register: what was signed bars a new aid for ten years (R-21)."""

    empty_text = (
        "Aucune convention antérieure. Notez celles que le Département a signées : la "
        "règle des dix ans s’y lit."
    )
    list_display = ["person", "kind", "signed_on", "again_on", "source"]
    list_filter = ["source"]
    list_select_related = ["person"]
    search_fields = ["person__search_key", "kind"]
    autocomplete_fields = ["person"]
    fields = ["person", "kind", "signed_on", "source", "note"]

    @admin.display(description="nouvelle aide possible le")
    def again_on(self, known):
        return known.eligible_from

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        record("installation.aid.register_edited", subject=obj, actor=request.user)


# --- The tab of a dossier -----------------------------------------------------------


def gather(dossier) -> dict:
    reviews = list(dossier.aid_reviews.select_related("commune", "created_by__person"))
    return {
        "finder": FinderForm(initial=initial_of(dossier)),
        "reviews": [
            {"review": review, "groups": aid_presentation.grouped(review.results)}
            for review in reviews
        ],
        "aid_requests": dossier.applicant.aid_requests.filed(),
        "local_aids": dossier.applicant.local_aids.all(),
        "may_work": dossier.is_open,
        "not_a_decision": aid_presentation.NOT_A_DECISION,
    }


dossier_page.GATHER[TAB] = gather


def _urls(model_admin) -> list:
    return [
        path(
            "<int:object_id>/aides/chercher/",
            model_admin.admin_site.admin_view(_searcher(model_admin)),
            name="installation_dossier_aids",
        )
    ]


def _searcher(model_admin):
    def search(request, object_id):
        """Run the finder for this person, and keep what it answered."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not model_admin.has_view_permission(request):
            raise PermissionDenied
        dossier = model_admin.get_dossier(request, object_id)
        form = FinderForm(request.POST)
        if not form.is_valid():
            return model_admin.show(request, dossier, TAB, finder=form)
        found = answer(form, dossier.applicant)
        kept = request.POST.copy()
        kept.pop("csrfmiddlewaretoken", None)
        try:
            aids.keep_review(
                dossier,
                commune=found["commune"],
                shown=snapshot(found),
                query=kept.urlencode(),
                by=request.user,
            )
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, "Le résultat est gardé dans le dossier.")
        change = "admin:installation_installationrequest_change"
        return redirect(f"{reverse(change, args=[dossier.pk])}?onglet={TAB}")

    return search


dossier_page.URLS.append(_urls)
