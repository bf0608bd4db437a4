"""Agreements and their deeds at the desk, and the library of clauses."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe
from unfold.admin import ModelAdmin
from unfold.decorators import action

from accounts import roles
from bursaries import (
    agreement_clock,
    agreement_papers,
    agreement_words,
    clauses,
    register,
    reminders,
    standing,
)
from bursaries import agreement_following as following
from bursaries.actions import agreements, breaches, clock
from bursaries.forms.agreements import (
    AbandonForm,
    AcceptForm,
    AmendmentForm,
    ApproveForm,
    ClauseTextForm,
    CodeForm,
    CommentForm,
    CopyForm,
    DeedDaysForm,
    NewClauseForm,
    OnForm,
    PlaceForm,
    RegisterForm,
    RejectForm,
    ScanForm,
    SuspensionForm,
    WordsForm,
)
from bursaries.forms.breaches import OpenForm
from bursaries.models import (
    Agreement,
    BursaryApplication,
    ClauseComment,
    ClauseText,
    Deed,
    DeedClause,
)
from bursaries.standing import Standing
from casework import acts, timeline
from casework.acts import Act, PlainAct, posted
from casework.typography import euros
from documents import serving
from territory.filters import ChoiceFilter

State = Deed.State

APPROVE = Act(
    "Arrêter le texte",
    "Il ne change plus : le PDF se prépare, puis la personne le reçoit à signer, et "
    "le Département signe après elle.",
    "Arrêter et mettre à la signature",
    "Le texte est arrêté. Le PDF se prépare.",
)
REOPEN = Act(
    "Reprendre en rédaction",
    "La signature en cours s’arrête. Ce qui était signé est gardé et ne vaut plus : "
    "il faudra signer le nouveau texte.",
    "Reprendre",
    "Le texte est de nouveau en rédaction.",
)
ABANDON = Act(
    "Abandonner cet acte",
    "Personne ne le signera. Si c’est la convention elle-même, elle prend fin.",
    "Abandonner",
    "L’acte est abandonné.",
)
DAYS = Act(
    "Transmission et notification",
    "L’acte devient exécutoire quand il est transmis à la préfecture et notifié à la "
    "personne. Notez chaque date quand elle est connue.",
    "Enregistrer",
    "Les dates sont enregistrées.",
)
COPY = Act(
    "Copie envoyée",
    "La convention signée se transmet à l’agence régionale de santé et à l’assurance "
    "maladie (article L. 1511-8 du CGCT).",
    "Enregistrer",
    "L’envoi est noté.",
)
ATTACH = Act(
    "Rattacher un exemplaire signé",
    "Déposez la copie numérisée, toutes les pages en un seul PDF. Chaque page porte un "
    "code, qui dit de quelle convention elle vient : une page qui manque, qui est en "
    "double ou qui vient d’ailleurs est signalée, et rien n’est alors signé.",
    "Rattacher",
    "La copie est rattachée : la convention est signée de tous.",
)
PAPER = Act(
    "Signée sur papier",
    "L’exemplaire porte toutes les signatures qui manquent. Comparez-le au PDF avant "
    "de l’enregistrer : le code au pied de ses pages est le même.",
    "Enregistrer l’exemplaire",
    "L’exemplaire signé est enregistré.",
)
AMEND = Act(
    "Préparer un avenant",
    "Changez seulement ce qui change. L’avenant se relit et se signe comme la "
    "convention ; les versements déjà ordonnés restent comme ils sont.",
    "Rédiger l’avenant",
    "L’avenant est en rédaction.",
)
SUSPEND = Act(
    "Constater une suspension",
    "Les dates et un mot, rien d’autre : le justificatif vous est montré, il ne "
    "s’enregistre pas. Les délais se prolongent comme la convention le prévoit.",
    "Enregistrer",
    "La suspension est constatée.",
)
RESUME = Act(
    "Noter la reprise",
    "Le premier jour qui compte de nouveau.",
    "Enregistrer",
    "La reprise est notée.",
)
SETTLE = Act(
    "Accepter un lieu d’exercice",
    "Le zonage qui compte est relu pour cette commune. Les lieux s’additionnent : "
    "notez le départ d’un ancien lieu à part.",
    "Accepter ce lieu",
    "Le lieu d’exercice est accepté.",
)
LEAVE = Act(
    "Noter un départ",
    "Le premier jour où la personne n’exerce plus dans ce lieu.",
    "Enregistrer",
    "Le départ est noté.",
)
BREACH = Act(
    "Ouvrir un manquement",
    "Appelez d’abord : un congé, une maladie, un retard ont souvent leur raison. Tant "
    "que le manquement est ouvert, aucun versement ne part.",
    "Ouvrir",
    "Le manquement est ouvert.",
)
FULFIL = Act(
    "Attester la fin de l’engagement",
    "La convention prend fin, et la personne reçoit son attestation.",
    "Attester",
    "L’attestation est faite, et la personne en est prévenue.",
)
REWORD = Act(
    "Retoucher un article",
    "Pour cette convention seulement : la bibliothèque ne change pas.",
    "Enregistrer",
    "L’article est retouché.",
)


class AgreementStateFilter(ChoiceFilter):
    title = "état"
    parameter_name = "etat"
    default_choice = "en-cours"

    def lookups(self, request, model_admin):
        return [
            ("en-cours", "en cours"),
            ("a-signer", "à la signature"),
            ("a-notifier", "signées, à rendre exécutoires"),
            ("terminees", "terminées"),
            ("toutes", "toutes"),
        ]

    def queryset(self, request, rows):
        if self.chosen == "a-signer":
            return rows.filter(deeds__in=Deed.objects.to_sign()).distinct()
        if self.chosen == "a-notifier":
            return rows.filter(deeds__in=Deed.objects.not_binding()).distinct()
        if self.chosen == "terminees":
            return rows.exclude(ended_on=None)
        return rows if self.chosen == "toutes" else rows.running()


class _ReadByDeskAndFinance(ModelAdmin):
    """The desk prepares, finance reads; nothing is typed over."""

    sortable_by = []
    actions = None
    list_per_page = 50

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


@admin.register(Agreement)
class AgreementAdmin(_ReadByDeskAndFinance):
    empty_text = (
        "Aucune convention dans cette vue. Une convention se prépare depuis une "
        "demande de bourse accordée."
    )
    list_display = ["who", "bursary", "standing", "total"]
    list_display_links = ["who"]
    list_filter = [AgreementStateFilter]
    search_fields = ["reference", "name"]
    search_help_text = "Référence ou nom."
    actions_list = ["open_register", "attach_scan"]

    @action(
        description="Registre et chiffres",
        url_path="vers-le-registre",
        permissions=["view"],
    )
    def open_register(self, request):
        return redirect("admin:bursaries_register")

    @action(
        description="Rattacher un exemplaire signé",
        url_path="vers-le-rattachement",
        permissions=["attach_scan"],
    )
    def attach_scan(self, request):
        return redirect("admin:bursaries_attach_scan")

    def has_attach_scan_permission(self, request):
        return request.user.is_staff and roles.is_desk(request.user)

    def get_queryset(self, request):
        return Agreement.objects.visible_to(request.user).with_facts()

    @admin.display(description="convention")
    def who(self, agreement):
        return format_html(
            '{}<span class="desk-detail">{}</span>',
            agreement.name or "Personne effacée",
            agreement.reference,
        )

    @admin.display(description="bourse")
    def bursary(self, agreement):
        return agreement.version.scheme

    @admin.display(description="état")
    def standing(self, agreement):
        found = following.badge(agreement)
        return render_to_string("_badge.html", {**found, "icon_name": found["icon"]})

    @admin.display(description="total au plus")
    def total(self, agreement):
        return euros(agreement.root.max_total)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path(
                "preparer/<int:application_id>/",
                wrap(require_POST(self.draft_view)),
                name="bursaries_agreement_draft",
            ),
            *[
                path(f"<int:object_id>/{end}", wrap(view), name=f"bursaries_{name}")
                for end, view, name in (
                    ("suspendre/", self.suspend_view, "agreement_suspend"),
                    ("lieu/", self.settle_view, "agreement_settle"),
                    ("manquement/", self.breach_view, "agreement_breach"),
                    ("fin/", self.fulfil_view, "agreement_fulfil"),
                    (
                        "attestation/",
                        require_safe(self.certificate_view),
                        "agreement_certificate",
                    ),
                    ("reprise/<int:row_id>/", self.resume_view, "agreement_resume"),
                    ("depart/<int:row_id>/", self.leave_view, "agreement_leave"),
                    (
                        "justificatif/<int:row_id>/",
                        require_safe(self.proof_view),
                        "proof",
                    ),
                    (
                        "justificatif/<int:row_id>/accepter/",
                        self.accept_view,
                        "proof_accept",
                    ),
                    (
                        "justificatif/<int:row_id>/refuser/",
                        self.reject_view,
                        "proof_reject",
                    ),
                )
            ],
            path(
                "exemplaire-signe/",
                wrap(self.attach_scan_view),
                name="bursaries_attach_scan",
            ),
            path(
                "registre/",
                wrap(require_safe(self.register_view)),
                name="bursaries_register",
            ),
            path(
                "registre.csv",
                wrap(require_safe(self.register_csv_view)),
                name="bursaries_register_csv",
            ),
            path(
                "<int:object_id>/avenant/",
                wrap(self.amend_view),
                name="bursaries_agreement_amend",
            ),
            *super().get_urls(),
        ]

    def attach_scan_view(self, request):
        """A signed copy finds its agreement by the code of its pages."""
        if not self.has_attach_scan_permission(request):
            raise PermissionDenied
        data = posted(request)
        form = ScanForm(data, request.FILES if data is not None else None)
        found = []

        def do(*, by, scan):
            found.append(agreements.attach_scan(scan, by=by))

        answer = acts.answered(
            self.admin_site,
            request,
            ATTACH,
            form,
            do,
            back_url=reverse("admin:bursaries_agreement_changelist"),
            back_to="Conventions",
        )
        return redirect(found[0]) if found else answer

    def register_view(self, request):
        """Every agreement signed, in figures and line by line."""
        form, found = self._registered(request)
        page = Paginator(found, self.list_per_page).get_page(request.GET.get("page"))
        asked = request.GET.copy()
        asked.pop("page", None)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": "Registre des conventions",
            "form": form,
            "figures": register.figures(found),
            "page": page,
            "asked": asked.urlencode(),
        }
        return TemplateResponse(request, "gestion/register.html", context)

    def register_csv_view(self, request):
        _form, found = self._registered(request)
        response = HttpResponse(
            register.as_csv(found), content_type="text/csv; charset=utf-8"
        )
        name = f"conventions-{timezone.localdate()}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _registered(self, request) -> tuple[RegisterForm, list[register.Row]]:
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = RegisterForm(request.GET)
        asked = form.cleaned_data if form.is_valid() else {}
        agreements = Agreement.objects.visible_to(request.user)
        if scheme := asked.get("bourse"):
            agreements = agreements.filter(version__scheme=scheme)
        found = register.rows(agreements, timezone.localdate())
        year, state = asked.get("annee"), asked.get("etat")
        return form, [
            row
            for row in found
            if (not year or row.signed_on.year == year)
            and (not state or row.key == state)
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        agreement = self._find(request, unquote(object_id))
        day = timezone.localdate()
        known = agreement_clock.facts(agreement, day)
        is_signed = bool(agreement.root.signed_on)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": agreement.reference,
            "agreement": agreement,
            "badge": following.badge(agreement),
            "deeds": [
                {"deed": deed, "badge": following.deed_badge(deed)}
                for deed in agreement.deeds.all()
            ],
            "facts": following.facts(agreement),
            **following.payments_of(agreement, day),
            **following.sums_of(agreement),
            "road": following.road(known, day),
            "next": standing.next_step(known, day),
            "reminder": reminders.upcoming(agreement, day),
            "settle_by": known.settle_by,
            "served": int(known.served(day)),
            "fulfilled_on": known.fulfilled_on,
            "proofs": agreement.proofs.select_related("document"),
            "suspensions": agreement.suspensions.all(),
            "places": agreement.places.all(),
            "declarations": agreement.declarations.all(),
            "may_act": roles.is_desk(request.user)
            and not agreement.ended_on
            and is_signed,
            "breaches": agreement.breaches.all(),
            "may_fulfil": standing.standing(known, day) == Standing.FULFILLED,
            "may_open": not agreement.open_breach,
            "may_amend": roles.is_desk(request.user)
            and not agreement.ended_on
            and is_signed,
            "entries": timeline.of(agreement),
        }
        return TemplateResponse(request, "gestion/agreement.html", context)

    def draft_view(self, request, application_id):
        """From the page of a granted application."""
        if not roles.is_desk(request.user):
            raise PermissionDenied
        granted = BursaryApplication.objects.visible_to(request.user)
        application = get_object_or_404(granted, pk=application_id)
        try:
            agreement = agreements.draft(application, by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("admin:bursaries_bursaryapplication_change", application.pk)
        return redirect(agreement.root)

    def amend_view(self, request, object_id):
        agreement = self._actionable(request, object_id)
        form = AmendmentForm(
            posted(request), initial=AmendmentForm.initial_of(agreement.terms_now)
        )

        def do(*, by, **said):
            agreements.amend(
                agreement,
                effective_on=said["effective_on"],
                purpose=said["purpose"],
                changes=form.changes,
                by=by,
            )

        return self._answered(request, agreement, AMEND, form, do)

    def suspend_view(self, request, object_id):
        agreement = self._actionable(request, object_id)
        form = SuspensionForm(posted(request))
        return self._answered(
            request, agreement, SUSPEND, form, partial(clock.suspend, agreement)
        )

    def resume_view(self, request, object_id, row_id):
        agreement = self._actionable(request, object_id)
        row = get_object_or_404(agreement.suspensions.all(), pk=row_id)
        form = OnForm(posted(request))
        return self._answered(
            request, agreement, RESUME, form, partial(clock.resume, row)
        )

    def settle_view(self, request, object_id):
        agreement = self._actionable(request, object_id)
        form = PlaceForm(posted(request))
        return self._answered(
            request, agreement, SETTLE, form, partial(clock.settle, agreement)
        )

    def leave_view(self, request, object_id, row_id):
        agreement = self._actionable(request, object_id)
        row = get_object_or_404(agreement.places.all(), pk=row_id)
        form = OnForm(posted(request))
        return self._answered(
            request, agreement, LEAVE, form, partial(clock.leave, row)
        )

    def breach_view(self, request, object_id):
        agreement = self._actionable(request, object_id)
        form = OpenForm(posted(request))
        return self._answered(
            request, agreement, BREACH, form, partial(breaches.open_case, agreement)
        )

    def fulfil_view(self, request, object_id):
        agreement = self._actionable(request, object_id)
        form = PlainAct(posted(request))
        return self._answered(
            request, agreement, FULFIL, form, partial(clock.fulfil, agreement)
        )

    def certificate_view(self, request, object_id):
        agreement = self._find(request, object_id)
        if agreement.certificate is None:
            raise Http404("L’attestation n’est pas faite.")
        return serving.attachment(agreement.certificate)

    def proof_view(self, request, object_id, row_id):
        agreement = self._find(request, object_id)
        rows = agreement.proofs.select_related("document")
        return serving.attachment(get_object_or_404(rows, pk=row_id).document)

    def accept_view(self, request, object_id, row_id):
        agreement = self._actionable(request, object_id)
        proof = get_object_or_404(agreement.proofs.all(), pk=row_id)
        act = Act(
            f"Accepter : {proof}",
            "Ce que le document dit, le portail le tient pour acquis.",
            "Accepter",
            "Le document est accepté.",
        )
        form = AcceptForm(posted(request), proof=proof)
        return self._answered(
            request, agreement, act, form, partial(clock.accept_proof, proof)
        )

    def reject_view(self, request, object_id, row_id):
        agreement = self._actionable(request, object_id)
        proof = get_object_or_404(agreement.proofs.all(), pk=row_id)
        act = Act(
            f"À refaire : {proof}",
            "La personne reçoit votre motif par courriel.",
            "Marquer à refaire",
            "La personne est prévenue.",
        )
        form = RejectForm(posted(request))
        return self._answered(
            request, agreement, act, form, partial(clock.reject_proof, proof)
        )

    def _answered(self, request, agreement, act, form, do):
        return acts.answered(
            self.admin_site,
            request,
            act,
            form,
            do,
            back_url=self._page_url(agreement),
            back_to=agreement.reference,
            about=agreement.name,
        )

    def _actionable(self, request, pk) -> Agreement:
        agreement = self._find(request, pk)
        if not roles.is_desk(request.user):
            raise PermissionDenied
        return agreement

    def _find(self, request, pk) -> Agreement:
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            return self.get_queryset(request).get(pk=pk)
        except (Agreement.DoesNotExist, ValueError):
            raise Http404("Cette convention n’existe pas.") from None

    def _page_url(self, agreement) -> str:
        return reverse("admin:bursaries_agreement_change", args=[agreement.pk])


@admin.register(Deed)
class DeedAdmin(_ReadByDeskAndFinance):
    """One deed: its articles while it is written, its signatures after."""

    empty_text = "Aucun acte. Ils se préparent depuis une convention."
    list_display = ["__str__", "state_label", "created_at"]

    def has_module_permission(self, request):
        """Reached from its agreement."""
        return False

    def get_queryset(self, request):
        mine = Agreement.objects.visible_to(request.user)
        return Deed.objects.filter(agreement__in=mine).select_related(
            "agreement__person",
            "agreement__application",
            "agreement__session",
            "agreement__version__scheme",
            "circuit",
        )

    def get_urls(self):
        wrap = self.admin_site.admin_view
        pages = [
            ("relire/", require_safe(self.preview_view), "preview"),
            ("document/", require_safe(self.document_view), "document"),
            ("arreter/", self.approve_view, "approve"),
            ("reprendre/", self.reopen_view, "reopen"),
            ("abandonner/", self.abandon_view, "abandon"),
            ("papier/", self.paper_view, "paper"),
            ("signer/", self.sign_view, "sign"),
            ("dates/", self.days_view, "days"),
            ("copie/", self.copy_view, "copy"),
            ("refaire/", require_POST(self.retry_view), "retry"),
            ("article/<int:clause_id>/", self.reword_view, "reword"),
            ("article/<int:clause_id>/remarque/", self.comment_view, "comment"),
            (
                "remarque/<int:comment_id>/traitee/",
                require_POST(self.resolve_view),
                "resolve",
            ),
        ]
        return [
            *[
                path(
                    f"<int:object_id>/{end}", wrap(view), name=f"bursaries_deed_{name}"
                )
                for end, view, name in pages
            ],
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        deed = self._find(request, unquote(object_id))
        comments: dict[int, list] = {}
        rows = ClauseComment.objects.filter(clause__deed=deed)
        for row in rows.select_related("made_by__person", "resolved_by__person"):
            comments.setdefault(row.clause_id, []).append(row)
        circuit = deed.circuit
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": deed.title,
            "deed": deed,
            "agreement": deed.agreement,
            "badge": following.deed_badge(deed),
            "articles": [
                {
                    "clause": clause,
                    "blocks": blocks,
                    "comments": comments.get(clause.pk, []),
                }
                for clause, blocks in agreement_words.articles(deed)
            ],
            "may_act": roles.is_desk(request.user),
            "signatories": list(circuit.signatories.all()) if circuit else [],
            "copies": deed.copies.all(),
            "may_copy": deed.signed_on and deed.copies.count() < 2,
        }
        return TemplateResponse(request, "gestion/deed.html", context)

    def preview_view(self, request, object_id):
        """The PDF as it would be, marked as a text to read again."""
        deed = self._find(request, object_id)
        return HttpResponse(
            agreement_papers.pdf(deed),
            content_type="application/pdf",
            headers={"Content-Disposition": 'attachment; filename="a-relire.pdf"'},
        )

    def document_view(self, request, object_id):
        deed = self._find(request, object_id)
        if deed.circuit is None:
            raise Http404("Le PDF n’est pas encore fait.")
        return serving.attachment(deed.circuit.final_document)

    def approve_view(self, request, object_id):
        return self._answer(
            request, object_id, APPROVE, ApproveForm, agreements.approve
        )

    def reopen_view(self, request, object_id):
        return self._answer(request, object_id, REOPEN, PlainAct, agreements.reopen)

    def abandon_view(self, request, object_id):
        return self._answer(
            request, object_id, ABANDON, AbandonForm, agreements.abandon
        )

    def days_view(self, request, object_id):
        deed = self._actionable(request, object_id)
        initial = {
            "transmitted_on": deed.transmitted_on,
            "notified_on": deed.notified_on,
        }
        return self._answer(
            request, object_id, DAYS, DeedDaysForm, agreements.note_days, initial
        )

    def copy_view(self, request, object_id):
        return self._answer(request, object_id, COPY, CopyForm, agreements.send_copy)

    def paper_view(self, request, object_id):
        deed = self._actionable(request, object_id)
        data = posted(request)
        form = ScanForm(data, request.FILES if data is not None else None)

        def do(*, by, scan):
            agreements.sign_on_paper(deed, scan, by=by)

        return self._answered(request, deed, PAPER, form, do)

    def sign_view(self, request, object_id):
        """Whoever signs for the Département, with the code their mailbox received."""
        deed = self._actionable(request, object_id)
        me = following.signatory_at_turn(deed, request.user.email)
        if me is None:
            messages.error(request, "Ce n’est pas à vous de signer, ou pas encore.")
            return redirect(deed)
        return following.signing_page(
            request,
            deed,
            me,
            CodeForm,
            template="gestion/deed_sign.html",
            context=self.admin_site.each_context(request),
            back_url=deed.get_absolute_url(),
        )

    def retry_view(self, request, object_id):
        deed = self._actionable(request, object_id)
        if deed.state == State.PREPARING:
            agreements.prepare_deed.delay(deed.pk)
            messages.success(request, "Le PDF est redemandé : rechargez la page.")
        return redirect(deed)

    def reword_view(self, request, object_id, clause_id):
        deed = self._actionable(request, object_id)
        clause = get_object_or_404(deed.clauses.all(), pk=clause_id)
        initial = {"title": clause.title, "body": clause.body}
        form = WordsForm(posted(request), initial=initial)
        return self._answered(
            request, deed, REWORD, form, partial(agreements.reword, clause)
        )

    def comment_view(self, request, object_id, clause_id):
        deed = self._actionable(request, object_id)
        clause: DeedClause = get_object_or_404(deed.clauses.all(), pk=clause_id)
        act = Act(
            f"Remarque sur « {clause.title} »",
            "Le texte ne s’arrête pas tant qu’une remarque n’est pas traitée.",
            "Ajouter la remarque",
            "La remarque est ajoutée.",
        )
        return self._answered(
            request,
            deed,
            act,
            CommentForm(posted(request)),
            partial(agreements.comment, clause),
        )

    def resolve_view(self, request, object_id, comment_id):
        deed = self._actionable(request, object_id)
        rows = ClauseComment.objects.filter(clause__deed=deed)
        comment = get_object_or_404(rows.select_related("clause__deed"), pk=comment_id)
        return acts.at_once(
            request,
            partial(agreements.resolve, comment),
            back_url=f"{deed.get_absolute_url()}#article-{comment.clause_id}",
            done="La remarque est traitée.",
        )

    def _answer(self, request, object_id, act, form, do, initial=None):
        deed = self._actionable(request, object_id)
        return self._answered(
            request,
            deed,
            act,
            form(posted(request), initial=initial),
            partial(do, deed),
        )

    def _answered(self, request, deed, act, form, do):
        return acts.answered(
            self.admin_site,
            request,
            act,
            form,
            do,
            back_url=deed.get_absolute_url(),
            back_to=f"{deed.title} {deed.agreement.reference}",
            about=deed.agreement.name,
        )

    def _find(self, request, pk) -> Deed:
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            return self.get_queryset(request).get(pk=pk)
        except (Deed.DoesNotExist, ValueError):
            raise Http404("Cet acte n’existe pas.") from None

    def _actionable(self, request, pk) -> Deed:
        deed = self._find(request, pk)
        if not roles.is_desk(request.user):
            raise PermissionDenied
        return deed


@admin.register(ClauseText)
class ClauseTextAdmin(_ReadByDeskAndFinance):
    """The library: every clause with the words in use, and how to reword it."""

    empty_text = "Aucune clause récrite : toutes sont celles du portail."
    list_display = ["key", "title", "number", "scheme", "written_at"]

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("ecrire/", wrap(self.new_view), name="bursaries_clausetext_new"),
            path(
                "ecrire/<slug:key>/",
                wrap(self.write_view),
                name="bursaries_clausetext_write",
            ),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        written: dict[str, list[ClauseText]] = {}
        rows = ClauseText.objects.select_related("scheme", "written_by__person")
        for row in rows.order_by("scheme__name", "-number"):
            written.setdefault(row.key, []).append(row)
        lines = []
        for key in dict.fromkeys([*clauses.BY_KEY, *sorted(written)]):
            mine = written.get(key, [])
            for_all = next((one for one in mine if one.scheme is None), None)
            lines.append(
                {
                    "key": key,
                    "known": for_all or clauses.BY_KEY.get(key) or mine[0],
                    "for_all": for_all,
                    "others": mine,
                    "url": reverse("admin:bursaries_clausetext_write", args=[key]),
                }
            )
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": "Clauses des conventions",
            "lines": lines,
            "may_write": self._may_write(request),
        }
        return TemplateResponse(request, "gestion/clauses.html", context)

    def write_view(self, request, key):
        texts = ClauseText.objects.filter(key=key, scheme=None)
        last = texts.order_by("number").last() or clauses.BY_KEY.get(key)
        last = last or ClauseText.objects.filter(key=key).order_by("number").last()
        if last is None:
            raise Http404("Cette clause n’existe pas.")
        form = ClauseTextForm(
            posted(request), initial={"title": last.title, "body": last.body}
        )
        return self._write(request, form, f"Récrire « {last.title} »", key=key)

    def new_view(self, request):
        return self._write(request, NewClauseForm(posted(request)), "Nouvelle clause")

    def _write(self, request, form, title, key=""):
        if not self._may_write(request):
            raise PermissionDenied
        act = Act(
            title,
            "Les conventions préparées à partir de maintenant commencent avec ces "
            "mots. Variables : "
            + ", ".join(f"{{{name}}}" for name in clauses.VARIABLES)
            + ".",
            "Enregistrer cette version",
            "La nouvelle version est dans la bibliothèque.",
        )

        def do(*, by, **said):
            agreements.write_clause(said.pop("key", key), by=by, **said)

        return acts.answered(
            self.admin_site,
            request,
            act,
            form,
            do,
            back_url=reverse("admin:bursaries_clausetext_changelist"),
            back_to="Clauses",
        )

    def _may_write(self, request) -> bool:
        """The words of an agreement are the head's, as the rules of a scheme."""
        return request.user.has_perm("bursaries.change_schemeversion")
