"""What the personal space lists of the dwellings a person runs."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from casework.space import Badge, SpaceLine
from internships import owner_pages
from internships.models import Dwelling


def lines(person: Person) -> Iterator[SpaceLine]:
    day = timezone.localdate()
    mine = list(Dwelling.objects.managed_by(person, day).order_by("sort_key")[:50])
    if not mine:
        return
    moves = owner_pages.moves(mine, day)
    lacking = [move for move in moves if move.missing]
    names = ", ".join(home.name for home in mine[:3]) + " et d’autres" * (len(mine) > 3)
    coming = "Personne n’arrive ni ne part bientôt"
    if moves:
        coming = f"Arrivées et départs dans les six semaines : {len(moves)}"
    yield SpaceLine(
        title="Mes logements",
        url=reverse("internships:my-dwellings"),
        detail=f"{names}. {coming}.",
        badge=Badge("À préparer", "you", "hand")
        if lacking
        else Badge("À jour", "success", "check"),
    )
