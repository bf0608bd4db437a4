"""What the constraints cannot say of a listing."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from listings.lists import lists


def checks() -> Iterator[str]:
    """One sentence for each thing that is wrong."""
    yesterday = timezone.localdate() - timedelta(days=1)
    for declared in lists().values():
        if late := declared.model.objects.ending(yesterday).count():
            yield (
                f"{declared.title} : {late} annonce(s) en ligne après leur date ; "
                "la tâche de la nuit ne passe plus."
            )
