from allauth.account import forms as account
from allauth.account.models import EmailAddress
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from allauth.socialaccount.forms import SignupForm as AllauthSocialSignupForm
from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password

from accounts import rpps
from accounts.models import (
    Consent,
    Person,
    PractitionerProfile,
    StudentProfile,
    User,
)

# What browsers fill by themselves in the fields of a person.
IDENTITY_WIDGETS = {
    "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
    "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
    "email": forms.EmailInput(attrs={"autocomplete": "email"}),
    "phone": forms.TextInput(
        attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}
    ),
    "address": forms.Textarea(attrs={"autocomplete": "street-address", "rows": 2}),
    "postal_code": forms.TextInput(attrs={"autocomplete": "postal-code"}),
    "city": forms.TextInput(attrs={"autocomplete": "address-level2"}),
}


class QuietMixin:
    """A label says what a field is for; a placeholder only repeats it, paler."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class LoginForm(QuietMixin, account.LoginForm):
    pass


class AddEmailForm(QuietMixin, account.AddEmailForm):
    pass


class ChangePasswordForm(QuietMixin, account.ChangePasswordForm):
    pass


class SetPasswordForm(QuietMixin, account.SetPasswordForm):
    pass


class ResetPasswordForm(QuietMixin, account.ResetPasswordForm):
    def clean_email(self):
        """An address someone would like to move to opens nothing yet."""
        email = super().clean_email()
        self.users = [user for user in self.users if not _only_claims(user, email)]
        return email


class ResetPasswordKeyForm(QuietMixin, account.ResetPasswordKeyForm):
    pass


class RequestLoginCodeForm(QuietMixin, account.RequestLoginCodeForm):
    def clean_email(self):
        """Only to a confirmed address: a code says nothing of who chose the password.

        Otherwise it would confirm the address to whoever signed up with it.
        """
        email = super().clean_email()
        unconfirmed = EmailAddress.objects.filter(
            user=self._user, email=email.lower(), verified=False
        )
        if self._user and unconfirmed.exists():
            self._user = None
        return email


class ConfirmLoginCodeForm(QuietMixin, account.ConfirmLoginCodeForm):
    pass


def _only_claims(user: User, email: str) -> bool:
    email = email.lower()
    known = EmailAddress.objects.filter(user=user, email=email, verified=True)
    return user.email != email and not known.exists()


class ReauthenticateForm(QuietMixin, account.ReauthenticateForm):
    pass


class ActivateTOTPForm(QuietMixin, AllauthActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code à six chiffres"
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class NamesMixin(forms.Form):
    """The names asked at sign-up, before the address."""

    first_name = forms.CharField(
        label="Prénom",
        max_length=100,
        widget=IDENTITY_WIDGETS["first_name"],
    )
    last_name = forms.CharField(
        label="Nom",
        max_length=100,
        widget=IDENTITY_WIDGETS["last_name"],
    )
    field_order = ["first_name", "last_name", "email", "password1"]


class SignupForm(QuietMixin, NamesMixin, account.SignupForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Courriel"
        self.fields[
            "email"
        ].help_text = "Un message vous y attendra pour confirmer l'adresse."
        self.fields["password1"].label = "Mot de passe"

    def try_save(self, request):
        """Take as long for a known address, or the clock would tell it is known."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)

    def clean(self):
        """A password that repeats one's name is no secret."""
        data = super().clean()
        if password := data.get("password1"):
            names = {name: data.get(name, "") for name in ("first_name", "last_name")}
            user = User(email=data.get("email", ""), person=Person(**names))
            try:
                validate_password(password, user)
            except forms.ValidationError as refusal:
                self.add_error("password1", refusal)
        return data


class SocialSignupForm(QuietMixin, NamesMixin, AllauthSocialSignupForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Courriel"
        self.fields[
            "email"
        ].help_text = "Un message vous y attendra pour confirmer l'adresse."


class AddPasskeyForm(AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Nom de la clé"
        self.fields["name"].initial = ""
        self.fields["passwordless"].label = "Entrer avec cette clé seule"
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = (
            "La clé demandera votre empreinte, votre visage ou son code. Sans cette "
            "case, elle s'ajoute au mot de passe."
        )


class EditPasskeyForm(EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Nom de la clé"


class PersonForm(forms.ModelForm):
    """What people change themselves; the address has its own page."""

    class Meta:
        model = Person
        fields = [
            "title",
            "first_name",
            "last_name",
            "phone",
            "address",
            "postal_code",
            "city",
        ]
        widgets = IDENTITY_WIDGETS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.fields["first_name"].required = True
        self.fields["last_name"].required = True
        self.fields["phone"].error_messages["invalid"] = (
            "Ce numéro de téléphone n'existe pas. Exemple : 05 53 00 00 00."
        )


class PractitionerForm(forms.ModelForm):
    rpps = forms.CharField(
        label="Numéro RPPS",
        max_length=30,
        required=False,
        help_text="Onze chiffres, sur votre carte CPS ou e-CPS.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    class Meta:
        model = PractitionerProfile
        fields = ["profession", "specialty", "rpps", "situation"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_rpps(self):
        number = "".join(self.cleaned_data["rpps"].split())
        if number and not rpps.is_valid(number):
            raise forms.ValidationError(rpps.REFUSAL)
        return number


class StudentForm(forms.ModelForm):
    class Meta:
        model = StudentProfile
        fields = ["studies", "cycle", "faculty"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class WithdrawForm(forms.Form):
    """One running consent of this person, to be withdrawn."""

    consent = forms.ModelChoiceField(
        queryset=Consent.objects.none(), widget=forms.HiddenInput
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consent"].queryset = person.consents.active()


class CloseAccountForm(forms.Form):
    understood = forms.BooleanField(
        label="J'ai compris : mes données seront effacées et je ne pourrai plus "
        "entrer dans mon espace.",
        error_messages={"required": "Cochez cette case pour confirmer."},
    )
