"""Referrals as a whole: their list, the coverage table, their ends; and the rules
that open needs."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.admin import ModelAdmin
from unfold.decorators import display

from installation import coverage, directory, need_lines, referral_figures
from installation.models import NeedRule, Referral
from installation.need_rules import QUESTIONS
from territory.filters import UsualFilter
from territory.models import Topic


class ReferralStateFilter(UsualFilter):
    """What is in somebody's hands, unless asked otherwise."""

    title = "état"
    parameter_name = "etat"
    usual = "en cours"

    def lookups(self, request, model_admin):
        return [*Referral.State.choices, ("toutes", "toutes")]

    def queryset(self, request, referrals):
        if self.value() == "toutes":
            return referrals
        if self.value() in Referral.State.values:
            return referrals.filter(state=self.value())
        return referrals.running()


@admin.register(Referral)
class ReferralAdmin(ModelAdmin):
    """Every need handed to a partner, the oldest first: each line leads to its
    dossier, where the decisions are."""

    empty_text = (
        "Aucune orientation dans cette vue. Depuis l’onglet « Besoins » d’un dossier, "
        "« Orienter » confie un besoin à un partenaire."
    )
    list_display = ["what", "partner", "standing", "waiting"]
    list_display_links = ["what"]
    list_filter = [ReferralStateFilter, "need__topic", "organisation"]
    list_filter_sheet = True
    list_before_template = "gestion/_referral_doors.html"
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["need__request__reference", "organisation__name"]
    search_help_text = "Référence du dossier ou partenaire"
    sortable_by = []
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        rows = super().get_queryset(request).with_list_data()
        return rows.select_related("need__request__applicant")

    def get_ordering(self, request):
        return ["sent_at", "pk"]

    @display(description="besoin")
    def what(self, referral):
        dossier = referral.need.request
        return format_html(
            '{}<span class="desk-detail">{}, {}</span>',
            referral.need.topic,
            dossier.full_name or "Personne effacée",
            dossier.reference,
        )

    @display(description="partenaire")
    def partner(self, referral):
        return referral.organisation

    @display(description="état")
    def standing(self, referral):
        label, look, icon = need_lines.REFERRAL_BADGES[referral.state]
        context = {"label": label, "look": look, "icon_name": icon}
        return render_to_string("_badge.html", context)

    @display(description="depuis")
    def waiting(self, referral):
        return need_lines.age(referral, timezone.localdate()).capitalize()

    # --- The pages beside the list -----------------------------------------------

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "couverture/",
                view(self.coverage_view),
                name="installation_coverage",
            ),
            path(
                "couverture.csv",
                view(self.coverage_csv),
                name="installation_coverage_csv",
            ),
            path("issues/", view(self.ends_view), name="installation_referral_ends"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A referral is read and decided in its dossier."""
        referral = self.get_object(request, object_id)
        if referral is None or not self.has_view_permission(request, referral):
            return super().change_view(request, object_id, form_url, extra_context)
        page = "admin:installation_installationrequest_change"
        dossier = reverse(page, args=[referral.need.request_id])
        return redirect(f"{dossier}?onglet=besoins")

    def coverage_view(self, request):
        self._require(request)
        lines = self._coverage()
        groups = [cell.group for cell in lines[0].cells] if lines else []
        context = {
            **self.admin_site.each_context(request),
            "title": "Couverture",
            "lines": lines,
            "groups": groups,
            "holes": sum(len(line.holes) for line in lines),
        }
        return TemplateResponse(request, "gestion/coverage.html", context)

    def coverage_csv(self, request):
        self._require(request)
        content = "\ufeff" + coverage.as_csv(self._coverage())
        answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
        name = f"couverture-{timezone.localdate():%Y-%m-%d}.csv"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    def ends_view(self, request):
        self._require(request)
        *lines, total = referral_figures.by_topic()
        context = {
            **self.admin_site.each_context(request),
            "title": "Ce que deviennent les orientations",
            "lines": lines,
            "total": total,
        }
        return TemplateResponse(request, "gestion/referral_ends.html", context)

    def _require(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied

    @staticmethod
    def _coverage() -> list[coverage.Line]:
        return coverage.table(
            Topic.objects.all(),
            directory.groups_of(settings.DEPARTEMENT),
            directory.load(timezone.localdate()),
        )


class NeedRuleForm(forms.ModelForm):
    """A question and one of its answers, chosen together."""

    condition = forms.ChoiceField(label="Quand la réponse est")

    class Meta:
        model = NeedRule
        fields = ["topic", "is_active"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups = [
            (
                question.title,
                [
                    (f"{code}={answer}", f"{question.title} : {label}")
                    for answer, label in question.answers
                ],
            )
            for code, question in QUESTIONS.items()
        ]
        self.fields["condition"].choices = [("", "Choisissez"), *groups]
        if self.instance.pk:
            rule = self.instance
            self.initial["condition"] = f"{rule.question}={rule.answer}"

    def clean(self):
        data = super().clean()
        question, _equals, answer = data.get("condition", "").partition("=")
        self.instance.question, self.instance.answer = question, answer
        return data

    def _get_validation_exclusions(self):
        # Neither is a field of the form, and their constraint must speak.
        excluded = super()._get_validation_exclusions()
        if not self.errors:
            excluded -= {"question", "answer"}
        return excluded


@admin.register(NeedRule)
class NeedRuleAdmin(ModelAdmin):
    """What each answer leads to; a rule is put aside, never deleted, so that no
    migration brings it back."""

    empty_text = (
        "Aucune règle. Ajoutez-en une : une réponse du formulaire, et le besoin "
        "qu’elle ouvre."
    )
    form = NeedRuleForm
    fields = ["condition", "topic", "is_active"]
    list_display = ["condition", "topic", "track", "is_active"]
    list_display_links = ["condition"]
    list_filter = ["is_active", "topic"]
    list_select_related = ["topic"]
    sortable_by = []

    def has_delete_permission(self, request, obj=None):
        return False

    @display(description="quand la réponse est")
    def condition(self, rule):
        question = QUESTIONS.get(rule.question)
        if question is None:
            return f"{rule.question} : question retirée des formulaires"
        answer = dict(question.answers).get(rule.answer, rule.answer)
        return f"{question.title} : {answer}"

    @display(description="projet")
    def track(self, rule):
        return rule.topic.get_track_display()
