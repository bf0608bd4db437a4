"""Requests for a bed at the desk: the queue with its best proposal, then the stay."""

from functools import partial

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin

from accounts import roles
from casework import acts, timeline
from casework.acts import Act, posted
from casework.days import said
from documents import serving
from internships import housing_lines, waiting_list
from internships.actions import holds
from internships.admin.housing_acts import ACTS, BY_SLUG, HeardForm
from internships.admin.read_only import ReadOnly
from internships.models import HousingRequest, Occupation, Room, Stay
from territory.filters import UsualFilter

State = HousingRequest.State
# Proposals shown of a request: beyond, the planning says more.
MOST = 8


class StateFilter(UsualFilter):
    """Those to allot, unless asked otherwise."""

    title = "état"
    parameter_name = "etat"
    usual = "à attribuer"

    def lookups(self, request, model_admin):
        return [
            *State.choices[1:],
            ("silences", "sans réponse à deux options"),
            ("prolongations", "prolongations"),
            ("tous", "tous"),
        ]

    def queryset(self, request, rows):
        if self.value() == "tous":
            return rows
        if self.value() == "silences":
            return rows.set_aside()
        if self.value() == "prolongations":
            return rows.exclude(stay_until=None)
        return rows.filter(state=self.value() or State.WAITING)


