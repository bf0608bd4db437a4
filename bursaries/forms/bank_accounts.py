"""What is asked of whoever is paid: the account, and the paper that proves it."""

from django import forms
from django.core.exceptions import ValidationError

from bursaries import ibans
from casework.forms import PlainForm
from documents.forms import UploadField
from documents.models import Document


class BankAccountForm(PlainForm, forms.Form):
    when_blank = {
        "holder": "Indiquez le titulaire, comme sur le RIB.",
        "iban": "Indiquez l’IBAN : il est sur le RIB.",
    }

    holder = forms.CharField(
        label="Titulaire du compte",
        help_text="Comme sur le RIB.",
        max_length=140,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    iban = forms.CharField(
        label="IBAN",
        help_text="Avec ou sans espaces : FR76 3000…",
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters"}
        ),
    )
    bic = forms.CharField(
        label="BIC",
        help_text="Facultatif.",
        required=False,
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters"}
        ),
    )
    upload = UploadField(
        label="RIB",
        help_text="Le relevé d’identité bancaire, en PDF ou en photo, 10 Mo au plus.",
    )

    def clean_iban(self):
        iban = ibans.normalised(self.cleaned_data["iban"])
        if sentence := ibans.refusal(iban):
            raise ValidationError(sentence)
        return iban

    def clean_bic(self):
        bic = ibans.normalised(self.cleaned_data["bic"])
        iban = self.cleaned_data.get("iban", "")
        if bic and (sentence := ibans.bic_refusal(bic, iban)):
            raise ValidationError(sentence)
        return bic

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        shown = {Document.MediaType.PDF, *Document.PICTURES}
        if upload.media_type not in shown:
            raise ValidationError("Envoyez le RIB en PDF ou en photo.")
        return upload
