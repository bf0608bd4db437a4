"""A breach at the desk: one page that says what was tried, and what comes next."""

from functools import partial

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from unfold.admin import ModelAdmin

from accounts import roles
from bursaries import instalments, litigation
from bursaries.actions import breaches
from bursaries.forms.breaches import (
    CloseForm,
    NoticeForm,
    ReceiptForm,
    SpreadForm,
    StepForm,
    TitleForm,
)
from bursaries.models import Agreement, BreachCase, RepaymentSheet
from casework import acts
from casework.acts import Act, PlainAct, posted
from casework.typography import euros
from documents import serving

Stage = BreachCase.Stage
STEP = Act(
    "Noter une démarche",
    "Un appel, un courrier, un délai accordé, ce que la personne a fait : daté, et "
    "gardé tel quel.",
    "Enregistrer",
    "La démarche est notée.",
)
NOTICE = Act(
    "Mettre en demeure",
    "La lettre dit les faits, la base légale et le délai du règlement. La personne "
    "est prévenue par courriel ; envoyez aussi la lettre en recommandé.",
    "Faire la lettre",
    "La mise en demeure est faite : envoyez-la en recommandé.",
)
COMPUTE = Act(
    "Calculer le remboursement",
    "Le calcul applique la clause de la convention aux sommes payées et aux jours "
    "d’exercice. Il ne change plus ; un autre agent le vérifie.",
    "Calculer",
    "Le calcul est fait : un autre agent le vérifie.",
)
SPREAD = Act(
    "Fixer l’échéancier",
    "La personne reçoit le nombre et le montant des mensualités.",
    "Fixer",
    "L’échéancier est fixé.",
)
TITLE = Act(
    "Noter le titre de recettes",
    "Son numéro et son jour, quand les finances l’ont émis.",
    "Enregistrer",
    "Le titre est noté.",
)
RECEIVE = Act(
    "Noter une somme reçue",
    "La plus ancienne mensualité est soldée la première ; la dernière somme clôt la "
    "convention.",
    "Enregistrer",
    "La somme est notée.",
)
CLOSE = Act(
    "Clore sans remboursement",
    "Le manquement est levé, ou la commission permanente libère la personne.",
    "Clore",
    "Le manquement est clos.",
)


