"""The requests for the Département's aid at the desk: queue, page, decisions."""

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
from casework import timeline
from casework.models import Receipt
from documents import serving
from installation import aid_following
from installation.actions import aid_requests
from installation.admin.aid_decisions import BY_SLUG, DECISIONS, Decision, RejectForm
from installation.admin.queue import ChoiceFilter
from installation.models import AID_OPEN, AidPiece, AidRequest, AidState


class AidStateFilter(ChoiceFilter):
    """Those that wait for us, unless asked otherwise."""

    title = "état"
    parameter_name = "etat"
    default_choice = "ouvertes"

    def lookups(self, request, model_admin):
        states = [choice for choice in AidState.choices if choice[0] != AidState.DRAFT]
        return [("ouvertes", "en cours"), *states, ("toutes", "toutes")]

    def queryset(self, request, queryset):
        if self.chosen == "toutes":
            return queryset.order_by("-submitted_at", "-pk")
        if self.chosen == "ouvertes":
            rows = queryset.filter(state__in=AID_OPEN)
            return rows.order_by("implicit_refusal_on", "pieces_by", "pk")
        return queryset.filter(state=self.chosen).order_by("-submitted_at", "-pk")


@admin.register(AidRequest)
class AidRequestAdmin(ModelAdmin):
    """Nothing is typed over: each decision is an action."""

    empty_text = (
        "Aucune demande d’aide dans cette vue. Elles arrivent ici quand elles sont "
        "déposées sur la page des aides ; « toutes » montre aussi celles qui sont "
        "closes."
    )
    list_display = ["who", "aid", "place", "standing", "clock"]
    list_display_links = ["who"]
    list_filter = [AidStateFilter, "kind"]
    list_per_page = 50
    search_fields = ["reference", "last_name", "first_name"]
    search_help_text = "Référence ou nom."
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
        return AidRequest.objects.visible_to(request.user).with_list_data()

    def get_ordering(self, request):
        return []  # the state filter orders

    @admin.display(description="demande")
    def who(self, aid_request):
        return format_html(
            '{}<span class="desk-detail">{}</span>',
            aid_request.full_name or "Personne effacée",
            aid_request.reference,
        )

    @admin.display(description="aide")
    def aid(self, aid_request):
        return format_html(
            '{}<span class="desk-detail">{}</span>',
            aid_request.get_kind_display().capitalize(),
            aid_following.euros(aid_request.amount_asked),
        )

    @admin.display(description="commune")
    def place(self, aid_request):
        return format_html(
            '{}<span class="desk-detail">{}</span>',
            aid_request.commune,
            aid_request.zone_label or aid_request.zone_code or "zone à vérifier",
        )

    @admin.display(description="état")
    def standing(self, aid_request):
        found = desk_badge(aid_request)
        context = {**found, "icon_name": found["icon"]}
        return render_to_string("_badge.html", context)

    @admin.display(description="à répondre avant le")
    def clock(self, aid_request):
        if not aid_request.is_open:
            return "Réponse donnée"
        if aid_request.implicit_refusal_on is None:
            day = render_to_string("gestion/_day.html", {"day": aid_request.pieces_by})
            return format_html(
                'Délai suspendu<span class="desk-detail">pièces {}</span>', day
            )
        return render_to_string(
            "gestion/_day.html", {"day": aid_request.implicit_refusal_on}
        )

    # --- The page ------------------------------------------------------------------

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            *[
                path(
                    f"<int:object_id>/{decision.slug}/",
                    wrap(self.decision_view),
                    {"slug": decision.slug},
                    name=f"installation_aid_{decision.slug}",
                )
                for decision in DECISIONS
            ],
            path(
                "<int:object_id>/piece/<int:piece_id>/",
                wrap(self.piece_view),
                name="installation_aid_piece",
            ),
            path(
                "<int:object_id>/piece/<int:piece_id>/accepter/",
                wrap(self.accept_view),
                name="installation_aid_piece_accept",
            ),
            path(
                "<int:object_id>/piece/<int:piece_id>/renvoyer/",
                wrap(self.reject_view),
                name="installation_aid_piece_reject",
            ),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        aid_request = self._find(request, unquote(object_id))
        day = timezone.localdate()
        may_decide = self._may_decide(request)
        offered = [
            (self._decision_url(aid_request, decision), decision)
            for decision in DECISIONS
            if may_decide and decision.is_offered(aid_request)
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": aid_request.reference,
            "aid_request": aid_request,
            "badge": desk_badge(aid_request),
            "decisions": offered,
            "findings": self._findings(aid_request),
            "facts": aid_following.facts(aid_request),
            "pieces": aid_following.pieces(aid_request),
            "may_examine": may_decide and aid_request.allows("examine"),
            "is_deemed_refused": aid_following.is_deemed_refused(aid_request, day),
            "amount_granted": aid_following.euros(aid_request.amount_granted),
            "receipt": Receipt.objects.about(aid_request).first(),
            "local_aids": aid_request.person.local_aids.all(),
            "entries": timeline.of(aid_request),
        }
        return TemplateResponse(request, "gestion/aid_request.html", context)

    def decision_view(self, request, object_id, slug):
        """GET shows what the decision asks, POST calls its action."""
        aid_request = self._find(request, object_id)
        if not self._may_decide(request):
            raise PermissionDenied
        decision = BY_SLUG[slug]
        data = request.POST if request.method == "POST" else None
        form = decision.form(data, aid_request=aid_request)
        if request.method == "POST" and form.is_valid():
            try:
                decision.act(aid_request, by=request.user, **form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, decision.done)
                return redirect(self._url(aid_request))
        findings = self._findings(aid_request) if decision.shows_rules else []
        return self._ask(request, aid_request, decision, form, findings)

    def piece_view(self, request, object_id, piece_id):
        aid_request = self._find(request, object_id)
        pieces = aid_request.pieces.exclude(document=None).select_related("document")
        return serving.attachment(get_object_or_404(pieces, pk=piece_id).document)

    def accept_view(self, request, object_id, piece_id):
        aid_request, piece = self._piece(request, object_id, piece_id)
        if request.method == "POST":
            try:
                aid_requests.accept_piece(aid_request, piece, by=request.user)
            except ValidationError as refusal:
                messages.error(request, refusal.messages[0])
            else:
                messages.success(request, f"Pièce acceptée : {piece.label}.")
        return redirect(f"{self._url(aid_request)}#pieces")

    def reject_view(self, request, object_id, piece_id):
        aid_request, piece = self._piece(request, object_id, piece_id)
        data = request.POST if request.method == "POST" else None
        form = RejectForm(data, aid_request=aid_request)
        if request.method == "POST" and form.is_valid():
            try:
                aid_requests.reject_piece(
                    aid_request, piece, form.cleaned_data["why"], by=request.user
                )
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(
                    request,
                    "La pièce est à refaire. « Demander des pièces » l’écrit à la "
                    "personne.",
                )
                return redirect(f"{self._url(aid_request)}#pieces")
        decision = Decision(
            slug="renvoyer",
            verb="examine",
            label=f"À refaire : {piece.label}",
            icon="undo-2",
            lead="Elle redevient attendue. La personne est prévenue quand vous "
            "demandez les pièces.",
            button="Marquer à refaire",
            done="",
            act=aid_requests.reject_piece,
        )
        return self._ask(request, aid_request, decision, form, [])

    def _ask(self, request, aid_request, decision, form, findings):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": decision.label,
            "aid_request": aid_request,
            "decision": decision,
            "is_offered": decision.is_offered(aid_request),
            "form": form,
            "findings": findings,
            "back_url": self._url(aid_request),
        }
        return TemplateResponse(request, "gestion/aid_decision.html", context)

    def _findings(self, aid_request):
        if not aid_request.is_open:
            return []
        return aid_requests.findings(aid_request, timezone.localdate())

    def _may_decide(self, request) -> bool:
        """Finance reads; the desk and its head examine and answer."""
        return roles.is_desk(request.user)

    def _find(self, request, pk) -> AidRequest:
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_queryset(request).select_related(
            "commune__departement", "zoning", "dossier"
        )
        try:
            return rows.get(pk=pk)
        except (AidRequest.DoesNotExist, ValueError, ValidationError):
            raise Http404("Cette demande n’existe pas.") from None

    def _piece(self, request, object_id, piece_id) -> tuple[AidRequest, AidPiece]:
        aid_request = self._find(request, object_id)
        if not self._may_decide(request):
            raise PermissionDenied
        return aid_request, get_object_or_404(aid_request.pieces.all(), pk=piece_id)

    def _url(self, aid_request):
        return reverse("admin:installation_aidrequest_change", args=[aid_request.pk])

    def _decision_url(self, aid_request, decision):
        return reverse(f"admin:installation_aid_{decision.slug}", args=[aid_request.pk])


def desk_badge(aid_request: AidRequest) -> dict:
    """The state as the desk says it: yellow when it is its turn."""
    found = aid_following.badge(aid_request, timezone.localdate())
    ours = {
        AidState.SUBMITTED: ("Nouvelle", "info", "inbox"),
        AidState.INCOMPLETE: ("Pièces attendues", "neutral", "hourglass"),
        AidState.COMPLETE: ("Complète", "you", "hand"),
        AidState.ARS_OPINION: ("Avis de l’ARS attendu", "run", "hourglass"),
    }
    if found["look"] == "warning" or aid_request.state not in ours:
        return found
    label, look, icon = ours[aid_request.state]
    if aid_request.state == AidState.ARS_OPINION and aid_request.opinion_received_at:
        label, look, icon = "À décider", "you", "hand"
    return {"label": label, "look": look, "icon": icon}
