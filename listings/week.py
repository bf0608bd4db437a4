"""What is due at the desk: listings that nobody has read yet."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from accounts import roles
from casework import workdays
from casework.week import Line
from listings.lists import lists

SHOWN = 50
READ_WITHIN = 2


def lines(user, day: date) -> Iterator[Line]:
    if not roles.is_desk(user):
        return
    for declared in lists().values():
        meta = declared.model._meta
        name = f"admin:{meta.app_label}_{meta.model_name}_change"
        for listing in declared.model.objects.to_moderate()[:SHOWN]:
            sent_on = timezone.localdate(listing.submitted_at)
            yield Line(
                due_on=workdays.add(sent_on, READ_WITHIN),
                title=f"Relire l’annonce : {listing.title}",
                url=reverse(name, args=[listing.pk]),
                detail=f"{declared.title}, envoyée le {sent_on:%d/%m/%Y}",
                state="new",
            )
