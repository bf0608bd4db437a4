from django import forms

from casework.forms import PlainForm, capitalised
from documents.forms import UploadsField
from internships.models import Incident
from internships.models.incidents import MOST_PHOTOS


class PhotosField(UploadsField):
    """Pictures only: a file of another kind is refused by its name."""

    def __init__(self, **options):
        super().__init__(
            label="Photos",
            help_text=f"{MOST_PHOTOS} au plus (JPEG, PNG ou HEIC), si elles aident.",
            max_files=MOST_PHOTOS,
            required=False,
            **options,
        )

    def widget_attrs(self, widget):
        return {"accept": ".jpg,.jpeg,.png,.heic,.heif"}

    def clean(self, data, initial=None):
        uploads = super().clean(data, initial)
        for upload in uploads:
            if not upload.media_type.startswith("image/"):
                raise forms.ValidationError(f"« {upload.name} » n'est pas une photo.")
        return uploads


class IncidentForm(PlainForm, forms.Form):
    home = forms.ModelChoiceField(
        label="Où ?", queryset=None, empty_label=None, widget=forms.RadioSelect
    )
    in_room = forms.TypedChoiceField(
        label="De quoi s'agit-il ?",
        choices=[("room", "De ma chambre"), ("shared", "Des pièces communes")],
        coerce=lambda value: value == "room",
        initial="room",
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label="En quelques mots",
        max_length=100,
        help_text="« Le chauffe-eau ne marche plus ».",
    )
    description = forms.CharField(
        label="Ce qui se passe",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Depuis quand, ce que vous avez essayé, quand on peut passer.",
    )
    urgency = forms.ChoiceField(
        label="Urgence",
        choices=capitalised(Incident.Urgency.choices),
        initial=Incident.Urgency.SOON,
        widget=forms.RadioSelect,
    )
    photos = PhotosField()

    when_blank = {
        "title": "Dites en quelques mots ce qui ne va pas.",
        "description": "Décrivez ce qui se passe.",
    }

    def __init__(self, *args, homes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["home"].queryset = homes
        self.fields["home"].label_from_instance = lambda one: str(one.room)
        self.initial["home"] = homes.first()
        if len(homes) == 1:
            del self.fields["home"]
            self.helper.layout = self.layout()
        self.only_home = homes[0] if len(homes) == 1 else None

    def clean(self):
        cleaned = super().clean()
        if self.only_home:
            cleaned["home"] = self.only_home
        return cleaned


class WordForm(PlainForm, forms.Form):
    """A word, and what goes with it: the button says which."""

    body = forms.CharField(
        label="Votre message",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    when_blank = {"body": "Écrivez un mot : la personne le lira."}


class AssignForm(PlainForm, forms.Form):
    person = forms.ModelChoiceField(
        label="Suivi par", queryset=None, empty_label="Choisir une personne"
    )
    when_blank = {"person": "Choisissez qui s'en occupe."}

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = members
        self.fields["person"].label_from_instance = lambda one: one.full_name
