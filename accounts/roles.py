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
    mine = Permission.objects.using(using).filter(content_type__app_label=label)
    known = {permission.codename: permission.pk for permission in mine}
    missing = {name for names in declared.values() for name in names} - known.keys()
    if missing:
        raise LookupError(f"{label}.permissions names what is not: {missing}")
    Group.objects.using(using).bulk_create(
        [Group(name=role) for role in declared], ignore_conflicts=True
    )
    groups = {group.name: group.pk for group in Group.objects.using(using)}
    Grant = Group.permissions.through
    held = {
        (grant.group_id, grant.permission_id): grant.pk
        for grant in Grant.objects.using(using).filter(
            group__name__in=declared, permission__in=known.values()
        )
    }
    wanted = {
        (groups[role], known[name])
        for role, names in declared.items()
        for name in names
    }
    former = [pk for pair, pk in held.items() if pair not in wanted]
    Grant.objects.using(using).filter(pk__in=former).delete()
    Grant.objects.using(using).bulk_create(
        Grant(group_id=group, permission_id=permission)
        for group, permission in sorted(wanted - held.keys())
    )
