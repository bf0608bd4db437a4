"""Offers of practice and mentors at the desk."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.http import urlencode
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from casework.journal import record
from installation import offer_letters
from installation.actions import pairings
from installation.admin import decisions, dossier
from installation.models import (
    InstallationRequest,
    Introduction,
    Mentor,
    Mentorship,
    PracticeOffer,
)
from installation.models.pairings import Side
from listings.admin import ListingAdmin


@admin.register(PracticeOffer)
class PracticeOfferAdmin(ListingAdmin):
    empty_text = (
        "Aucune offre. Les cabinets, les structures et les communes en écrivent depuis "
        "leur espace ; le guichet peut en ajouter une ici."
    )
    list_display = ["title", "standing", "kind", "where", "contact_name", "expires_on"]
    list_filter = [*ListingAdmin.list_filter, "kind", "is_confidential"]
    autocomplete_fields = [*ListingAdmin.autocomplete_fields, "structure"]
    fieldsets = [
        (None, {"fields": ["kind", "is_confidential", "title", "summary", "body"]}),
        (
            "L’exercice",
            {
                "fields": [
                    "profession",
                    "specialty",
                    "mode",
                    "commune",
                    "structure",
                    "available_from",
                    "available_until",
                    "days_a_week",
                    "terms",
                ]
            },
        ),
        ("Sur place", {"fields": ["equipment", "software", "team", "housing"]}),
        (
            "Qui joindre",
            {
                "fields": [
                    "owner",
                    "organisation",
                    "contact_name",
                    "contact_email",
                    "contact_phone",
                    "contact_is_public",
                ]
            },
        ),
    ]

    def get_changeform_initial_data(self, request):
        """« Écrire l’offre de succession », from a dossier: what it says already."""
        initial = super().get_changeform_initial_data(request)
        asked = FromDossierForm({"dossier": initial.pop("dossier", "")})
        asked.fields["dossier"].queryset = retiring(request.user)
        if asked.is_valid():
            initial |= succession(asked.cleaned_data["dossier"])
        return initial

    def save_model(self, request, obj, form, change):
        """What the desk corrects stays where it stands: it is the one that reads."""
        obj.save()
        record("installation.offer.written", subject=obj, actor=request.user)

    @admin.display(description="commune", ordering="commune__sort_key")
    def where(self, offer):
        return offer.commune.name

    def warnings(self, listing):
        if not listing.is_confidential:
            return []
        return [
            f"Succession confidentielle : le texte nomme « {named} »."
            for named in listing.giveaways().values()
        ]


class FromDossierForm(forms.Form):
    dossier = forms.ModelChoiceField(InstallationRequest.objects.none())


def retiring(user):
    """The dossiers of those who prepare their succession."""
    kind = InstallationRequest.Kind.RETIREMENT_SUCCESSION
    rows = InstallationRequest.objects.visible_to(user).filter(kind=kind)
    return rows.select_related("applicant", "details")


def succession(dossier: InstallationRequest) -> dict:
    """What an offer takes from their dossier; discreet unless they said otherwise."""
    details = getattr(dossier, "details", None)
    places = list(dossier.communes.all()[:2])
    return {
        "kind": PracticeOffer.Kind.SUCCESSION,
        "is_confidential": details is None or details.is_confidential is not False,
        "profession": dossier.profession,
        "specialty": dossier.specialty,
        "mode": dossier.mode,
        "commune": places[0].pk if len(places) == 1 else None,
        "available_from": details and details.planned_on,
        "days_a_week": dossier.days_a_week,
        "owner": dossier.applicant_id,
        "contact_name": dossier.full_name,
        "contact_email": dossier.email,
        "contact_phone": dossier.phone,
    }


class MentorForm(forms.ModelForm):
    themes = forms.MultipleChoiceField(
        label="Thèmes",
        choices=Mentor.Theme.choices,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )

    class Meta:
        model = Mentor
        fields = [
            "person",
            "themes",
            "availability",
            "intercommunality",
            "most_at_once",
            "introduction",
            "is_active",
        ]


@admin.register(Mentor)
class MentorAdmin(ModelAdmin):
    empty_text = (
        "Personne n’accueille encore. Un médecin le propose depuis son espace, ou "
        "ajoutez ici celui qui vous l’a dit."
    )
    form = MentorForm
    list_display = ["person", "what", "intercommunality", "availability", "is_active"]
    list_filter = ["is_active", "intercommunality"]
    list_select_related = ["person", "intercommunality"]
    search_fields = ["person__search_key"]
    autocomplete_fields = ["person"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("intercommunality__contour")

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return ["person"] if obj else []

    def save_model(self, request, obj, form, change):
        pairings.volunteer(obj, by=request.user)

    @admin.display(description="thèmes")
    def what(self, mentor):
        return ", ".join(mentor.theme_labels)


class PairingAdmin(ModelAdmin):
    """Read here; proposed from a dossier, answered by the two people."""

    list_filter = ["state"]
    list_display_links = None
    list_select_related = ["guest", "request"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="accueil")
    def host_side(self, pairing):
        return _side(pairing, Side.HOST)

    @admin.display(description="arrivée")
    def guest_side(self, pairing):
        return _side(pairing, Side.GUEST)


def _side(pairing, side: str) -> str:
    name = offer_letters.name_of(pairing, side)
    if pairing.declined_by == side:
        return f"{name} (non)"
    return f"{name} ({'oui' if pairing.accepted_at(side) else 'sans réponse'})"


@admin.register(Mentorship)
class MentorshipAdmin(PairingAdmin):
    empty_text = (
        "Aucun compagnonnage. Ouvrez le dossier d’une personne qui arrive, puis "
        "« Proposer un compagnon »."
    )
    list_display = ["host_side", "guest_side", "request", "state", "proposed_at"]
    list_select_related = [*PairingAdmin.list_select_related, "mentor__person"]


@admin.register(Introduction)
class IntroductionAdmin(PairingAdmin):
    empty_text = (
        "Aucune mise en relation. Il en naît une quand quelqu’un s’intéresse à une "
        "succession confidentielle."
    )
    list_display = [
        "offer",
        "host_side",
        "guest_side",
        "request",
        "state",
        "proposed_at",
    ]
    list_select_related = [*PairingAdmin.list_select_related, "offer"]


# --- In the dossier ------------------------------------------------------------------


def gather(request: InstallationRequest) -> dict:
    """What the dossier met: offers, confidential successions, mentors."""
    is_retiring = request.kind == request.Kind.RETIREMENT_SUCCESSION
    add = reverse("admin:installation_practiceoffer_add")
    introductions = request.introductions.select_related("offer", "guest")
    mentorships = request.mentorships.select_related("mentor__person", "guest")
    return {
        "add_url": f"{add}?{urlencode({'dossier': request.pk})}" if is_retiring else "",
        "their_offers": PracticeOffer.objects.filter(owner=request.applicant_id)
        .select_related("commune")
        .order_by("-created_at")
        if is_retiring
        else None,
        "interests": request.interests.select_related("offer__commune"),
        "pairings": [
            {
                "title": f"l’offre « {pairing.offer.title} »"
                if isinstance(pairing, Introduction)
                else pairing._meta.verbose_name,
                "host": _side(pairing, Side.HOST),
                "guest": _side(pairing, Side.GUEST),
                "state": pairing.get_state_display(),
                "look": "success" if pairing.is_met else "neutral",
                "at": pairing.proposed_at,
            }
            for pairing in [*introductions, *mentorships]
        ],
    }


dossier.TABS["offres"] = "Offres"
# The journal closes the row.
dossier.TABS["journal"] = dossier.TABS.pop("journal")
dossier.GATHER["offres"] = gather


class ProposeMentorForm(decisions.DecisionForm):
    mentor = forms.ModelChoiceField(
        Mentor.objects.none(), label="Compagnon", empty_label="Choisissez une personne"
    )
    word = forms.CharField(
        label="Un mot aux deux",
        help_text="Pourquoi vous pensez à eux. Ne nommez ni l’un ni l’autre.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def prepare(self):
        mentors = Mentor.objects.available().select_related("person")
        self.fields["mentor"].queryset = mentors.order_by("person__sort_key")
        self.fields["mentor"].label_from_instance = _described


def _described(mentor: Mentor) -> str:
    return f"{mentor}, {', '.join(mentor.theme_labels)}"


def _propose(dossier, *, by, mentor, word):
    pairings.propose_mentor(dossier, mentor, word=word, by=by)


PROPOSE = decisions.Decision(
    slug="compagnon",
    verb="exchange",
    label="Proposer un compagnon",
    icon="handshake",
    title="Proposer un compagnon",
    lead="Chacun reçoit une question, sans le nom de l’autre. Les coordonnées sont "
    "échangées quand les deux ont accepté.",
    button="Proposer à tous les deux",
    done="La question est partie aux deux.",
    act=_propose,
    form=ProposeMentorForm,
)
decisions.DECISIONS.append(PROPOSE)
decisions.BY_SLUG[PROPOSE.slug] = PROPOSE
