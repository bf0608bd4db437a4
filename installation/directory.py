"""The partners as the suggestion and the coverage table read them: loaded once.

The number of queries is the same for one need and for a thousand.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Prefetch, Q

from installation.models import InstallationRequest
from installation.models.referrals import RUNNING_STATES
from territory.answering import Answering, who_answers
from territory.models import (
    Commune,
    Contact,
    ContactAbsence,
    Intercommunality,
    Organisation,
    Topic,
)


@dataclass(frozen=True)
class Place:
    """Where someone wishes to live: a commune, or a whole intercommunality."""

    name: str
    commune: int | None = None
    # The intercommunality itself, or the one the commune is in.
    group: int | None = None


@dataclass(frozen=True)
class Partner:
    """One organisation: what it does, where, with whom, and how busy it is."""

    organisation: Organisation
    topics: frozenset[int] = frozenset()
    communes: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    # Intercommunalities of which it covers some communes, and how many.
    touched: dict[int, int] = field(default_factory=dict)
    running: int = 0
    contacts: Sequence[Contact] = ()
    absences: Sequence[ContactAbsence] = ()
    # Who answers, by topic and day: the same for every need.
    _answering: dict[tuple, Answering] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def is_everywhere(self) -> bool:
        return not self.communes and not self.groups

    def covers(self, place: Place) -> bool:
        """An intercommunality is covered as soon as some of its communes are."""
        if self.is_everywhere or place.group in self.groups:
            return True
        if place.commune is not None:
            return place.commune in self.communes
        return place.group in self.touched

    def answering(self, topic: Topic | None, day: date) -> Answering:
        key = topic and topic.pk, day
        if key not in self._answering:
            self._answering[key] = who_answers(self.contacts, self.absences, topic, day)
        return self._answering[key]

    def address(self, answering: Answering) -> str:
        contact = answering.contact
        return (contact and contact.email) or self.organisation.email


def load(day: date) -> list[Partner]:
    """Every active partner, in six queries."""
    organisations = list(
        Organisation.objects.active()
        .annotate(
            running=Count("referrals", filter=Q(referrals__state__in=RUNNING_STATES))
        )
        .prefetch_related(
            Prefetch(
                "contacts",
                Contact.objects.active().prefetch_related(
                    "topics", Prefetch("absences", ContactAbsence.objects.on(day))
                ),
            )
        )
    )
    topics = _pairs(Organisation.topics.through, "topic_id")
    groups = _pairs(Organisation.intercommunalities.through, "intercommunality_id")
    communes: dict[int, set[int]] = defaultdict(set)
    touched: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    rows = Organisation.communes.through.objects.values_list(
        "organisation_id",
        "commune_id",
        "commune__intercommunality_id",
        "commune__merged_into_id",
        "commune__merged_into__intercommunality_id",
    )
    for organisation, commune, group, successor, successors_group in rows:
        # A merged commune is covered through the one that took its place.
        commune, group = (
            (successor, successors_group) if successor else (commune, group)
        )
        if commune not in communes[organisation]:
            communes[organisation].add(commune)
            touched[organisation][group] += 1
    return [
        Partner(
            organisation=one,
            topics=frozenset(topics[one.pk]),
            communes=frozenset(communes[one.pk]),
            groups=frozenset(groups[one.pk]),
            touched=dict(touched[one.pk]),
            running=one.running,
            contacts=[*one.contacts.all()],
            absences=[
                absence
                for contact in one.contacts.all()
                for absence in contact.absences.all()
            ],
        )
        for one in organisations
    ]


def _pairs(through, column: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for organisation, other in through.objects.values_list("organisation_id", column):
        found[organisation].add(other)
    return found


def wished_by(requests: Iterable[InstallationRequest]) -> dict[int, list[Place]]:
    """The places that each of these requests names, in two queries."""
    ids = [request.pk for request in requests]
    wished: dict[int, list[Place]] = {pk: [] for pk in ids}
    own_communes = InstallationRequest.communes.through.objects.filter(
        installationrequest__in=ids
    ).order_by("commune__sort_key", "pk")
    for request, name, commune, successor, group in own_communes.values_list(
        "installationrequest_id",
        "commune__name",
        "commune_id",
        "commune__merged_into_id",
        "commune__intercommunality_id",
    ):
        wished[request].append(Place(name, successor or commune, group))
    own_groups = InstallationRequest.intercommunalities.through.objects.filter(
        installationrequest__in=ids
    ).order_by("intercommunality__sort_key", "pk")
    for row in own_groups.select_related("intercommunality").defer(
        "intercommunality__contour"
    ):
        group = row.intercommunality
        wished[row.installationrequest_id].append(
            Place(group.short_name, group=group.pk)
        )
    return wished


def groups_of(departement: str) -> list[tuple[Intercommunality, int]]:
    """The intercommunalities of a Département, with how many of its communes."""
    groups = Intercommunality.objects.in_departement(departement).defer("contour")
    communes = Commune.objects.open().in_departement(departement)
    sizes = dict(
        communes.exclude(intercommunality=None)
        .order_by()
        .values_list("intercommunality")
        .annotate(size=Count("pk"))
    )
    return [(group, sizes[group.pk]) for group in groups]
