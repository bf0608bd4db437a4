import datetime as dt

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from casework.forms import PlainForm, capitalised
from documents.forms import PictureField
from internships.models import (
    PlacementKind,
    PlacementOffer,
    PlacementSite,
    Semester,
    Supervision,
    Supervisor,
)
from listings.forms import ListForm
from territory import choosing, zones
from territory.models import Zoning

ANY = ("", "Tous")
# What doctors and dentists in training choose a place by.
ZONINGS = [Zoning.Kind.ARS_DOCTORS, Zoning.Kind.ARS_DENTISTS, Zoning.Kind.FRR]
LONGEST_KEY = 9


class OfferListForm(ListForm):
    """What narrows the list of placements, its map, its feeds and its alerts."""

    field_order = ["q", "stage", "semestre"]

    stage = forms.ChoiceField(
        label="Stage",
        choices=[ANY, *capitalised(PlacementKind.choices)],
        required=False,
    )
    semestre = forms.ChoiceField(label="Semestre", required=False)
    territoire = forms.ChoiceField(label="Territoire", required=False)
    commune = forms.CharField(label="Commune", max_length=80, required=False)
    voiture = forms.ChoiceField(
        label="Voiture",
        choices=[("", "Peu importe"), ("non", "Sans voiture")],
        required=False,
    )
    chambre = forms.ChoiceField(
        label="Logement",
        choices=[("", "Peu importe"), ("oui", "Une chambre à proximité")],
        required=False,
    )
    accompagnement = forms.ChoiceField(
        label="Accompagnement",
        choices=[ANY, *capitalised(Supervision.choices)],
        required=False,
    )
    zone = forms.ChoiceField(label="Zone", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        asked = str(self.data.get("semestre") or "")
        is_key = asked.isdecimal() and asked.isascii() and len(asked) <= LONGEST_KEY
        # One that is over finds nothing any more, and is not everything instead.
        semesters = Semester.objects.filter(
            Q(period__endswith__gt=timezone.localdate())
            | Q(pk=int(asked) if is_key else None)
        )
        self.fields["semestre"].choices = [
            ANY,
            *((str(one.pk), str(one)) for one in semesters.in_order()),
        ]
        self.fields["territoire"].choices = [
            ("", "Tout le Département"),
            *choosing.group_choices(),
        ]
        self.fields["zone"].choices = [
            ("", "Toutes"),
            *zones.choices(ZONINGS, timezone.localdate()),
        ]

    def clean_commune(self):
        typed = self.cleaned_data["commune"].strip()
        return choosing.commune(typed) if typed else None

    def narrow(self, listings, day: dt.date):
        listings = super().narrow(listings, day)
        for name, field in (
            ("semestre", "semester"),
            ("stage", "kind"),
            ("accompagnement", "supervision"),
            ("territoire", "commune__intercommunality__code"),
            ("commune", "commune"),
        ):
            if value := self.value(name):
                listings = listings.filter(**{field: value})
        if self.value("voiture"):
            listings = listings.filter(needs_car=False)
        if self.value("chambre"):
            listings = listings.near_a_room()
        if zone := self.value("zone"):
            listings = listings.in_zone(zone, zones.assigned(ZONINGS))
        return listings

    @property
    def has_details(self) -> bool:
        """Is something asked that the first line does not show?"""
        folded = set(self.fields) - {"q", "page", "stage", "semestre"}
        return any(self.data.get(name) for name in folded)


class OfferForm(PlainForm, forms.ModelForm):
    """An offer as the host of a site writes it."""

    use_required_attribute = False
    when_blank = {
        "site": "Choisissez le terrain de stage.",
        "semester": "Choisissez le semestre.",
        "kind": "Choisissez le stage que vous proposez.",
        "title": "Donnez un titre : « Niveau 1 à la maison de santé de Nérac ».",
        "summary": "Dites l’essentiel en une phrase : elle paraît dans la liste.",
        "seats": "Indiquez combien d’étudiants vous recevez.",
        "contact_name": "Dites qui joindre.",
        "contact_email": "Indiquez un courriel : les étudiants intéressés vous y "
        "sont présentés.",
    }

    class Meta:
        model = PlacementOffer
        fields = [
            "site",
            "semester",
            "kind",
            "title",
            "summary",
            "body",
            "supervisors",
            "supervision",
            "modality",
            "seats",
            "teaching_days",
            "needs_car",
            "room_nearby",
            "contact_name",
            "contact_email",
            "contact_phone",
            "contact_is_public",
        ]
        widgets = {
            "body": forms.Textarea(attrs={"rows": 6}),
            "summary": forms.Textarea(attrs={"rows": 2}),
            "supervision": forms.RadioSelect,
            "modality": forms.RadioSelect,
            "supervisors": forms.CheckboxSelectMultiple,
            "contact_phone": forms.TextInput(
                attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}
            ),
        }
        labels = {
            "site": "Terrain de stage",
            "kind": "Le stage",
            "summary": "L’essentiel en une phrase",
            "body": "Le stage en détail",
            "seats": "Nombre de places",
            "modality": "Rythme",
            "teaching_days": "Jours d’enseignement",
            "room_nearby": "Une chambre à proximité",
            "contact_is_public": "Montrer ces coordonnées sur la page de l’offre",
        }
        help_texts = {
            "body": "Les patients, l’équipe, les gestes, les gardes, une journée type.",
            "teaching_days": "« Retour à la faculté le jeudi, toutes les trois "
            "semaines ».",
            "contact_is_public": "Sinon, les étudiants vous écrivent par le site.",
        }

    def __init__(self, *args, person, day: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        sites = PlacementSite.objects.active().hosted_by(person, day).distinct()
        self._offer("site", sites.select_related("commune"), "Choisissez")
        self._offer("semester", Semester.objects.to_come(day), "Choisissez")
        self.fields["site"].label_from_instance = _with_commune
        supervisors = Supervisor.objects.active().filter(sites__in=sites).distinct()
        self.fields["supervisors"].queryset = supervisors
        self.fields["supervisors"].label_from_instance = _with_levels
        kind = self.fields["kind"]
        kind.choices = [("", "Choisissez"), *capitalised(kind.choices)]
        for name in ("supervision", "modality"):
            self.fields[name].choices = capitalised(self.fields[name].choices)
        if not supervisors.exists():
            del self.fields["supervisors"]
            self.helper.layout = self.layout()

    def _offer(self, name: str, rows, empty: str) -> None:
        self.fields[name].queryset = rows
        self.fields[name].empty_label = empty

    def layout(self):
        supervisors = ["supervisors"] * ("supervisors" in self.fields)
        return Layout(
            Fieldset(
                "Où et quand", Div("site", "semester", css_class="fields"), "kind"
            ),
            Fieldset("L’annonce", "title", "summary", "body"),
            Fieldset(
                "Comment on y travaille",
                *supervisors,
                "supervision",
                "modality",
                Div("seats", "teaching_days", css_class="fields"),
            ),
            Fieldset("Comment on y vit", "needs_car", "room_nearby"),
            Fieldset(
                "Qui joindre",
                "contact_name",
                Div("contact_email", "contact_phone", css_class="fields"),
                "contact_is_public",
            ),
        )

    def clean(self):
        cleaned = super().clean()
        for field, sentence in refusals(cleaned).items():
            self.add_error(field if field in self.fields else None, sentence)
        return cleaned


def refusals(cleaned: dict) -> dict[str, str]:
    """What the faculty has not approved: who supervises what, and how many."""
    chosen = list(cleaned.get("supervisors") or ())
    site, kind, seats = (cleaned.get(name) for name in ("site", "kind", "seats"))
    if not chosen:
        return {}
    elsewhere = [one for one in chosen if site and site not in one.sites.all()]
    if elsewhere:
        names = ", ".join(map(str, elsewhere))
        return {"supervisors": f"N’exerce pas sur ce terrain : {names}."}
    unapproved = [one for one in chosen if kind and kind not in one.levels]
    if unapproved:
        names = ", ".join(map(str, unapproved))
        return {"supervisors": f"La faculté n’a pas agréé pour ce stage : {names}."}
    capacity = sum(one.capacity for one in chosen)
    if seats and seats > capacity:
        return {
            "seats": f"Ensemble, ces maîtres de stage reçoivent {capacity} "
            f"étudiant{'s' if capacity > 1 else ''} par semestre."
        }
    return {}


def _with_commune(site: PlacementSite) -> str:
    return f"{site.name}, {site.commune.name}"


def _with_levels(supervisor: Supervisor) -> str:
    return f"{supervisor} ({', '.join(supervisor.level_names)})"


class PhotoForm(PlainForm, forms.Form):
    """A photo, and what it shows for those who do not see it."""

    use_required_attribute = False
    when_blank = {
        "picture": "Choisissez une photo.",
        "alternative": "Dites en quelques mots ce que montre la photo.",
    }

    picture = PictureField()
    alternative = forms.CharField(
        label="Ce que montre la photo",
        max_length=150,
        help_text="« L’entrée de la maison de santé, de plain-pied ». Lu à voix haute "
        "aux personnes qui ne voient pas l’image.",
    )


class SiteForm(PlainForm, forms.ModelForm):
    """How one comes, works and lives at a site, in the words of its host."""

    use_required_attribute = False

    class Meta:
        model = PlacementSite
        fields = [
            "presentation",
            "address",
            "transport",
            "faculty",
            "faculty_km",
            "faculty_minutes",
        ]
        widgets = {"presentation": forms.Textarea(attrs={"rows": 8})}

    def clean(self):
        cleaned = super().clean()
        distance = cleaned.get("faculty_km") or cleaned.get("faculty_minutes")
        if distance and not cleaned.get("faculty"):
            raise ValidationError({"faculty": "Dites de quelle faculté il s’agit."})
        return cleaned

    def layout(self):
        return Layout(
            "presentation",
            "address",
            "transport",
            Fieldset(
                "La faculté",
                "faculty",
                Div("faculty_km", "faculty_minutes", css_class="fields"),
            ),
        )