@admin.register(HousingRequest)
class HousingRequestAdmin(ReadOnly, ModelAdmin):
    """Nothing is typed over: each decision is an act."""

    empty_text = (
        "Aucune demande dans cette vue. Une demande arrive ici quand quelqu’un cherche "
        "une chambre et qu’aucune n’est encore retenue pour lui."
    )
    list_display = ["who", "dates", "points", "proposal", "standing"]
    list_display_links = ["who"]
    list_filter = [StateFilter]
    list_filter_sheet = True
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["reference", "person__search_key"]
    search_help_text = "Référence ou nom"
    sortable_by = []
    actions = None

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("person", "placement__site")

    def get_ordering(self, request):
        return [F("period").asc(), "created_at", "pk"]

    def changelist_view(self, request, extra_context=None):
        """The waiting list is read once for the page, whoever is on it."""
        self.waiting_list = waiting_list.read(timezone.localdate())
        return super().changelist_view(request, extra_context)

    @admin.display(description="personne")
    def who(self, asked):
        return format_html(
            '{}<span class="desk-detail">{}</span>', asked.person, asked.reference
        )

    @admin.display(description="dates")
    def dates(self, asked):
        return format_html(
            'du {}<span class="desk-detail">au {}</span>',
            said(asked.period.lower),
            said(asked.period.upper),
        )

    @admin.display(description="score")
    def points(self, asked):
        mine = self.waiting_list.of(asked)
        if mine is None:
            return ""
        lines = ", ".join(str(line) for line in mine.score.lines)
        return format_html(
            '{}<span class="desk-detail">{}</span>', mine.score.total, lines
        )

    @admin.display(description="meilleure chambre")
    def proposal(self, asked):
        if asked.state != State.WAITING:
            return ""
        found = self.waiting_list.best(asked)
        if found is None:
            return "Aucune chambre libre ne convient"
        return format_html(
            '{}<span class="desk-detail">{}</span>',
            self.waiting_list.rooms[found.bed.room],
            ", ".join(found.reasons),
        )

    @admin.display(description="état")
    def standing(self, asked):
        found = housing_lines.badge(asked)
        context = {
            "label": found.label,
            "look": found.look,
            "icon": found.icon,
            "icon_name": found.icon,
        }
        return render_to_string("_badge.html", context)

    # --- The page ------------------------------------------------------------------

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:object_id>/chambre/<int:room_id>/",
                wrap(require_POST(self.hold_view)),
                name="internships_housing_hold",
            ),
            path(
                "<int:object_id>/attestation/",
                wrap(self.insurance_view),
                name="internships_housing_insurance",
            ),
            path(
                "<int:object_id>/confirmer/",
                wrap(self.confirm_view),
                name="internships_housing_confirmer",
            ),
            *[
                path(
                    f"<int:object_id>/{act.slug}/",
                    wrap(self.act_view),
                    {"slug": act.slug},
                    name=f"internships_housing_{act.slug}",
                )
                for act in ACTS
            ],
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        asked = self._find(request, unquote(object_id))
        occupation = Occupation.objects.standing().filter(request=asked)
        occupation = occupation.with_list_data().first()
        stay = _stay(asked)
        found = waiting_list.read(timezone.localdate())
        mine = found.of(asked)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": asked.reference or str(asked),
            "asked": asked,
            "badge": housing_lines.badge(asked),
            "occupation": occupation,
            "stay": stay,
            "road": housing_lines.road(asked, stay),
            "score": mine.score if mine else None,
            "place": found.place_of(asked),
            "proposals": [
                {"room": found.rooms[one.bed.room], "reasons": one.reasons}
                for one in found.proposals(asked)[:MOST]
            ],
            "may_confirm": self._may_decide(request) and asked.state == State.HELD,
            "acts": [
                (self._url(asked, act.slug), act.act.title)
                for act in ACTS
                if self._may_decide(request) and act.is_offered(asked, stay)
            ],
            "may_decide": self._may_decide(request),
            "entries": timeline.of(asked),
        }
        return TemplateResponse(request, "gestion/housing_request.html", context)

    def hold_view(self, request, object_id, room_id):
        asked = self._decidable(request, object_id)
        room = get_object_or_404(Room, pk=room_id)
        return acts.at_once(
            request,
            partial(holds.hold, asked, room),
            back_url=self._page(asked),
            done="L’option est posée et la personne prévenue.",
        )

    def confirm_view(self, request, object_id):
        """They said yes on the telephone."""
        asked = self._decidable(request, object_id)
        wording = housing_lines.wording_to_accept(asked)
        act = Act(
            "Confirmer au nom de la personne",
            "Elle accepte la chambre au téléphone : le séjour est noté, chacun est "
            "prévenu.",
            "Confirmer la chambre",
            "La chambre est confirmée.",
        )

        def do(*, by, accepts=True):
            holds.confirm(asked, accepted_wording=wording, by=by)

        return acts.answered(
            self.admin_site,
            request,
            act,
            HeardForm(posted(request), wording=wording),
            do,
            back_url=self._page(asked),
            back_to="La demande",
            about=str(asked.person),
        )

    def insurance_view(self, request, object_id):
        stay = _stay(self._find(request, object_id))
        if stay is None or stay.insurance is None:
            raise Http404("nothing sent")
        return serving.attachment(stay.insurance)

    def act_view(self, request, object_id, slug):
        asked = self._decidable(request, object_id)
        act, stay = BY_SLUG[slug], _stay(asked)
        if act.on_stay and stay is None:
            return redirect(self._page(asked))
        return acts.answered(
            self.admin_site,
            request,
            act.act,
            act.form(posted(request)),
            partial(act.do, stay if act.on_stay else asked),
            back_url=self._page(asked),
            back_to="La demande",
            about=str(asked.person),
        )

    def _find(self, request, object_id):
        asked = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_view_permission(request, asked):
            raise PermissionDenied
        return asked

    def _decidable(self, request, object_id):
        if not self._may_decide(request):
            raise PermissionDenied
        return self._find(request, object_id)

    def _may_decide(self, request):
        return roles.is_desk(request.user)

    def _page(self, asked):
        return reverse("admin:internships_housingrequest_change", args=[asked.pk])

    def _url(self, asked, slug):
        return reverse(f"admin:internships_housing_{slug}", args=[asked.pk])


def _stay(asked: HousingRequest) -> Stay | None:
    found = Stay.objects.filter(occupation__request=asked).order_by("-pk")
    return found.with_list_data().first()
