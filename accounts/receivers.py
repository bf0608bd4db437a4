"""What allauth and Django tell us."""

from importlib import import_module

from allauth.account.models import EmailAddress
from allauth.account.signals import (
    email_changed,
    email_confirmed,
    password_reset,
    user_signed_up,
)
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.utils.module_loading import module_has_submodule

from accounts import actions, roles
from accounts.signals import account_opened


@receiver(email_confirmed)
def claim_what_was_filed(sender, request, email_address, **kwargs):
    """A confirmed address finds the requests sent from it before signing up."""
    email_address.user.refresh_from_db()
    actions.claim(email_address.user)


@receiver(email_changed)
def follow_address(sender, request, user, to_email_address, **kwargs):
    if to_email_address.verified:
        user.refresh_from_db()
        actions.claim(user)


@receiver(user_signed_up)
def claim_at_sign_up(sender, request, user, **kwargs):
    """A provider may have confirmed the address already."""
    account_opened.send(type(user), user=user)
    actions.claim(user)


@receiver(password_reset)
def shut_out_who_signed_up(sender, request, user, **kwargs):
    """Until an address is confirmed, the account goes to who reads its mailbox."""
    if not EmailAddress.objects.filter(user=user, verified=True).exists():
        user.socialaccount_set.all().delete()


@receiver(post_migrate)
def grant_roles(sender, using, **kwargs):
    """After Django created the permissions of an app, share them out."""
    if module_has_submodule(sender.module, "permissions"):
        declared = import_module(f"{sender.name}.permissions")
        roles.grant_declared_permissions(sender.label, declared.GRANTS, using)
