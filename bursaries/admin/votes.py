"""Sessions of the commission permanente and yearly envelopes, at the desk."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin

from accounts import roles
from bursaries import session_papers
from bursaries.actions import votes
from bursaries.models import AgendaItem, BudgetEnvelope, CommitteeSession
from casework import acts
from casework.acts import Act, posted
from casework.forms import PastOrComingDay, capitalised
from casework.journal import record
from casework.typography import euros
from documents import serving

Vote = AgendaItem.Vote
DAYS = Act(
    "Transmission et publication",
    "La délibération devient exécutoire quand elle est transmise à la préfecture et "
    "publiée. Notez chaque date quand elle est connue.",
    "Enregistrer",
    "Les dates sont enregistrées.",
)


class DaysForm(forms.Form):
    use_required_attribute = False

    transmitted_on = PastOrComingDay(label="Transmise à la préfecture le")
    published_on = PastOrComingDay(label="Publiée le")


class VotesForm(forms.Form):
    """The number of the deliberation, and three fields for each application."""

    use_required_attribute = False

    number = forms.CharField(label="Numéro de la délibération", max_length=60)

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            name, months = item.application.full_name, item.application.months
            self.fields[f"vote-{item.pk}"] = forms.ChoiceField(
                label=f"Vote sur la demande de {name}",
                choices=capitalised(Vote.choices),
                widget=forms.RadioSelect,
                error_messages={"required": f"Indiquez le vote de {name}."},
            )
            self.fields[f"months-{item.pk}"] = forms.IntegerField(
                label=f"Mois accordés à {name}",
                required=False,
                min_value=1,
                max_value=months,
                initial=months,
            )
            self.fields[f"reason-{item.pk}"] = forms.CharField(
                label=f"Motif ou conditions, pour {name}",
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def said(self) -> dict[int, votes.Voted]:
        given = self.cleaned_data
        return {
            item.pk: votes.Voted(
                vote=given[f"vote-{item.pk}"],
                months=given[f"months-{item.pk}"],
                reason=given[f"reason-{item.pk}"],
            )
            for item in self.items
        }


@admin.register(CommitteeSession)
class CommitteeSessionAdmin(ModelAdmin):
    """A session is prepared, voted and closed; its page says what it would cost."""

    empty_text = (
        "Aucune séance. Ajoutez la prochaine commission permanente : les demandes "
        "complètes s’y inscrivent depuis leur page."
    )
    list_display = ["held_on", "count", "number", "standing"]
    fields = ["held_on"]
    list_per_page = 50
    sortable_by = []
    actions = None

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("items")

    @admin.display(description="demandes")
    def count(self, session):
        return len(session.items.all())

    @admin.display(description="état")
    def standing(self, session):
        if not session.is_closed:
            return "en préparation"
        return "exécutoire" if session.binds_since else "votée"

    def response_add(self, request, obj, post_url_continue=None):
        messages.success(
            request, "La séance est prête : inscrivez-y les demandes complètes."
        )
        return redirect(obj)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        pages = [
            ("rapport/", self.report_view, "report"),
            ("annexe/", self.annex_view, "annex"),
            ("dates/", self.days_view, "days"),
            ("retirer/<int:item_id>/", require_POST(self.take_off_view), "take_off"),
        ]
        return [
            *[
                path(
                    f"<int:object_id>/{end}",
                    wrap(view),
                    name=f"bursaries_session_{name}",
                )
                for end, view, name in pages
            ],
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The agenda, what granting some of it would leave, and the votes."""
        session = self._find(request, unquote(object_id))
        lines = session_papers.report_lines(session)
        items = [line["item"] for line in lines]
        may_decide = roles.is_desk(request.user)
        form = VotesForm(posted(request), items=items) if items else None
        if request.method == "POST":
            if not may_decide:
                raise PermissionDenied
            if form and form.is_valid():
                try:
                    votes.close(
                        session,
                        form.cleaned_data["number"],
                        form.said,
                        by=request.user,
                    )
                except ValidationError as refusal:
                    session = self._find(request, unquote(object_id))
                    if session.is_closed:
                        messages.error(request, " ".join(refusal.messages))
                        return redirect(session)
                    form.add_error(None, refusal)
                else:
                    messages.success(
                        request, "Les votes sont enregistrés et chacun est prévenu."
                    )
                    return redirect(session)
        ticked = self._ticked(request, items)
        for line in lines:
            line["is_ticked"] = line["item"].pk in ticked
            line["url"] = reverse(
                "admin:bursaries_bursaryapplication_change",
                args=[line["application"].pk],
            )
            if form and not session.is_closed:
                key = line["item"].pk
                line["fields"] = [
                    form[f"{name}-{key}"] for name in ("vote", "months", "reason")
                ]
        added = [item.application for item in items if item.pk in ticked]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": str(session).capitalize(),
            "session": session,
            "lines": lines,
            "form": form,
            "may_decide": may_decide,
            "spending": spending_lines([] if session.is_closed else added),
            "ticked": len(added),
            "is_past": session.held_on <= timezone.localdate(),
        }
        return TemplateResponse(request, "gestion/committee_session.html", context)

    def _ticked(self, request, items) -> set[int]:
        """Those of « si l'on accorde ceux-ci »; all, before anybody chose."""
        if "avec" not in request.GET and "scenario" not in request.GET:
            return {item.pk for item in items}
        known = {str(item.pk): item.pk for item in items}
        asked = request.GET.getlist("avec")
        return {known[key] for key in asked if key in known}

    def report_view(self, request, object_id):
        session = self._find(request, object_id)
        lines = session_papers.report_lines(session)
        added = [line["application"] for line in lines]
        content = session_papers.report_pdf(
            session, lines, spending_lines([] if session.is_closed else added)
        )
        name = f"rapport-bourses-{session.held_on:%Y-%m-%d}.pdf"
        return HttpResponse(
            content,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def annex_view(self, request, object_id):
        session = self._find(request, object_id)
        if session.annex is None:
            raise Http404("L’annexe n’est pas encore faite.")
        return serving.attachment(session.annex)

    def days_view(self, request, object_id):
        session = self._decidable(request, object_id)
        initial = {
            "transmitted_on": session.transmitted_on,
            "published_on": session.published_on,
        }
        return acts.answered(
            self.admin_site,
            request,
            DAYS,
            DaysForm(posted(request), initial=initial),
            partial(votes.note_days, session),
            back_url=session.get_absolute_url(),
            back_to=str(session).capitalize(),
        )

    def take_off_view(self, request, object_id, item_id):
        session = self._decidable(request, object_id)
        item = get_object_or_404(session.items.filter(vote=""), pk=item_id)
        return acts.at_once(
            request,
            partial(votes.take_off, item),
            back_url=session.get_absolute_url(),
            done="La demande est retirée de l’ordre du jour.",
        )

    def _find(self, request, pk) -> CommitteeSession:
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            return self.get_queryset(request).get(pk=pk)
        except (CommitteeSession.DoesNotExist, ValueError):
            raise Http404("Cette séance n’existe pas.") from None

    def _decidable(self, request, pk) -> CommitteeSession:
        session = self._find(request, pk)
        if not roles.is_desk(request.user):
            raise PermissionDenied
        return session


def spending_lines(added) -> list[dict]:
    """The envelopes as a page or a report prints them."""
    return [
        {
            "year": line.year,
            "voted": "pas encore votée" if line.voted is None else euros(line.voted),
            "committed": euros(line.committed),
            "added": euros(line.added),
            "paid": euros(line.paid),
            "left": "" if line.left is None else euros(line.left),
            "is_exceeded": line.is_exceeded,
        }
        for line in votes.scenario(added)
    ]


@admin.register(BudgetEnvelope)
class BudgetEnvelopeAdmin(ModelAdmin):
    empty_text = (
        "Aucune enveloppe. Ajoutez celle de l’année quand l’assemblée l’a votée : la "
        "page de chaque séance dit ce qu’il en reste."
    )
    list_display = ["year", "amount", "budget_line", "deliberation"]
    sortable_by = []
    actions = None

    @admin.display(description="voté")
    def amount(self, envelope):
        return euros(envelope.voted)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        record("bursaries.envelope.voted", subject=obj, actor=request.user)
