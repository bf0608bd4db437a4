"""What the desk types about needs and referrals."""

from django import forms

from accounts import consents
from accounts.models import Consent
from installation.models import Need, Referral
from territory.models import Organisation, Topic

SHARE = Consent.Purpose.SHARE_PROFILE


class NeedForm(forms.Form):
    """One more need."""

    use_required_attribute = False

    topic = forms.ModelChoiceField(
        Topic.objects.all(), label="Besoin", empty_label="Choisissez un sujet"
    )
    details = forms.CharField(
        label="Précisions",
        help_text="Ce qui est cherché, et pour quand. Rien sur la santé.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DropForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label="Motif",
        help_text="La personne le lit dans son dossier.",
        max_length=300,
    )


class MergeForm(forms.Form):
    """Which other need of the dossier says the same thing."""

    use_required_attribute = False

    kept = forms.ModelChoiceField(
        Need.objects.none(), label="Garder", empty_label="Choisissez un besoin"
    )

    def __init__(self, *args, need: Need, **kwargs):
        super().__init__(*args, **kwargs)
        others = Need.objects.kept().filter(request=need.request_id)
        field = self.fields["kept"]
        field.queryset = others.exclude(pk=need.pk).select_related("topic")
        field.label_from_instance = _told


def _told(need: Need) -> str:
    first_line = need.details.partition("\n")[0]
    return f"{need.topic} : {first_line}" if first_line else need.topic.name


class AnswerForm(forms.Form):
    """What a partner said by telephone, noted for it."""

    use_required_attribute = False

    VERBS = {
        "take": "Il s’en occupe",
        "help": "Il a aidé : c’est terminé",
        "find_no_help": "Aucune aide n’existe",
        "miss": "Il n’arrive pas à joindre la personne",
        "decline": "Ce n’est pas pour lui",
    }
    verb = forms.ChoiceField(label="Sa réponse", widget=forms.RadioSelect)
    note = forms.CharField(
        label="Ce qu’il a dit",
        help_text="La personne le lit, sauf si le besoin est rendu : dites alors vers "
        "qui se tourner.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, referral: Referral, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [
            (verb, label) for verb, label in self.VERBS.items() if referral.allows(verb)
        ]

    def clean(self):
        cleaned = super().clean()
        verb, note = cleaned.get("verb"), cleaned.get("note")
        if verb == "decline" and not note and "note" not in self.errors:
            self.add_error("note", "Dites vers qui se tourner, ou pourquoi.")
        return cleaned


class OrientForm(forms.Form):
    """To whom a need goes, and how the person agreed."""

    use_required_attribute = False

    SEND, ASK = "send", "ask"

    partners = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), required=False
    )
    agreed = forms.ModelMultipleChoiceField(Organisation.objects.none(), required=False)
    other = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Un autre organisme de l’annuaire",
        empty_label="Aucun",
        required=False,
    )
    other_agreed = forms.BooleanField(
        label="La personne vient de donner son accord pour lui, de vive voix",
        required=False,
    )
    message = forms.CharField(
        label="Un mot pour les partenaires",
        help_text="Il s’ajoute aux données transmises. N’écrivez rien de plus sur la "
        "personne que ce qui est nécessaire.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    urgent = forms.BooleanField(
        label="C’est urgent : écrire aux partenaires tout de suite",
        help_text="Sinon, celui qui a déjà un besoin en main apprend celui-ci par la "
        "lettre de la semaine.",
        required=False,
    )
    act = forms.ChoiceField(
        choices=[(SEND, "Orienter"), (ASK, "Demander l’accord")],
        required=False,
    )

    def __init__(self, *args, need: Need, suggested: list[int], busy: set[int], **more):
        super().__init__(*args, **more)
        self.need = need
        active = Organisation.objects.active().exclude(pk__in=busy)
        for name in ("partners", "agreed"):
            self.fields[name].queryset = active.filter(pk__in=suggested)
        self.fields["other"].queryset = active.exclude(pk__in=suggested)

    def clean(self):
        cleaned = super().clean()
        chosen = list(cleaned.get("partners") or [])
        agreed = set(cleaned.get("agreed") or [])
        if other := cleaned.get("other"):
            chosen.append(other)
            if cleaned.get("other_agreed"):
                agreed.add(other)
        if not chosen and not self.errors:
            raise forms.ValidationError("Choisissez au moins un partenaire.")
        cleaned["chosen"], cleaned["agreed"] = chosen, agreed
        cleaned["act"] = cleaned.get("act") or self.SEND
        return cleaned

    def without_agreement(self) -> list[Organisation]:
        """Those chosen whom the person has not agreed to tell, in any way."""
        person = self.need.request.applicant
        return [
            organisation
            for organisation in self.cleaned_data["chosen"]
            if organisation not in self.cleaned_data["agreed"]
            and not consents.active(person, SHARE, organisation=organisation)
        ]
