"""Interests at the desk: those nobody answers first, and what is heard by telephone."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from casework import acts
from casework.acts import Act, PlainAct, posted
from casework.days import said
from internships import indemnities
from internships.actions import interests
from internships.admin.read_only import ReadOnly
from internships.interest_lines import badge
from internships.models import Interest
from territory.filters import UsualFilter


class StandingFilter(UsualFilter):
    """What waits for the host, unless asked otherwise."""

    title = "état"
    parameter_name = "etat"
    usual = "sans réponse"

    def lookups(self, request, model_admin):
        return [
            ("a-confirmer", "accepté, à confirmer"),
            ("clos", "clos"),
            ("tous", "tous"),
        ]

    def queryset(self, request, rows):
        if self.value() == "tous":
            return rows
        if self.value() == "a-confirmer":
            return rows.awaiting_student()
        if self.value() == "clos":
            return rows.exclude(state__in=Interest.OPEN)
        return rows.awaiting_host()


class AnswerForm(forms.Form):
    use_required_attribute = False

    answer = forms.CharField(
        label="Un mot à la personne",
        help_text="Elle le lit dans le courriel.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReadForm(forms.Form):
    """R-33, R-34: read aloud, and accepted."""

    use_required_attribute = False

    accepts = forms.BooleanField(
        error_messages={"required": "Lisez cette phrase à la personne, puis cochez."}
    )

    def __init__(self, *args, wording, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["accepts"].label = f"La personne accepte : « {wording} »"


@admin.register(Interest)
class InterestAdmin(ReadOnly, ModelAdmin):
    """Who waits for whom; the answers heard by telephone are noted here."""

    empty_text = (
        "Aucun intérêt dans cette vue : les terrains ont répondu à tout le monde. Il "
        "en naît un quand une étudiante ou un étudiant signale qu’une offre lui plaît."
    )
    list_display = ["who", "place", "semester", "standing", "waiting"]
    list_display_links = ["who"]
    list_filter = [StandingFilter, "semester"]
    list_filter_sheet = True
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["person__search_key", "offer__title", "offer__site__name"]
    search_help_text = "Personne, offre ou terrain"
    sortable_by = []
    actions = None
    actions_detail = ["note_yes", "note_no", "note_confirmed", "note_withdrawn"]
    readonly_fields = [
        "who",
        "place",
        "semester",
        "rank",
        "standing",
        "word",
        "reach_student",
        "reach_host",
        "answer",
        "wording",
        "created_at",
        "answered_at",
        "closed_at",
    ]
    fieldsets = [
        (None, {"fields": ["who", "place", "semester", "rank", "standing", "word"]}),
        ("Les joindre", {"fields": ["reach_student", "reach_host"]}),
        (
            "Réponses",
            {"fields": ["answer", "created_at", "answered_at", "closed_at", "wording"]},
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_list_data()

    def get_ordering(self, request):
        return ["created_at", "pk"]

    @display(description="étudiante ou étudiant")
    def who(self, interest):
        return interest.person.full_name or "Personne effacée"

    @display(description="terrain")
    def place(self, interest):
        return format_html(
            '{}<span class="desk-detail">{}</span>',
            interest.offer.site,
            interest.offer.title,
        )

    @display(description="état")
    def standing(self, interest):
        shown = badge(interest)
        context = {"label": shown.label, "look": shown.look, "icon_name": shown.icon}
        return render_to_string("_badge.html", context)

    @display(description="depuis le")
    def waiting(self, interest):
        return said(interest.answered_at or interest.created_at)

    @display(description="étudiante ou étudiant")
    def reach_student(self, interest):
        return _reached(interest.person.phone, interest.person.email)

    @display(description="terrain")
    def reach_host(self, interest):
        offer = interest.offer
        return f"{offer.contact_name}, " + _reached(
            offer.contact_phone, offer.contact_email
        )

    # --- What is heard by telephone ------------------------------------------------

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                f"<int:object_id>/{slug}/",
                view(page),
                name=f"internships_interest_{slug}",
            )
            for slug, page in (
                ("oui", self.yes_view),
                ("non", self.no_view),
                ("confirme", self.confirmed_view),
                ("retire", self.withdrawn_view),
            )
        ] + super().get_urls()

    def _to(self, slug: str, object_id):
        name = f"admin:internships_interest_{slug}"
        return redirect(reverse(name, args=[object_id]))

    def _is(self, object_id, *states: str) -> bool:
        return Interest.objects.filter(pk=object_id, state__in=states).exists()

    @action(description="Le terrain dit oui", permissions=["hears_yes"])
    def note_yes(self, request, object_id):
        return self._to("oui", object_id)

    @action(description="Le terrain décline", permissions=["is_open"])
    def note_no(self, request, object_id):
        return self._to("non", object_id)

    @action(description="La personne confirme", permissions=["hears_confirmed"])
    def note_confirmed(self, request, object_id):
        return self._to("confirme", object_id)

    @action(description="La personne renonce", permissions=["is_open"])
    def note_withdrawn(self, request, object_id):
        return self._to("retire", object_id)

    def has_hears_yes_permission(self, request, object_id=None):
        return self._is(object_id, Interest.State.SENT)

    def has_hears_confirmed_permission(self, request, object_id=None):
        return self._is(object_id, Interest.State.ACCEPTED)

    def has_is_open_permission(self, request, object_id=None):
        return self._is(object_id, *Interest.OPEN)

    def yes_view(self, request, object_id):
        act = Act(
            "Le terrain dit oui",
            "La personne en est prévenue, et dit ensuite si elle vient.",
            "Noter ce oui",
            "C’est noté, la personne est prévenue.",
        )
        return self._answered(
            request, object_id, act, AnswerForm(posted(request)), interests.accept
        )

    def no_view(self, request, object_id):
        act = Act(
            "Le terrain décline",
            "La personne en est prévenue, et son souhait redevient libre.",
            "Noter ce non",
            "C’est noté, la personne est prévenue.",
        )
        return self._answered(
            request, object_id, act, AnswerForm(posted(request)), interests.decline
        )

    def confirmed_view(self, request, object_id):
        interest = self._interest(request, object_id)
        wording = indemnities.wording(interest.offer.kind, timezone.localdate())
        act = Act(
            "La personne confirme",
            "Son stage est noté ; ses autres souhaits du semestre sont libérés.",
            "Noter le stage",
            "Le stage est noté, chacun est prévenu.",
        )

        def do(interest, *, by, accepts):
            interests.confirm(interest, accepted_wording=wording, by=by)

        form = ReadForm(posted(request), wording=wording)
        return self._answered(request, object_id, act, form, do)

    def withdrawn_view(self, request, object_id):
        act = Act(
            "La personne renonce",
            "Le terrain en est prévenu.",
            "Noter",
            "C’est noté, le terrain est prévenu.",
        )
        return self._answered(
            request, object_id, act, PlainAct(posted(request)), interests.withdraw
        )

    def _interest(self, request, object_id) -> Interest:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=object_id)

    def _answered(self, request, object_id, act, form, do):
        interest = self._interest(request, object_id)
        back_url = reverse("admin:internships_interest_change", args=[interest.pk])
        return acts.answered(
            self.admin_site,
            request,
            act,
            form,
            lambda **said: do(interest, **said),
            back_url=back_url,
            back_to=str(interest.offer.site),
            about=interest.person.full_name,
        )


def _reached(phone, email: str) -> str:
    number = phone.as_national if phone else "pas de téléphone"
    return ", ".join(part for part in (number, email) if part)
