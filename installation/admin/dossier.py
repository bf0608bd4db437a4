"""A dossier at the desk: its line in the queue, its page, its decisions."""

import uuid
from collections.abc import Callable

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
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
from documents import serving
from installation import actions, family, recap
from installation.admin import decisions, merging, tasks
from installation.admin.queue import (
    CaseWorkerFilter,
    KindFilter,
    OverdueFilter,
    QueuePaginator,
    StateFilter,
    TerritoryFilter,
)
from installation.models import Exchange, InstallationRequest
from territory.models import Commune, Intercommunality

State = InstallationRequest.State

TABS = {
    "resume": "Résumé",
    "besoins": "Besoins",
    "projet": "Projet",
    "famille": "Famille",
    "plan": "Plan",
    "visites": "Visites",
    "installation": "Installation",
    "echanges": "Échanges",
    "documents": "Documents",
    "journal": "Journal",
}
# What other modules of this package bring to the page: the values of a tab, and the
# addresses that its buttons call.
GATHER: dict[str, Callable[[InstallationRequest], dict]] = {}
URLS: list[Callable[["InstallationRequestAdmin"], list]] = []
# The words of the desk: label, look and icon of a badge.
BADGES = {
    State.SUBMITTED: ("Nouvelle", "info", "inbox"),
    State.IN_SUPPORT: ("En cours", "run", "footprints"),
    State.PAUSED: ("Suspendue", "neutral", "pause"),
    State.CLOSED: ("Close", "success", "check"),
}
LATE = ("En retard", "danger", "clock-alert")
OURS = ("À nous", "you", "hand")


def badge(dossier: InstallationRequest, day) -> tuple[str, str, str]:
    """The one badge that says where a dossier stands for the desk."""
    if dossier.is_overdue(day):
        return LATE
    if dossier.state == State.IN_SUPPORT and dossier.awaits_desk:
        return OURS
    return BADGES.get(dossier.state, ("Brouillon", "neutral", "file-text"))