@admin.register(BreachCase)
class BreachCaseAdmin(ModelAdmin):
    empty_text = (
        "Aucun manquement. Ils s’ouvrent depuis une convention, après un appel."
    )
    list_display = ["__str__", "ground", "since", "stage_label"]
    search_fields = ["agreement__reference", "agreement__name"]
    sortable_by = []
    actions = None

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        user = request.user
        reads = roles.is_desk(user) or roles.has_role(user, roles.FINANCES)
        return user.is_staff and reads

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        mine = Agreement.objects.visible_to(request.user)
        return BreachCase.objects.filter(agreement__in=mine).with_list_data()

    @admin.display(description="étape")
    def stage_label(self, case):
        return case.stage_label

    def get_urls(self):
        wrap = self.admin_site.admin_view
        pages = [
            ("demarche/", self.step_view, "step"),
            ("mise-en-demeure/", self.notice_view, "notice"),
            ("lettre/", require_safe(self.letter_view), "letter"),
            ("calculer/", self.compute_view, "compute"),
            ("calcul/<int:sheet_id>/", require_POST(self.check_view), "check"),
            ("echeancier/", self.spread_view, "spread"),
            ("titre/", self.title_view, "title"),
            ("recu/", self.receive_view, "receive"),
            ("clore/", self.close_view, "close"),
            ("pieces/", require_safe(self.bundle_view), "bundle"),
        ]
        return [
            *[
                path(
                    f"<int:object_id>/{end}",
                    wrap(view),
                    name=f"bursaries_breach_{name}",
                )
                for end, view, name in pages
            ],
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        case = self._find(request, unquote(object_id))
        may_act = roles.is_desk(request.user) and not case.closed_on
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": str(case),
            "case": case,
            "agreement": case.agreement,
            "acts": self._acts(case) if may_act else [],
            "sheets": [
                self._sheet(one, request.user, may_act=may_act)
                for one in case.sheets.all()
            ],
        }
        return TemplateResponse(request, "gestion/breach.html", context)

    def _acts(self, case) -> list[dict]:
        """What may be done now, the likeliest first."""
        stage = case.stage
        wanted = {
            Stage.SUSPECTED: ["step", "close"],
            Stage.AMICABLE: ["step", "notice", "close"],
            Stage.NOTICE: ["compute", "step", "close"],
            Stage.DUE: ["spread", "title", "step", "compute", "close"],
            Stage.REPAYING: ["receive", "title", "step", "close"],
        }[stage]
        said = {
            "step": ("Noter une démarche", "pencil"),
            "notice": ("Mettre en demeure", "mail"),
            "compute": ("Calculer le remboursement", "file-text"),
            "spread": ("Fixer l’échéancier", "calendar-days"),
            "title": ("Titre de recettes", "archive"),
            "receive": ("Noter une somme reçue", "inbox"),
            "close": ("Clore sans remboursement", "x"),
        }
        return [
            {
                "url": reverse(f"admin:bursaries_breach_{name}", args=[case.pk]),
                "label": said[name][0],
                "icon": said[name][1],
            }
            for name in wanted
        ]

    def _sheet(self, row: RepaymentSheet, user, *, may_act) -> dict:
        day = timezone.localdate()
        plan = [one.value for one in row.instalments.all()]
        came = [one.value for one in row.receipts.all()]
        return {
            "row": row,
            "due": euros(row.due),
            "lines": row.lines,
            "may_check": may_act and not row.is_checked and row.made_by_id != user.pk,
            "balance": euros(instalments.balance(plan, came, day)) if plan else "",
            "plan": [
                {
                    "due_on": one.instalment.due_on,
                    "amount": euros(one.instalment.amount),
                    "left": euros(one.left),
                    "is_overdue": one.is_overdue(day),
                }
                for one in instalments.standings(plan, came, day)
            ],
        }

    def step_view(self, request, object_id):
        return self._answer(request, object_id, STEP, StepForm, breaches.log_step)

    def notice_view(self, request, object_id):
        return self._answer(
            request, object_id, NOTICE, NoticeForm, breaches.give_notice
        )

    def compute_view(self, request, object_id):
        return self._answer(request, object_id, COMPUTE, PlainAct, breaches.compute)

    def close_view(self, request, object_id):
        return self._answer(request, object_id, CLOSE, CloseForm, breaches.close)

    def spread_view(self, request, object_id):
        return self._of_sheet(request, object_id, SPREAD, SpreadForm, breaches.spread)

    def title_view(self, request, object_id):
        return self._of_sheet(request, object_id, TITLE, TitleForm, breaches.note_title)

    def receive_view(self, request, object_id):
        return self._of_sheet(
            request, object_id, RECEIVE, ReceiptForm, breaches.receive
        )

    def check_view(self, request, object_id, sheet_id):
        case = self._actionable(request, object_id)
        sheet = get_object_or_404(case.sheets.all(), pk=sheet_id)
        return acts.at_once(
            request,
            partial(breaches.check, sheet),
            back_url=self._url(case),
            done="Le calcul est vérifié et la personne en est prévenue.",
        )

    def letter_view(self, request, object_id):
        case = self._find(request, object_id)
        if case.notice is None:
            raise Http404("La mise en demeure n’est pas faite.")
        return serving.attachment(case.notice)

    def bundle_view(self, request, object_id):
        case = self._find(request, object_id)
        name = f"litige-{case.agreement.reference}.zip"
        return HttpResponse(
            litigation.bundle(case),
            content_type="application/zip",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _answer(self, request, object_id, act, form, do):
        case = self._actionable(request, object_id)
        return self._answered(
            request, case, act, form(posted(request)), partial(do, case)
        )

    def _of_sheet(self, request, object_id, act, form, do):
        case = self._actionable(request, object_id)
        if case.sheet is None:
            raise Http404("Aucun calcul n’est vérifié.")
        return self._answered(
            request, case, act, form(posted(request)), partial(do, case.sheet)
        )

    def _answered(self, request, case, act, form, do):
        return acts.answered(
            self.admin_site,
            request,
            act,
            form,
            do,
            back_url=self._url(case),
            back_to=case.agreement.reference,
            about=case.agreement.name,
        )

    def _url(self, case) -> str:
        return reverse("admin:bursaries_breachcase_change", args=[case.pk])

    def _find(self, request, pk) -> BreachCase:
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            return self.get_queryset(request).get(pk=pk)
        except (BreachCase.DoesNotExist, ValueError):
            raise Http404("Ce manquement n’existe pas.") from None

    def _actionable(self, request, pk) -> BreachCase:
        case = self._find(request, pk)
        if not roles.is_desk(request.user):
            raise PermissionDenied
        return case
