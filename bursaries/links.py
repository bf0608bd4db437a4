"""What the links of our e-mails open, and for how long."""

from datetime import timedelta

from django.urls import reverse

from bursaries.actions import bank_accounts
from bursaries.bank_letters import NOT_ME
from casework.links import LinkScope

SCOPES = {
    NOT_ME: LinkScope(
        title="Ce compte bancaire n’est pas le mien",
        redirect=lambda account: reverse("bursaries:bank-account-blocked"),
        valid_for=timedelta(days=60),
        button="Ce n’est pas moi : bloquer ce compte",
        act=bank_accounts.block,
    ),
}
