"""The groups of the staff; `permissions.GRANTS` of each app gives them rights."""

from django.contrib.auth.models import Group, Permission

ACCUEIL = "accueil"
DIRECTION = "direction"
FINANCES = "finances"
COMMUNICATION = "communication"
ELUS = "elus"

ALL = (ACCUEIL, DIRECTION, FINANCES, COMMUNICATION, ELUS)
DESK = (ACCUEIL, DIRECTION)


def of(user) -> set[str]:
    """The names of a user's groups, read once a request."""
    if not user.is_authenticated:
        return set()
    if not hasattr(user, "_role_names"):
        user._role_names = {group.name for group in user.groups.all()}
    return user._role_names


def has_role(user, *names: str) -> bool:
    return bool(user.is_active and not of(user).isdisjoint(names))


def is_desk(user) -> bool:
    """Does this user answer people at the desk?"""
    if not (user.is_active and user.is_staff):
        return False
    return user.is_superuser or has_role(user, *DESK)


def grant_declared_permissions(label: str, declared: dict[str, list[str]], using: str):
    """Give each group what an app declares in `permissions.GRANTS`, and no more."""
    for role, codenames in declared.items():
        group, _created = Group.objects.using(using).get_or_create(name=role)
        permissions = Permission.objects.using(using).filter(
            content_type__app_label=label, codename__in=codenames
        )
        missing = set(codenames) - {permission.codename for permission in permissions}
        if missing:
            raise LookupError(f"{label}.permissions names what is not: {missing}")
        former = group.permissions.filter(content_type__app_label=label)
        group.permissions.remove(*former.difference(permissions))
        group.permissions.add(*permissions)
