"""Looking for a room, and running one's dwellings."""

import datetime as dt

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange

from casework.forms import PlainForm, capitalised
from documents.forms import PictureField
from internships import rooms
from internships.models import Dwelling, Room, Semester
from territory import choosing
from territory.forms import CommuneField
from territory.models import Commune, Intercommunality

RENTS = (100, 120, 150, 200, 300)
# A semester that ends sooner leaves nothing to look for: the next one opens.
SOON = dt.timedelta(days=45)


class RoomSearchForm(forms.Form):
    """What narrows the rooms; a value that means nothing is left out."""

    use_required_attribute = False

    semestre = forms.ModelChoiceField(
        Semester.objects.none(), label="Semestre", required=False
    )
    pres = forms.ChoiceField(label="Près de", required=False)
    pour = forms.ChoiceField(
        label="Pour",
        choices=[("", "Une personne"), ("deux", "Deux personnes")],
        required=False,
    )
    loyer = forms.TypedChoiceField(
        label="Loyer maximum",
        choices=[("", "Sans limite"), *((r, f"{r} € par mois") for r in RENTS)],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args, day: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.semesters = list(Semester.objects.to_come(day)[:4])
        self.day = day
        self.fields["semestre"].queryset = Semester.objects.to_come(day)
        self.fields["pres"].choices = [
            ("", "Tout le département"),
            *choosing.choices(with_groups=True),
        ]

    def value(self, name: str):
        """What was asked, or None: nothing, or nothing that can be understood."""
        self.errors  # noqa: B018  cleans once
        return self.cleaned_data.get(name) or None

    @property
    def semester(self) -> Semester | None:
        if asked := self.value("semestre"):
            return asked
        lasting = [one for one in self.semesters if one.last_on - self.day > SOON]
        return next(iter(lasting or self.semesters), None)

    @property
    def place(self) -> Commune | Intercommunality | None:
        code = self.value("pres")
        if code is None:
            return None
        model = Commune if len(code) == 5 else Intercommunality
        return model.objects.defer("contour").filter(code=code).first()

    def narrow(self, found):
        place = self.place
        if isinstance(place, Commune):
            found = rooms.near(found, commune=place)
        elif place is not None:
            found = rooms.near(found, group=place)
        if self.value("pour"):
            found = found.filter(for_two=True)
        if rent := self.value("loyer"):
            found = found.filter(rent__lte=rent)
        return found


class DwellingForm(PlainForm, forms.ModelForm):
    """A dwelling as those who run it describe it."""

    use_required_attribute = False
    when_blank = {
        "name": "Donnez un nom : « Maison partagée de la Bartère ».",
        "commune": "Choisissez la commune du logement.",
        "address": "Indiquez l’adresse : elle ne paraît pas.",
    }

    commune = CommuneField()
    equipment = forms.MultipleChoiceField(
        label="Équipement",
        choices=capitalised(Dwelling.Equipment.choices),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Dwelling
        fields = [
            "name",
            "commune",
            "address",
            "access",
            "situation",
            "presentation",
            "equipment",
            "rules",
            "charges",
            "terms",
            "deposit",
            "buffer_days",
            "hold_days",
            "payment_words",
            "monthly_cost",
            "accepts_animals",
            "accepts_children",
            "needs_car",
            "contact_name",
            "contact_phone",
            "is_open",
        ]
        widgets = {
            "access": forms.Textarea(attrs={"rows": 3}),
            "presentation": forms.Textarea(attrs={"rows": 5}),
            "rules": forms.Textarea(attrs={"rows": 4}),
            "terms": forms.RadioSelect,
            "payment_words": forms.Textarea(attrs={"rows": 3}),
            "contact_phone": forms.TextInput(
                attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        terms = self.fields["terms"]
        terms.choices = capitalised(terms.choices)
        if self.instance.pk is None or self.instance.submitted_at:
            del self.fields["is_open"]
            self.helper.layout = self.layout()

    def layout(self):
        return Layout(*self._parts())

    def _parts(self):
        who = [name for name in ("owner",) if name in self.fields]
        parts = [
            Fieldset(
                "Où c’est", *who, "name", "commune", "address", "situation", "access"
            ),
            Fieldset("Ce qu’on y trouve", "presentation", "equipment", "rules"),
            Fieldset(
                "Qui peut venir", "accepts_animals", "accepts_children", "needs_car"
            ),
            Fieldset(
                "Le contrat",
                "terms",
                "charges",
                Div("deposit", "buffer_days", css_class="fields"),
                Div("hold_days", "monthly_cost", css_class="fields"),
                "payment_words",
            ),
            Fieldset(
                "Les clés", Div("contact_name", "contact_phone", css_class="fields")
            ),
        ]
        if "is_open" in self.fields:
            parts.append(Fieldset("La liste publique", "is_open"))
        return parts


class NewDwellingForm(DwellingForm):
    """A dwelling that a body begins to lend: the desk opens it."""

    when_blank = DwellingForm.when_blank | {
        "owner": "Choisissez l’organisme qui prête le logement."
    }

    class Meta(DwellingForm.Meta):
        fields = ["owner", *DwellingForm.Meta.fields]

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        owner.queryset, owner.help_text = organisations, ""
        if len(organisations) == 1:
            owner.initial, owner.empty_label = organisations[0], None


class RoomForm(PlainForm, forms.ModelForm):
    """A room: one bed, booked as a whole."""

    use_required_attribute = False
    when_blank = {
        "name": "Donnez un nom : « Chambre bleue ».",
        "rent": "Indiquez le loyer par mois, charges comprises.",
    }

    class Meta:
        model = Room
        fields = [
            "name",
            "surface",
            "rent",
            "charges_share",
            "for_two",
            "is_accessible",
            "notes",
        ]

    def clean_name(self):
        name = self.cleaned_data["name"].strip()
        others = Room.objects.filter(dwelling=self.instance.dwelling, name=name)
        if others.exclude(pk=self.instance.pk).exists():
            raise ValidationError("Ce logement a déjà une chambre de ce nom.")
        return name


class PhotoForm(PlainForm, forms.Form):
    """A photo, and what it shows for those who do not see it."""

    use_required_attribute = False
    when_blank = {"alternative": "Dites en une phrase ce que montre la photo."}

    photo = PictureField()
    alternative = forms.CharField(
        label="Ce que montre la photo",
        max_length=150,
        help_text="« La cuisine, avec une grande table » : lu à voix haute.",
    )


class DaysForm(forms.Form):
    """Two days in an address: those of a gap one clicked on."""

    du = forms.DateField(required=False)
    au = forms.DateField(required=False)

    @property
    def initial_days(self) -> dict:
        self.errors  # noqa: B018  cleans once
        starts_on, ends_on = self.cleaned_data.get("du"), self.cleaned_data.get("au")
        return {
            "starts_on": starts_on,
            "last_on": ends_on and ends_on - dt.timedelta(days=1),
        }


def _day_input():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MaintenanceForm(PlainForm, forms.Form):
    """Days when a room is not lent: from the first to the last, that one included."""

    use_required_attribute = False
    when_blank = {
        "starts_on": "Indiquez le premier jour des travaux.",
        "last_on": "Indiquez le dernier jour des travaux.",
    }

    starts_on = forms.DateField(label="Premier jour", widget=_day_input())
    last_on = forms.DateField(label="Dernier jour", widget=_day_input())
    note = forms.CharField(
        label="Note",
        max_length=200,
        required=False,
        help_text="« Peinture, changement de fenêtre » : lue par vous et le guichet.",
    )

    def __init__(self, *args, day: dt.date, **kwargs):
        self.day = day
        super().__init__(*args, **kwargs)

    def layout(self):
        return Layout(Div("starts_on", "last_on", css_class="fields"), "note")

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("last_on")
        if not first or not last:
            return cleaned
        if last < first:
            raise ValidationError(
                {"last_on": "Le dernier jour vient après le premier."}
            )
        if last < self.day:
            raise ValidationError(
                {"last_on": "Ces jours sont passés : choisissez une date à venir."}
            )
        if last > first + dt.timedelta(days=730):
            raise ValidationError({"last_on": "Deux ans au plus."})
        cleaned["period"] = DateRange(first, last + dt.timedelta(days=1))
        return cleaned


class PlanningForm(forms.Form):
    """What narrows the planning: a semester, a dwelling, a commune, a state."""

    use_required_attribute = False

    STATES = (
        ("", "Tous"),
        ("free", "Libre"),
        ("hold", "Option"),
        ("stay", "Séjour"),
        ("maintenance", "Travaux"),
    )

    semestre = forms.ModelChoiceField(
        Semester.objects.none(), label="Semestre", required=False
    )
    logement = forms.TypedChoiceField(label="Logement", coerce=int, required=False)
    commune = forms.ChoiceField(label="Commune", required=False)
    etat = forms.ChoiceField(label="Montre", choices=STATES, required=False)

    def __init__(self, *args, dwellings, day: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day
        self.semesters = list(Semester.objects.in_order())
        self.fields["semestre"].queryset = Semester.objects.in_order()
        self.fields["logement"].choices = [
            ("", "Tous"),
            *((home.pk, home.name) for home in dwellings),
        ]
        places = {home.commune.code: home.commune.name for home in dwellings}
        self.fields["commune"].choices = [("", "Toutes"), *places.items()]

    def value(self, name: str):
        """What was asked, or None: nothing, or nothing that can be understood."""
        self.errors  # noqa: B018  cleans once
        return self.cleaned_data.get(name) or None

    @property
    def semester(self) -> Semester | None:
        if asked := self.value("semestre"):
            return asked
        to_come = [one for one in self.semesters if one.period.upper > self.day]
        return next(iter(to_come or self.semesters[-1:]), None)
