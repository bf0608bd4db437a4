"""What allauth asks us: names at sign-up, where to land, whom to trust."""

import re

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.utils import user_email
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.urls import reverse

from accounts.models import Person, User


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request, user, form, commit=True):
        data = form.cleaned_data
        user_email(user, data["email"])
        if password := data.get("password1"):
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.person = Person(
            first_name=data.get("first_name", ""),
            last_name=data.get("last_name", ""),
            email=user.email,
        )
        if commit:
            user.person.save()
            user.save()
        return user

    def get_login_redirect_url(self, request):
        if request.user.is_staff:
            return reverse("admin:index")
        return settings.LOGIN_REDIRECT_URL

    def send_mail(self, template_prefix, email, context):
        """Also where there is no request: a command, a task."""
        message = self.render_mail(
            template_prefix, email, {"site_url": settings.SITE_URL, **context}
        )
        message.send()

    def format_email_subject(self, subject):
        return subject

    def clean_email(self, email):
        return super().clean_email(email.strip().lower())

    def can_delete_email(self, email_address):
        return not email_address.primary and super().can_delete_email(email_address)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def populate_user(self, request, sociallogin, data):
        address = str(data.get("email") or "")
        try:
            validate_email(address)
        except ValidationError:
            address = ""
        user_email(sociallogin.user, address)
        return sociallogin.user

    def save_user(self, request, sociallogin, form=None):
        names = identity_names(sociallogin)
        if form:
            form.cleaned_data |= {
                name: form.cleaned_data.get(name) or value
                for name, value in names.items()
            }
        else:
            email = sociallogin.user.email
            sociallogin.user.person = Person.objects.create(email=email, **names)
        return super().save_user(request, sociallogin, form)

    def get_signup_form_initial_data(self, sociallogin):
        initial = super().get_signup_form_initial_data(sociallogin)
        return initial | identity_names(sociallogin)

    def is_auto_signup_allowed(self, request, sociallogin):
        """Only when the provider gives a confirmed address; else we ask for one."""
        return any(
            address.verified for address in sociallogin.email_addresses
        ) and super().is_auto_signup_allowed(request, sociallogin)

    def can_authenticate_by_email(self, login, email):
        """A provider's word opens no door of the desk.

        Staff link the provider from inside, once signed in with two factors.
        """
        owners = Q(email__iexact=email) | Q(emailaddress__email__iexact=email)
        privileged = Q(is_staff=True) | Q(is_superuser=True)
        if User.objects.filter(owners, privileged).exists():
            return False
        return super().can_authenticate_by_email(login, email)

    def validate_disconnect(self, account, accounts):
        user = account.user
        if len(accounts) == 1 and not user.has_usable_password():
            raise ValidationError(
                "Choisissez d'abord un mot de passe : sans lui ni ce service, vous "
                "ne pourriez plus entrer."
            )
        has_address = EmailAddress.objects.filter(user=user, verified=True).exists()
        if not has_address:
            raise ValidationError("Confirmez d'abord votre adresse de courriel.")


def identity_names(sociallogin) -> dict[str, str]:
    """Names as each provider spells them: ProConnect says `usual_name`."""
    data = sociallogin.account.get_provider_account().get_user_data() or {}
    given = data.get("given_name") or ""
    if isinstance(given, list):
        given = " ".join(given)
    family = data.get("usual_name") or data.get("family_name") or ""
    return {
        "first_name": _clean_name(given),
        "last_name": _clean_name(family),
    }


def _clean_name(name: str) -> str:
    return re.sub(r"\s+", " ", str(name)).replace("\0", "").strip()[:100]
