"""What must hold and no constraint can say; each finding is a sentence."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, OuterRef

from accounts import merging
from accounts.models import Person, User


def checks() -> Iterator[str]:
    yield from _references_to_merged_people()
    yield from _addresses_apart()
    yield from _staff_without_role()


def _references_to_merged_people() -> Iterator[str]:
    merged = Person.objects.exclude(merged_into=None).values("pk")
    for reference in merging.references(Person):
        rows = reference.model._base_manager.filter(
            **{f"{reference.column}__in": merged}
        )
        if reference.content_type:
            rows = rows.filter(
                **{
                    f"{reference.content_type}__app_label": "accounts",
                    f"{reference.content_type}__model": "person",
                }
            )
        if count := rows.count():
            yield (
                f"{count} ligne(s) « {reference.label} » désignent encore une fiche "
                "réunie à une autre."
            )


def _addresses_apart() -> Iterator[str]:
    primary = EmailAddress.objects.filter(
        user=OuterRef("pk"), primary=True, verified=True
    )
    apart = User.objects.filter(is_active=True).filter(
        Exists(primary.exclude(email=OuterRef("email")))
    )
    for pk in apart.values_list("pk", flat=True):
        yield f"Compte {pk} : l'adresse de connexion n'est pas l'adresse confirmée."
    people = User.objects.filter(Exists(primary), is_active=True)
    for pk in people.exclude(person__email=F("email")).values_list("pk", flat=True):
        yield f"Compte {pk} : la fiche de la personne porte une autre adresse."


def _staff_without_role() -> Iterator[str]:
    idle = User.objects.filter(
        is_active=True, is_staff=True, is_superuser=False, groups=None
    )
    for pk in idle.values_list("pk", flat=True):
        yield f"Compte {pk} : accès au guichet sans aucun rôle."
