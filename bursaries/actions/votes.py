"""What leads an application to its vote, and what the vote makes of it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.models import User
from bursaries import application_letters, application_rules, spending
from bursaries.actions import applications
from bursaries.application_letters import LETTERS
from bursaries.models import (
    AgendaItem,
    ApplicationState,
    BudgetEnvelope,
    BursaryApplication,
    CommitteeOpinion,
    CommitteeSession,
    PaymentLine,
)
from bursaries.tasks import file_annex
from casework.findings import blocking, warnings
from casework.journal import record
from casework.locking import locked
from territory.models import Organisation

Vote = AgendaItem.Vote
# How long a body is given to answer, unless the desk says otherwise.
OPINION_DAYS = 21


@transaction.atomic
def ask_opinion(
    application: BursaryApplication,
    organisation: Organisation,
    *,
    due_on: dt.date,
    by: User,
) -> CommitteeOpinion:
    """Note that a body of the committee is asked, and by when it answers."""
    application = locked(application)
    application.require("ask_opinion")
    day = timezone.localdate()
    if due_on <= day:
        raise ValidationError("Laissez au moins un jour pour répondre.")
    if application.opinions.awaited().filter(organisation=organisation).exists():
        raise ValidationError("Cet avis est déjà demandé.")
    opinion = application.opinions.create(
        organisation=organisation, asked_on=day, due_on=due_on, asked_by=by
    )
    record(
        "bursaries.application.opinion_asked",
        subject=application,
        actor=by,
        data={"opinion": opinion.pk},
    )
    return opinion


@transaction.atomic
def receive_opinion(
    opinion: CommitteeOpinion, sense: str, text: str, *, by: User
) -> CommitteeOpinion:
    application = locked(opinion.application)
    opinion = locked(opinion)
    opinion.receive(sense, text, on=timezone.localdate())
    record(
        "bursaries.application.opinion_received",
        subject=application,
        actor=by,
        data={"opinion": opinion.pk, "sense": sense},
    )
    return opinion


@transaction.atomic
def put_to_vote(
    application: BursaryApplication,
    session: CommitteeSession,
    *,
    by: User,
    in_spite_because: str = "",
) -> AgendaItem:
    """On the agenda, once nothing bars it; a warning passes with a written reason."""
    session = locked(session)
    session.require_prepared()
    application = locked(application)
    application.require("put_to_vote")
    warned = _checked(application)
    if warned and not in_spite_because.strip():
        raise ValidationError(
            [
                *(finding.sentence for finding in warned),
                "Pour passer outre, écrivez pourquoi.",
            ]
        )
    if warned:
        application.went_on_because = in_spite_because.strip()
        application.save(update_fields=["went_on_because"])
    application.put_to_vote()
    item = session.items.create(application=application)
    record(
        "bursaries.application.put_to_vote",
        subject=application,
        actor=by,
        data={
            "session": session.pk,
            "in_spite_of": [finding.rule for finding in warned if finding.rule],
        },
    )
    return item


def _checked(application: BursaryApplication) -> list:
    """Refuse what the law bars; say what an officer may go beyond."""
    day = timezone.localdate()
    found = application_rules.on_decision(applications.facts(application, day), day)
    if refused := blocking(found):
        raise ValidationError(
            [f"{application} : {finding.sentence}" for finding in refused]
        )
    return warnings(found)


@transaction.atomic
def take_off(item: AgendaItem, *, by: User) -> BursaryApplication:
    """Off the agenda before the vote: it waits for another session."""
    session = locked(item.session)
    session.require_prepared()
    application = locked(item.application)
    application.take_back()
    item.delete()
    record("bursaries.application.taken_off", subject=application, actor=by)
    return application


@dataclass(frozen=True)
class Voted:
    """What the session said of one application."""

    vote: str
    months: int | None = None
    reason: str = ""


@transaction.atomic
def close(
    session: CommitteeSession,
    number: str,
    votes: Mapping[int, Voted],
    *,
    by: User,
) -> CommitteeSession:
    """Record every vote at once, by the key of its item, and tell everybody."""
    session = locked(session)
    session.require_prepared()
    items = list(session.items.select_related("application").order_by("pk"))
    if not items:
        raise ValidationError("Aucune demande n'est inscrite à cette séance.")
    session.close(number, by=by)
    for item in items:
        if item.pk not in votes or votes[item.pk].vote not in Vote.values:
            raise ValidationError(f"Indiquez le vote de {item.application.full_name}.")
        _vote(item, votes[item.pk], session, by=by)
    record(
        "bursaries.session.closed",
        subject=session,
        actor=by,
        data={"items": len(items)},
    )
    file_annex.delay_on_commit(session.pk)
    return session


def _vote(
    item: AgendaItem, voted: Voted, session: CommitteeSession, *, by: User
) -> None:
    application = locked(item.application)
    reason = voted.reason.strip()
    if voted.vote != Vote.APPROVED and not reason:
        raise ValidationError(
            f"Dites pourquoi, pour {application.full_name} : un refus et un report "
            "ont leur motif."
        )
    item.vote, item.reason = voted.vote, reason
    if voted.vote == Vote.APPROVED:
        _checked(application)
        months = voted.months or application.months
        if months > application.months:
            raise ValidationError(
                f"{application.full_name} a demandé {application.months} mois : n'en "
                "accordez pas plus."
            )
        application.grant(months, reason, at=session.closed_at)
        ceiling = applications.ceiling_on(timezone.localdate())
        item.months, item.total = months, applications.cost(application, ceiling).total
    elif voted.vote == Vote.REFUSED:
        application.refuse(reason)
    else:
        application.take_back()
    item.save(update_fields=["vote", "reason", "months", "total"])
    entry = record(
        f"bursaries.application.{_VERBS[voted.vote]}",
        subject=application,
        actor=by,
        data={"session": session.pk},
    )
    if voted.vote == Vote.APPROVED:
        application_letters.granted(application, item, entry)
    elif voted.vote == Vote.REFUSED:
        LETTERS.refused(application, entry)
    else:
        application_letters.adjourned(application, reason, entry)


_VERBS = {
    Vote.APPROVED: "granted",
    Vote.REFUSED: "refused",
    Vote.ADJOURNED: "adjourned",
}


@transaction.atomic
def note_days(
    session: CommitteeSession,
    *,
    transmitted_on: dt.date | None,
    published_on: dt.date | None,
    by: User,
) -> CommitteeSession:
    """Sent to the prefecture, published: what makes the deliberation binding."""
    session = locked(session)
    session.note_days(transmitted_on=transmitted_on, published_on=published_on)
    record(
        "bursaries.session.days_noted",
        subject=session,
        actor=by,
        data={
            "transmitted_on": transmitted_on and transmitted_on.isoformat(),
            "published_on": published_on and published_on.isoformat(),
        },
    )
    return session


# --- The envelope --------------------------------------------------------------------


def scenario(added: Iterable[BursaryApplication] = ()) -> list[spending.Line]:
    """Each year's envelope: voted, promised, paid, left if these are granted."""
    granted = BursaryApplication.objects.filter(state=ApplicationState.GRANTED)
    granted = granted.select_related("version").prefetch_related("version__amounts")
    day = timezone.localdate()
    ceiling = applications.ceiling_on(day)
    found = spending.lines(
        dict(BudgetEnvelope.objects.values_list("year", "voted")),
        [applications.cost(application, ceiling) for application in granted],
        [applications.cost(application, ceiling) for application in added],
        dict(
            PaymentLine.objects.paid()
            .order_by()
            .values_list("paid_on__year")
            .annotate(Sum("amount"))
        ),
    )
    return [line for line in found if line.year >= day.year]
