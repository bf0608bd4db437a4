from allauth.account.adapter import get_adapter
from django.conf import settings

# Asks the outbox to forget to whom it wrote, once it has written.
LAST_LETTER = "X-Portal-Last-Letter"


def send(template: str, to: str, **context) -> None:
    """One of the few e-mails of the accounts themselves, by the common road."""
    get_adapter().send_mail(template, to, context)


def send_last(template: str, to: str) -> None:
    """The letter after which the address itself is forgotten."""
    context = {"site_url": settings.SITE_URL}
    message = get_adapter().render_mail(template, to, context)
    message.extra_headers[LAST_LETTER] = "yes"
    message.send()
