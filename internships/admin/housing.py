"""Requests for a bed at the desk: the queue with its best proposal, then the stay."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django import forms
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
from casework.acts import Act, PlainAct, posted
from casework.days import said
from documents import serving
from internships import housing_lines, waiting_list
from internships.actions import extensions, holds, stays
from internships.models import (
    HousingBenefit,
    HousingRequest,
    Occupation,
    Room,
    ScoreWeight,
    Stay,
)

State = HousingRequest.State
# Proposals shown of a request: beyond, the planning says more.
MOST = 8


class ReasonForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label="Pourquoi", help_text="La personne le lit.", max_length=300
    )


class HeardForm(forms.Form):
    """R-33: what is read to them on the telephone, and accepted."""

    use_required_attribute = False

    accepts = forms.BooleanField(
        error_messages={"required": "Lisez cette phrase à la personne, puis cochez."}
    )

    def __init__(self, *args, wording, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["accepts"].label = f"La personne accepte : « {wording} »"
        if not wording:
            del self.fields["accepts"]


class DayForm(forms.Form):
    use_required_attribute = False

    on = forms.DateField(
        label="Le", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ce jour n’est pas encore arrivé.")
        return day


class ReturnForm(DayForm):
    kept = forms.DecimalField(
        label="Retenu, en euros", min_value=0, max_digits=7, decimal_places=2, initial=0
    )
    because = forms.CharField(label="Motif", max_length=300, required=False)


@dataclass(frozen=True)
class DeskAct:
    """A button of the page: when it is shown, what it asks, what it does."""

    slug: str
    act: Act
    do: Callable
    is_offered: Callable[[HousingRequest, Stay | None], bool]
    form: type[forms.Form] = PlainAct
    on_stay: bool = False


ACTS = (
    DeskAct(
        "assurance",
        Act(
            "Accepter l’attestation d’assurance",
            "Elle nomme la personne, le logement et couvre les dates du séjour.",
            "Accepter",
            "L’attestation est acceptée.",
        ),
        stays.check_insurance,
        lambda request, stay: (
            bool(stay and stay.insurance_sent_at) and not stay.is_insured
        ),
        on_stay=True,
    ),
    DeskAct(
        "assurance-refusee",
        Act(
            "Demander une autre attestation",
            "La personne en envoie une autre.",
            "Demander",
            "La personne est prévenue.",
        ),
        stays.refuse_insurance,
        lambda request, stay: (
            bool(stay and stay.insurance_sent_at) and not stay.keys_given_at
        ),
        ReasonForm,
        on_stay=True,
    ),
    DeskAct(
        "cles",
        Act(
            "Remettre les clés",
            "Après l’attestation d’assurance et l’état des lieux d’entrée signé.",
            "Les clés sont remises",
            "C’est noté : les clés sont remises.",
        ),
        stays.give_keys,
        lambda request, stay: bool(stay) and not stay.keys_given_at,
        on_stay=True,
    ),
    DeskAct(
        "cles-rendues",
        Act(
            "Reprendre les clés",
            "",
            "Les clés sont rendues",
            "C’est noté : les clés sont rendues.",
        ),
        stays.take_keys_back,
        lambda request, stay: (
            bool(stay and stay.keys_given_at) and not stay.keys_returned_at
        ),
        on_stay=True,
    ),
    DeskAct(
        "depot",
        Act("Noter le dépôt reçu", "", "Noter", "Le dépôt est noté."),
        stays.receive_deposit,
        lambda request, stay: (
            bool(stay and stay.deposit) and not stay.deposit_received_on
        ),
        DayForm,
        on_stay=True,
    ),
    DeskAct(
        "depot-rendu",
        Act(
            "Rendre le dépôt",
            "Après l’état des lieux de sortie et les clés.",
            "Rendre",
            "Le dépôt est rendu.",
        ),
        stays.return_deposit,
        lambda request, stay: (
            bool(stay and stay.deposit_received_on) and not stay.deposit_returned_on
        ),
        ReturnForm,
        on_stay=True,
    ),
    DeskAct(
        "prolonger",
        Act(
            "Accorder la prolongation",
            "La chambre doit être libre jusqu’au jour demandé.",
            "Accorder",
            "La prolongation est accordée et la personne prévenue.",
        ),
        extensions.grant,
        lambda request, stay: request.stay_until is not None,
    ),
    DeskAct(
        "laisser-la-chambre",
        Act(
            "Noter son accord pour laisser la chambre",
            "La personne accepte au téléphone ce qui lui est proposé : elle change de "
            "chambre ou de dates, et la personne d’avant reste.",
            "Elle accepte",
            "C’est fait, chacun est prévenu.",
        ),
        extensions.make_room,
        lambda request, stay: extensions.question_to(request) is not None,
    ),
    DeskAct(
        "garder-la-chambre",
        Act(
            "Noter son refus de laisser la chambre",
            "La personne garde sa chambre ; celle d’avant part le jour prévu.",
            "Elle refuse",
            "C’est noté, la personne d’avant est prévenue.",
        ),
        extensions.keep_days,
        lambda request, stay: extensions.question_to(request) is not None,
    ),
    DeskAct(
        "pas-de-prolongation",
        Act(
            "Refuser la prolongation",
            "La personne part le jour prévu.",
            "Refuser",
            "La personne est prévenue.",
        ),
        extensions.refuse,
        lambda request, stay: request.stay_until is not None,
        ReasonForm,
    ),
    DeskAct(
        "reprendre",
        Act(
            "Reprendre la chambre",
            "La personne revient sur la liste d’attente ; la chambre est proposée à la "
            "suivante.",
            "Reprendre la chambre",
            "La chambre est reprise.",
        ),
        holds.cancel,
        lambda request, stay: (
            request.state == State.HELD or bool(stay and not stay.keys_given_at)
        ),
        ReasonForm,
    ),
    DeskAct(
        "sans-suite",
        Act(
            "Classer sans suite",
            "La demande est close.",
            "Classer sans suite",
            "La demande est close et la personne prévenue.",
        ),
        holds.refuse,
        lambda request, stay: request.is_open,
        ReasonForm,
    ),
)
BY_SLUG = {act.slug: act for act in ACTS}


class StateFilter(admin.SimpleListFilter):
    """Those to allot, unless asked otherwise."""

    title = "état"
    parameter_name = "etat"

    def lookups(self, request, model_admin):
        return [
            *State.choices[1:],
            ("silences", "sans réponse à deux options"),
            ("prolongations", "prolongations"),
            ("tous", "tous"),
        ]

    def choices(self, changelist):
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": "à attribuer",
        }
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request, rows):
        if self.value() == "tous":
            return rows
        if self.value() == "silences":
            return rows.set_aside()
        if self.value() == "prolongations":
            return rows.exclude(stay_until=None)
        return rows.filter(state=self.value() or State.WAITING)


@admin.register(HousingRequest)
class HousingRequestAdmin(ModelAdmin):
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

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

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


class ReadOnlyAdmin(ModelAdmin):
    """Rows that acts write: read here, changed there."""

    list_per_page = 50
    show_full_result_count = False
    sortable_by = []
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Occupation)
class OccupationAdmin(ReadOnlyAdmin):
    empty_text = "Aucune chambre n’est prise : une option, un séjour ou des travaux."
    list_display = ["room", "kind", "period", "request", "expires_at", "released_at"]
    list_filter = ["kind", "released_because"]
    list_select_related = ["room__dwelling", "request__person"]
    search_fields = ["room__name", "room__dwelling__name", "request__reference"]
    search_help_text = "Chambre, logement ou référence"
    ordering = ["-period", "-pk"]


@admin.register(Stay)
class StayAdmin(ReadOnlyAdmin):
    """Read as a list; its page is that of the request."""

    empty_text = "Aucun séjour : il commence quand une option est confirmée."
    list_display = ["who", "where_", "arrival", "departure", "is_insured_", "keys"]
    list_display_links = ["who"]
    search_fields = ["occupation__request__person__search_key"]
    search_help_text = "Nom"

    def get_queryset(self, request):
        return super().get_queryset(request).with_list_data()

    def get_list_display_links(self, request, list_display):
        """Nowhere for those who may not read the request."""
        may_read = request.user.has_perm("internships.view_housingrequest")
        return self.list_display_links if may_read else None

    def change_view(self, request, object_id, form_url="", extra_context=None):
        stay = get_object_or_404(self.get_queryset(request), pk=unquote(object_id))
        if not self.has_view_permission(request, stay):
            raise PermissionDenied
        asked = stay.occupation.request_id
        return redirect("admin:internships_housingrequest_change", asked)

    @admin.display(description="personne")
    def who(self, stay):
        return stay.person

    @admin.display(description="chambre")
    def where_(self, stay):
        return stay.occupation.room

    @admin.display(description="arrivée")
    def arrival(self, stay):
        return said(stay.occupation.period.lower)

    @admin.display(description="départ")
    def departure(self, stay):
        return said(stay.occupation.period.upper)

    @admin.display(description="assurance", boolean=True)
    def is_insured_(self, stay):
        return stay.is_insured

    @admin.display(description="clés")
    def keys(self, stay):
        if stay.keys_returned_at:
            return "rendues"
        return "remises" if stay.keys_given_at else "pas encore"


@admin.register(HousingBenefit)
class HousingBenefitAdmin(ReadOnlyAdmin):
    empty_text = "Aucun avantage : un séjour confirmé en écrit un."
    list_display = ["person", "kind", "period"]
    list_filter = ["kind"]
    list_select_related = ["person"]
    search_fields = ["person__search_key"]
    search_help_text = "Nom"


@admin.register(ScoreWeight)
class ScoreWeightAdmin(ModelAdmin):
    """What each criterion is worth, from a day to another."""

    empty_text = "Aucun critère : sans points, le tirage seul départage."
    list_display = ["criterion", "points", "period"]
    list_filter = ["criterion"]
    actions = None

    def has_delete_permission(self, request, obj=None):
        return False
