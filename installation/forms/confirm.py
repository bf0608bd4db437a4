"""The last page: read again, say who may know, send."""

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.utils.html import format_html

from casework.forms import PlainForm
from installation.wording import CONSENT_TO_NEWS, consent_to_share, shared_with
from territory.models import Organisation

# Enough to choose from, few enough to be read.
MOST_PARTNERS = 12


class PartnersField(forms.ModelMultipleChoiceField):
    """One row for each partner, with the exact data it would get."""

    def label_from_instance(self, organisation):
        return format_html(
            '{}<span class="choice-help">{} Données transmises : {}.</span>',
            organisation.name,
            consent_to_share(organisation),
            shared_with(organisation),
        )


class ConfirmStep(PlainForm, forms.Form):
    """The last page: what was answered is right, and who may know of it."""

    share_with = PartnersField(
        label="Qui peut recevoir ces informations ?",
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Chaque partenaire ne voit que ce qu’il lui faut. Vous pouvez "
        "retirer votre accord à tout moment.",
    )
    wants_news = forms.BooleanField(label=CONSENT_TO_NEWS, required=False)
    is_exact = forms.BooleanField(
        label="J’ai relu mes réponses, elles sont exactes.",
        error_messages={"required": "Cochez cette case pour envoyer votre demande."},
    )

    def __init__(self, *args, draft, **kwargs):
        self.partners = _partners_for(draft)
        super().__init__(*args, **kwargs)
        self.fields["share_with"].queryset = self.partners
        if not self.partners.exists():
            del self.fields["share_with"]
            self.helper.layout = self.layout()

    def layout(self):
        shared = ["share_with"] if "share_with" in self.fields else []
        return Layout(
            # Inside the form, so that what is refused stands above it.
            HTML('{% include "installation/_recap.html" %}'),
            Fieldset(
                "Vos accords",
                *(Div(name, css_class="choices-one") for name in shared),
                "wants_news",
            ),
            Fieldset("Avant d’envoyer", "is_exact"),
        )


def _partners_for(draft):
    """Those that help with what is asked; nobody else is proposed."""
    found = Organisation.objects.active().filter(topics__in=draft.topics.all())
    ids = found.order_by("name").values_list("pk", flat=True).distinct()
    return Organisation.objects.filter(
        pk__in=list(ids[:MOST_PARTNERS])
    ).prefetch_related("topics")
