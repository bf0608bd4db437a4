"""Who asks: what the law wants to know before anything is filed."""

from django.core.exceptions import ValidationError

# What someone must have said to seize the service (R-01, L. 112-8 CRPA).
IDENTITY = {
    "first_name": "le prénom",
    "last_name": "le nom",
    "email": "le courriel",
    "address": "l'adresse",
    "postal_code": "le code postal",
    "city": "la ville",
}


def require_identity(request) -> None:
    """Refuse a request, of any kind, that does not say who asks."""
    missing = [said for name, said in IDENTITY.items() if not getattr(request, name)]
    if missing:
        raise ValidationError(
            f"Pour déposer la demande, il manque {', '.join(missing)} : la loi "
            "demande de savoir qui écrit (article L. 112-8 du code des relations "
            "entre le public et l'administration)."
        )
