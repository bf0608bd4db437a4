"""The reminders of this journey: requests first, then agreements."""

from collections.abc import Callable, Iterator
from datetime import date

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from bursaries import agreement_clock, agreement_letters
from bursaries.agreement_papers import ZONING_OF
from bursaries.application_letters import LETTERS
from bursaries.models import (
    Agreement,
    BursaryApplication,
    Deed,
    PlaceOfPractice,
    Suspension,
)
from bursaries.reminding import RUNGS, Event, Moment, Rung, holding, moments
from bursaries.spans import Span
from casework import money_reminders
from casework.audience import desk_addresses
from casework.ladders import Due, Ladder, Step
from casework.models import LadderStep
from territory.models import Zoning

Audience = LadderStep.Audience
CHUNK = 500
# Those of whom the desk is told as well: they end, or may end badly.
_FOR_THE_DESK = {Event.STUDY_END, Event.SETTLE, Event.SERVICE_END, Event.SUSPENSION_END}
DESK_TEMPLATE = "bursaries.agreement-reminder-desk"
ZONING_DAYS = 30


def _due(rung: Rung) -> Callable[[date], Iterator[Due]]:
    def due(day: date) -> Iterator[Due]:
        desk = desk_addresses()
        for agreement in _candidates(rung, day).with_facts().iterator(CHUNK):
            known = agreement_clock.facts(agreement, day)
            moment = holding(known, agreement_clock.given(agreement), rung, day)
            if moment:
                yield _told(agreement, moment, desk)

    return due


def _candidates(rung: Rung, day: date) -> QuerySet[Agreement]:
    """A few more than those it concerns, found by the database: rules then decide."""
    signed = Deed.objects.signed().filter(agreement=OuterRef("pk"), number=0)
    rows = Agreement.objects.running().filter(Exists(signed)).order_by("pk")
    places = PlaceOfPractice.objects.filter(agreement=OuterRef("pk"))
    first, last = day - rung.until, day - rung.since
    match rung.event:
        case Event.STUDY_END:
            return rows.filter(diploma_on=None, diploma_due_on__range=(first, last))
        case Event.ENROLMENT:
            begins = _september(day)
            is_time = begins + rung.since <= day < begins + rung.until
            return rows.filter(diploma_on=None) if is_time else rows.none()
        case Event.SETTLE:
            return rows.exclude(diploma_on=None).exclude(Exists(places))
        case Event.DECLARATION:
            months = {first.month, (first + relativedelta(days=15)).month, last.month}
            return rows.filter(
                Exists(places.filter(period__startswith__month__in=months))
            )
        case Event.SERVICE_END:
            return rows.filter(Exists(places))
    paused = Suspension.objects.filter(
        agreement=OuterRef("pk"),
        period__contains=day,
        period__endswith__lte=day - rung.since,
    )
    return rows.filter(Exists(paused))


def _september(day: date) -> date:
    return date(day.year, 9, 1)


def _told(agreement: Agreement, moment: Moment, desk: list[str]) -> Due:
    page = reverse("admin:bursaries_agreement_change", args=[agreement.pk])
    address = agreement.person.email or agreement.email
    return Due(
        agreement,
        moment.since,
        {Audience.PERSON: [address] if address else [], Audience.DESK: desk},
        {
            **agreement_letters.to_person_context(agreement),
            "nom": agreement.name,
            "page": f"{settings.SITE_URL}{page}",
            "rappel": moment.rung.title,
            "le": moment.event_on,
        },
    )


def _steps(rung: Rung) -> tuple[Step, ...]:
    name = rung.template or rung.event
    person = Step(0, Audience.PERSON, f"bursaries.agreement-reminder-{name}")
    if rung.event not in _FOR_THE_DESK:
        return (person,)
    return (person, Step(0, Audience.DESK, DESK_TEMPLATE))


def new_zoning(day: date) -> Iterator[Due]:
    """A zoning began lately: the agreements not settled yet may not mean the same."""
    begun = Span(day - relativedelta(days=ZONING_DAYS), day + relativedelta(days=1))
    desk = desk_addresses()
    of_kind = {kind: profession for profession, kind in ZONING_OF.items()}
    for zoning in Zoning.objects.filter(kind__in=of_kind, valid__contains=day):
        since = zoning.valid.lower
        waiting = Agreement.objects.running().filter(
            profession=of_kind[zoning.kind], places=None, created_at__date__lt=since
        )
        if not begun.holds(since) or not (count := waiting.count()):
            continue
        page = reverse("admin:bursaries_agreement_changelist")
        yield Due(
            zoning,
            since,
            {Audience.DESK: desk},
            {
                "zonage": zoning.get_kind_display(),
                "depuis": since,
                "nombre": str(count),
                "lien": f"{settings.SITE_URL}{page}",
            },
        )


LADDERS = [
    *money_reminders.ladders(
        BursaryApplication, LETTERS, "demande de bourse", pieces=(10, 25)
    ),
    *(
        Ladder(key=rung.key, title=rung.title, due=_due(rung), steps=_steps(rung))
        for rung in RUNGS
    ),
    Ladder(
        key="bursaries.new-zoning",
        title="Nouveau zonage : conventions à relire",
        due=new_zoning,
        steps=(Step(0, Audience.DESK, "bursaries.agreement-reminder-zoning"),),
    ),
]


def upcoming(agreement: Agreement, day: date) -> Moment | None:
    """What is sent next of this agreement, if nothing changes; none when it is over."""
    active = LadderStep.objects.filter(
        is_active=True, ladder__in=[rung.key for rung in RUNGS]
    )
    keys = set(active.values_list("ladder", flat=True))
    known = agreement_clock.facts(agreement, day)
    given = agreement_clock.given(agreement)
    found = [
        moment
        for moment in moments(known, given, day)
        if moment.rung.key in keys and moment.since > day
    ]
    return min(found, key=lambda moment: moment.since, default=None)
