"""The requests for money at the desk: a queue, a page, a small page a decision."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.admin import ModelAdmin

from accounts import roles
from casework import clock, timeline
from casework.findings import Finding
from casework.forms import DayField
from casework.models import MoneyRequest, Receipt
from documents import examining, serving
from documents.models import Piece
from territory.filters import ChoiceFilter


class MoneyStateFilter(ChoiceFilter):
    """Those that wait for us, unless asked otherwise; the first due comes first."""

    title = "état"
    parameter_name = "etat"
    default_choice = "ouvertes"

    def lookups(self, request, model_admin):
        states = [one for one in model_admin.model.State.choices if one[0] != "draft"]
        return [("ouvertes", "en cours"), *states, ("toutes", "toutes")]

    def queryset(self, request, queryset):
        if self.chosen == "toutes":
            return queryset
        if self.chosen == "ouvertes":
            return queryset.open()
        return queryset.filter(state=self.chosen)


class DecisionForm(forms.Form):
    """What a decision asks; it knows the request."""

    use_required_attribute = False

    def __init__(self, *args, asked: MoneyRequest, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.prepare()

    def prepare(self) -> None:
        """Adapt the fields to the request."""


class AskPiecesForm(DecisionForm):
    by_day = DayField(label="À envoyer avant le")
    more = forms.CharField(
        label="Autres pièces à demander",
        help_text="Une par ligne.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def prepare(self):
        limit = timezone.localdate() + timedelta(days=clock.PIECES_DAYS)
        self.initial.setdefault("by_day", limit)

    def clean_more(self):
        lines = (line.strip() for line in self.cleaned_data["more"].splitlines())
        return [line for line in lines if line]


class RefuseForm(DecisionForm):
    reason = forms.CharField(
        label="Motif du refus",
        help_text="Écrit à la personne, suivi des voies et délais de recours.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class RejectForm(DecisionForm):
    why = forms.CharField(
        label="Ce qui ne va pas",
        help_text="La personne le lit à côté de la pièce.",
        max_length=300,
    )


@dataclass(frozen=True)
class Decision:
    """One button of a request: what its page says and asks, what it does.

    `act` takes the request, `by` and what the form holds; `when` says whether the
    button has a use, where the state alone does not.
    """

    slug: str
    verb: str
    label: str
    icon: str
    lead: str
    button: str
    done: str
    act: Callable
    form: type[DecisionForm] = DecisionForm
    shows_rules: bool = False
    when: Callable[[MoneyRequest], bool] = lambda asked: True

    def is_offered(self, asked: MoneyRequest) -> bool:
        return asked.allows(self.verb) and self.when(asked)


def completing(act: Callable) -> Decision:
    return Decision(
        slug="completer",
        verb="complete",
        label="Déclarer complète",
        icon="circle-check",
        lead="Le délai de deux mois court du jour où la dernière pièce est arrivée. La "
        "personne reçoit la nouvelle date.",
        button="Déclarer complète",
        done="La demande est complète. La personne en est prévenue.",
        act=act,
        shows_rules=True,
    )


def asking_pieces(act: Callable) -> Decision:
    return Decision(
        slug="pieces",
        verb="ask_pieces",
        label="Demander des pièces",
        icon="file-text",
        lead="La personne reçoit la liste des pièces attendues et la date limite. Le "
        "délai de réponse attend qu’elles soient là.",
        button="Demander ces pièces",
        done="Les pièces sont demandées.",
        act=act,
        form=AskPiecesForm,
    )


def refusing(act: Callable) -> Decision:
    return Decision(
        slug="refuser",
        verb="refuse",
        label="Refuser",
        icon="x",
        lead="Le refus dit pourquoi, comment le contester et devant quel tribunal.",
        button="Refuser la demande",
        done="La demande est refusée. La personne en est prévenue.",
        act=act,
        form=RefuseForm,
        shows_rules=True,
    )


class MoneyRequestAdmin(ModelAdmin):
    """Nothing is typed over: each decision is an action.

    The journey says its `decisions`, the beginning of its journal verbs (`area`) and
    of the names of its addresses (`url_name`), and what its page shows.
    """

    area: str
    url_name: str
    decisions: Sequence[Decision]
    page_template: str

    list_display_links = ["who"]
    list_filter = [MoneyStateFilter]
    list_per_page = 50
    search_fields = ["reference", "last_name", "first_name"]
    search_help_text = "Référence ou nom."
    sortable_by = []
    actions = None

    def badge(self, asked) -> dict:
        """Its state as the desk says it: label, look, icon."""
        raise NotImplementedError

    def facts(self, asked) -> list:
        """What was asked, section by section."""
        raise NotImplementedError

    def pieces(self, asked) -> list[dict]:
        raise NotImplementedError

    def rules(self, asked) -> list[Finding]:
        """What the rules say of an open request, today."""
        raise NotImplementedError

    def whole(self, rows):
        """The rows with what the page reads and the queue does not."""
        return rows

    def more(self, asked) -> dict:
        """What the page of this journey shows beside."""
        return {}

    # --- Who --------------------------------------------------------------------

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

    def may_decide(self, request) -> bool:
        """Finance reads; the desk and its head examine and answer."""
        return roles.is_desk(request.user)

    # --- The queue --------------------------------------------------------------

    def get_queryset(self, request):
        return self.model.objects.visible_to(request.user).with_list_data()

    def get_ordering(self, request):
        asked = request.GET.get(MoneyStateFilter.parameter_name)
        if asked in {"toutes", *self.model.State.values}:
            return ["-submitted_at", "-pk"]
        return ["implicit_refusal_on", "pieces_by", "pk"]

    @admin.display(description="demande")
    def who(self, asked):
        return format_html(
            '{}<span class="desk-detail">{}</span>',
            asked.full_name or "Personne effacée",
            asked.reference,
        )

    @admin.display(description="état")
    def standing(self, asked):
        found = self.badge(asked)
        return render_to_string("_badge.html", {**found, "icon_name": found["icon"]})

    @admin.display(description="à répondre avant le")
    def clock(self, asked):
        if not asked.is_open:
            return "Réponse donnée"
        if asked.implicit_refusal_on is None:
            day = render_to_string("gestion/_day.html", {"day": asked.pieces_by})
            return format_html(
                'Délai suspendu<span class="desk-detail">pièces {}</span>', day
            )
        return render_to_string("gestion/_day.html", {"day": asked.implicit_refusal_on})

    # --- The page ---------------------------------------------------------------

    def get_urls(self):
        wrap = self.admin_site.admin_view
        pages = [
            ("piece/<int:piece_id>/", self.piece_view, "piece"),
            ("piece/<int:piece_id>/accepter/", self.accept_view, "piece_accept"),
            ("piece/<int:piece_id>/renvoyer/", self.reject_view, "piece_reject"),
        ]
        return [
            *[
                path(
                    f"<int:object_id>/{decision.slug}/",
                    wrap(self.decision_view),
                    {"slug": decision.slug},
                    name=f"{self.url_name}_{decision.slug}",
                )
                for decision in self.decisions
            ],
            *[
                path(
                    f"<int:object_id>/{end}", wrap(view), name=f"{self.url_name}_{name}"
                )
                for end, view, name in pages
            ],
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        asked = self.find(request, unquote(object_id))
        may_decide = self.may_decide(request)
        lines = self.pieces(asked)
        for line in lines:
            keys = [asked.pk, line["piece"].pk]
            line["desk_url"] = self._reverse("piece", *keys)
            line["accept_url"] = self._reverse("piece_accept", *keys)
            line["reject_url"] = self._reverse("piece_reject", *keys)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": asked.reference,
            "asked": asked,
            "list_url": reverse(f"admin:{self._model_name}_changelist"),
            "list_title": self.model._meta.verbose_name_plural,
            "badge": self.badge(asked),
            "decisions": [
                (self._reverse(decision.slug, asked.pk), decision)
                for decision in self.decisions
                if may_decide and decision.is_offered(asked)
            ],
            "findings": self._rules(asked),
            "facts": self.facts(asked),
            "pieces": lines,
            "may_examine": may_decide and asked.allows("examine"),
            "is_deemed_refused": asked.is_deemed_refused(timezone.localdate()),
            "receipt": Receipt.objects.about(asked).first(),
            "entries": timeline.of(asked),
            **self.more(asked),
        }
        return TemplateResponse(request, self.page_template, context)

    def decision_view(self, request, object_id, slug):
        """GET shows what the decision asks, POST calls its action."""
        asked = self.decidable(request, object_id)
        decision = next(one for one in self.decisions if one.slug == slug)
        data = request.POST if request.method == "POST" else None
        form = decision.form(data, asked=asked)
        if request.method == "POST" and form.is_valid():
            try:
                decision.act(asked, by=request.user, **form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, decision.done)
                return redirect(self.page_url(asked))
        findings = self._rules(asked) if decision.shows_rules else []
        return self._ask(request, asked, decision, form, findings)

    def piece_view(self, request, object_id, piece_id):
        asked = self.find(request, object_id)
        sent = asked.pieces.exclude(document=None).select_related("document")
        return serving.attachment(get_object_or_404(sent, pk=piece_id).document)

    def accept_view(self, request, object_id, piece_id):
        asked, piece = self._piece(request, object_id, piece_id)
        if request.method == "POST":
            try:
                examining.accept(asked, piece, by=request.user, area=self.area)
            except ValidationError as refusal:
                messages.error(request, refusal.messages[0])
            else:
                messages.success(request, f"Pièce acceptée : {piece.label}.")
        return redirect(f"{self.page_url(asked)}#pieces")

    def reject_view(self, request, object_id, piece_id):
        asked, piece = self._piece(request, object_id, piece_id)
        data = request.POST if request.method == "POST" else None
        form = RejectForm(data, asked=asked)
        if request.method == "POST" and form.is_valid():
            why = form.cleaned_data["why"]
            try:
                examining.reject(asked, piece, why, by=request.user, area=self.area)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(
                    request,
                    "La pièce est à refaire. « Demander des pièces » l’écrit à la "
                    "personne.",
                )
                return redirect(f"{self.page_url(asked)}#pieces")
        decision = Decision(
            slug="renvoyer",
            verb="examine",
            label=f"À refaire : {piece.label}",
            icon="undo-2",
            lead="Elle redevient attendue. La personne est prévenue quand vous "
            "demandez les pièces.",
            button="Marquer à refaire",
            done="",
            act=examining.reject,
        )
        return self._ask(request, asked, decision, form, [])

    def find(self, request, pk) -> MoneyRequest:
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            return self.whole(self.get_queryset(request)).get(pk=pk)
        except (self.model.DoesNotExist, ValueError, ValidationError):
            raise Http404("Cette demande n’existe pas.") from None

    def decidable(self, request, pk) -> MoneyRequest:
        asked = self.find(request, pk)
        if not self.may_decide(request):
            raise PermissionDenied
        return asked

    def page_url(self, asked) -> str:
        return reverse(f"admin:{self._model_name}_change", args=[asked.pk])

    @property
    def _model_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def _rules(self, asked) -> list[Finding]:
        return self.rules(asked) if asked.is_open else []

    def _piece(self, request, object_id, piece_id) -> tuple[MoneyRequest, Piece]:
        asked = self.decidable(request, object_id)
        return asked, get_object_or_404(asked.pieces.all(), pk=piece_id)

    def _ask(self, request, asked, decision, form, findings):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": decision.label,
            "asked": asked,
            "decision": decision,
            "is_offered": decision.is_offered(asked),
            "form": form,
            "findings": findings,
            "back_url": self.page_url(asked),
        }
        return TemplateResponse(request, "gestion/money_decision.html", context)

    def _reverse(self, name: str, *args) -> str:
        return reverse(f"admin:{self.url_name}_{name}", args=args)
