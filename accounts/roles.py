"""The groups of the staff; a migration creates them and gives them their rights."""

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