@admin.register(InstallationRequest)
class InstallationRequestAdmin(ModelAdmin):
    """The desk's queue. Nothing is typed over: decisions are actions."""

    empty_text = (
        "Aucun dossier dans cette vue. Une demande déposée en ligne, ou notée pendant "
        "un appel, arrive ici ; « tout le monde » montre aussi ceux des collègues."
    )
    list_display = ["who", "wished_places", "standing", "in_charge", "next_step"]
    list_display_links = ["who"]
    list_filter = [
        CaseWorkerFilter,
        StateFilter,
        OverdueFilter,
        KindFilter,
        TerritoryFilter,
    ]
    list_filter_sheet = True
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    paginator = QueuePaginator
    search_fields = ["reference"]
    search_help_text = "Référence, nom, courriel ou téléphone"
    sortable_by = []
    actions = None

    # --- Who may -------------------------------------------------------------------

    def has_module_permission(self, request):
        return roles.is_desk(request.user)

    def has_view_permission(self, request, obj=None):
        return roles.is_desk(request.user)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    # --- The queue -----------------------------------------------------------------

    def get_queryset(self, request):
        rows = InstallationRequest.objects.visible_to(request.user).with_list_data()
        communes = Commune.objects.only("name", "sort_key")
        groups = Intercommunality.objects.only("name", "sort_key")
        return rows.prefetch_related(
            Prefetch("communes", communes), Prefetch("intercommunalities", groups)
        )

    def get_ordering(self, request):
        # The state filter orders: oldest next step first, or latest first.
        return []

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term) if search_term else queryset, False

    @admin.display(description="demande")
    def who(self, dossier):
        return format_html(
            '{}<span class="desk-detail">{}, {}</span>',
            dossier.full_name or "Personne effacée",
            dossier.reference,
            dossier.get_kind_display(),
        )

    @admin.display(description="territoire souhaité")
    def wished_places(self, dossier):
        names = [place.name for place in dossier.communes.all()]
        names += [place.short_name for place in dossier.intercommunalities.all()]
        if len(names) > 3:
            return f"{', '.join(names[:3])} et {len(names) - 3} de plus"
        return ", ".join(names) or "Pas encore choisi"

    @admin.display(description="état")
    def standing(self, dossier):
        label, look, icon = badge(dossier, timezone.localdate())
        context = {"label": label, "look": look, "icon_name": icon}
        return render_to_string("_badge.html", context)

    @admin.display(description="en charge")
    def in_charge(self, dossier):
        if dossier.case_worker:
            return dossier.case_worker.get_full_name()
        return "À attribuer" if dossier.is_open else "Personne"

    @admin.display(description="prochaine action")
    def next_step(self, dossier):
        if not dossier.next_action_on:
            return dossier.get_outcome_display()
        day = render_to_string("gestion/_day.html", {"day": dossier.next_action_on})
        return format_html(
            '{}<span class="desk-detail">{}</span>', dossier.next_action, day
        )

    # --- The page ------------------------------------------------------------------

    def get_urls(self):
        decide = self.admin_site.admin_view(self.decision_view)
        return [
            *[
                path(
                    f"<int:object_id>/{decision.slug}/",
                    decide,
                    {"slug": decision.slug},
                    name=f"installation_decision_{decision.slug}",
                )
                for decision in decisions.DECISIONS
            ],
            path(
                "<int:object_id>/documents/<int:attachment_id>/",
                self.admin_site.admin_view(self.document_view),
                name="installation_request_document",
            ),
            *tasks.urls(self),
            *merging.urls(self),
            *[url for urls in URLS for url in urls(self)],
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        dossier = self.get_dossier(request, unquote(object_id))
        if dossier.merged_into_id:
            kept = dossier.merged_into
            messages.info(request, f"{dossier.reference} est réuni à ce dossier.")
            return redirect(self._url(kept))
        tab = request.GET.get("onglet", "resume")
        if tab not in TABS:
            raise Http404
        if tab == "echanges":
            actions.mark_read(dossier, by=request.user)
        return self.show(request, dossier, tab)

    def show(self, request, dossier, tab, **more):
        """The page of a dossier; `more` replaces what a refused form has to say."""
        context = self._page(request, dossier, tab) | more
        return TemplateResponse(request, "gestion/dossier.html", context)

    def decision_view(self, request, object_id, slug):
        """GET shows what the decision asks, POST calls its action."""
        dossier = self.get_dossier(request, object_id)
        decision = decisions.BY_SLUG[slug]
        form = decision.form(
            request.POST if request.method == "POST" else None,
            request.FILES or None,
            dossier=dossier,
            user=request.user,
            initial={"submission": uuid.uuid4()},
        )
        if request.method == "POST" and form.is_valid():
            try:
                decision.act(dossier, by=request.user, **form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, decision.done)
                return redirect(self._url(dossier, tab="echanges" * (slug == "ecrire")))
        context = {
            **self.admin_site.each_context(request),
            "back_to": f"{dossier.reference}, {dossier.full_name}",
            "decision": decision,
            "is_offered": decision.is_offered(dossier),
            "form": form,
            "back_url": self._url(dossier),
            "title": decision.title,
        }
        return TemplateResponse(request, "gestion/decision.html", context)

    def document_view(self, request, object_id, attachment_id):
        dossier = self.get_dossier(request, object_id)
        rows = dossier.attachments.select_related("document")
        attachment = get_object_or_404(rows, pk=attachment_id)
        return serving.attachment(attachment.document)

    def get_dossier(self, request, pk) -> InstallationRequest:
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_queryset(request)
        try:
            return rows.get(pk=pk)
        except (InstallationRequest.DoesNotExist, ValueError, ValidationError):
            raise Http404("Ce dossier n’existe pas.") from None

    def _url(self, dossier, tab=""):
        url = reverse(
            "admin:installation_installationrequest_change", args=[dossier.pk]
        )
        return f"{url}?onglet={tab}" if tab else url

    def _page(self, request, dossier, tab) -> dict:
        label, look, icon = badge(dossier, timezone.localdate())
        offered = [
            (self._decision_url(dossier, decision), decision)
            for decision in decisions.offered(dossier)
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": dossier.reference,
            "dossier": dossier,
            "badge": {"label": label, "look": look, "icon": icon},
            "decisions": offered,
            "tab": tab,
            "tab_template": f"gestion/dossier/_{tab}.html",
            "tabs": [(key, title, key == tab) for key, title in TABS.items()],
            "unread": dossier.exchanges.filter(author=None, read_at=None).count(),
        }
        gather = GATHER.get(tab) or getattr(self, f"_gather_{tab}", None)
        return context | (gather(dossier) if gather else {})

    def _decision_url(self, dossier, decision):
        return reverse(
            f"admin:installation_decision_{decision.slug}", args=[dossier.pk]
        )

    def _gather_resume(self, dossier) -> dict:
        others = InstallationRequest.objects.filed().of(dossier.applicant_id)
        return {
            "latest": self._thread(dossier)[-2:],
            "others": others.exclude(pk=dossier.pk)
            .exclude(merged_into=dossier)
            .order_by("-submitted_at")[:5],
            "absorbed": dossier.absorbed.order_by("submitted_at", "pk"),
            "places": self.wished_places(dossier),
            **tasks.of(dossier),
        }

    def _gather_projet(self, dossier) -> dict:
        topics = dossier.topics.filter(track="professional")
        return {
            "topics": topics,
            "places": self.wished_places(dossier),
            "sections": recap.of_its_kind(dossier),
        }

    def _gather_echanges(self, dossier) -> dict:
        return {"thread": self._thread(dossier)}

    def _gather_documents(self, dossier) -> dict:
        attachments = dossier.attachments.select_related("document")
        return {"files": [self._file(dossier, one) for one in attachments]}

    def _gather_journal(self, dossier) -> dict:
        return {"entries": timeline.of(dossier, *dossier.absorbed.all())}

    def _thread(self, dossier) -> list[dict]:
        """Theirs at the left, the desk's at the right, notes apart."""
        exchanges = list(dossier.exchanges.with_list_data())
        kept = tasks.kept(dossier, exchanges)
        return [
            {
                "look": self._look(exchange),
                "author": family.signed(exchange, dossier),
                "at": exchange.created_at,
                "text": exchange.body,
                "files": [
                    self._file(dossier, one) for one in exchange.attachments.all()
                ],
                "promises": kept.get(exchange.pk, []),
            }
            for exchange in exchanges
        ]

    @staticmethod
    def _look(exchange: Exchange) -> str:
        if exchange.is_internal:
            return "internal"
        return "mine" if exchange.author_id else "theirs"

    @staticmethod
    def _file(dossier, attachment) -> dict:
        url = reverse(
            "admin:installation_request_document", args=[dossier.pk, attachment.pk]
        )
        return {"attachment": attachment, "document": attachment.document, "url": url}
