"""Needs that a partner gave back and nobody has taken since."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from casework.week import Line
from installation.models import Need, Referral

SHOWN = 100


def needs(requests) -> list[Need]:
    """The oldest first, each with who gave it back, when and in which words."""
    sent = Referral.objects.filter(need=OuterRef("pk"))
    back = sent.filter(state=Referral.State.NOT_FOR_ME).order_by("-ended_at", "-pk")
    at_work = sent.exclude(
        state__in=[
            Referral.State.NOT_FOR_ME,
            Referral.State.RECALLED,
            Referral.State.WITHDRAWN,
        ]
    )
    found = (
        Need.objects.kept()
        .filter(Exists(back), ~Exists(at_work), request__in=requests)
        .annotate(
            given_back_at=Subquery(back.values("ended_at")[:1]),
            given_back_by=Subquery(back.values("organisation__name")[:1]),
            said=Subquery(back.values("closing_note")[:1]),
        )
        .select_related("topic", "request")
    )
    return list(found.order_by("given_back_at", "pk")[:SHOWN])


def lines(requests) -> Iterator[Line]:
    """One line of the week for each: somebody else is to be found."""
    for need in needs(requests):
        dossier = reverse(
            "admin:installation_installationrequest_change", args=[need.request_id]
        )
        said = " ".join(need.said.split())
        yield Line(
            due_on=timezone.localdate(need.given_back_at),
            title=f"Trouver un autre partenaire : {need} pour {need.request.full_name}",
            url=f"{dossier}?onglet=besoins",
            detail=f"{need.given_back_by} : pas pour nous. {said}"[:200].strip(),
            state="you",
        )
