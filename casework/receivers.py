"""News from accounts: written in the journal, and forgotten here too."""

from django.dispatch import receiver

from accounts.signals import (
    account_closed,
    account_opened,
    people_merged,
    person_emptied,
)
from casework import forgetting, outbox
from casework.journal import record
from casework.models import AccessLink, Message


@receiver(account_opened)
def note_opening(sender, user, **kwargs) -> None:
    data = {"user": user.pk}
    record("accounts.login.opened", subject=user.person, actor=user, data=data)


@receiver(account_closed)
def note_closing(sender, user, **kwargs) -> None:
    data = {"user": user.pk}
    record("accounts.login.closed", subject=user.person, data=data)


@receiver(people_merged)
def note_merge(sender, kept, absorbed, by, **kwargs) -> None:
    data = {"absorbed": absorbed.pk}
    record("accounts.person.merged", subject=kept, actor=by, data=data)


@receiver(person_emptied)
def forget_person(sender, person, addresses, **kwargs) -> None:
    """What was sent to them, the links they held, what was to be done for them."""
    forgetting.forget(person)
    outbox.forget(Message.objects.filter(recipient__in=addresses))
    forgetting.forget_links(AccessLink.objects.filter(to_email__in=addresses))
    record("accounts.person.emptied", subject=person)
