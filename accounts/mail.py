from allauth.account.adapter import get_adapter


def send(template: str, to: str, **context) -> None:
    """One of the few e-mails of the accounts themselves, by the common road."""
    get_adapter().send_mail(template, to, context)
