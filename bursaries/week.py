"""What is due at the desk about bursaries."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from bursaries import agreement_clock
from bursaries.models import (
    Agreement,
    ApplicationState,
    BankAccount,
    BreachCase,
    BursaryApplication,
    CommitteeOpinion,
    CommitteeSession,
    Deed,
    Proof,
)
from bursaries.standing import SUSPECTED, Standing
from casework import clock
from casework.week import Line

SHOWN = 100


def lines(user, day: date) -> Iterator[Line]:
    if roles.is_desk(user):
        yield from _applications(day)
        yield from _opinions(day)
        yield from _sessions(day)
        yield from _agreements(day)
        yield from _proofs()
        yield from _suspected(day)
        yield from _breaches(day)
    if roles.has_role(user, roles.FINANCES):
        yield from _accounts()


def _accounts() -> Iterator[Line]:
    """A RIB to compare, or an account whose owner says it is not theirs."""
    blocked = BankAccount.objects.blocked().select_related("person")
    for account in blocked.order_by("blocked_at", "pk")[:SHOWN]:
        yield Line(
            due_on=timezone.localdate(account.blocked_at),
            title=f"Compte bancaire bloqué : appeler {account.person.full_name}",
            url=account.get_absolute_url(),
            detail=account.masked,
            state="blocked",
            phone=str(account.person.phone),
        )
    waiting = BankAccount.objects.to_check().select_related("person")
    for account in waiting.order_by("given_at", "pk")[:SHOWN]:
        yield Line(
            due_on=timezone.localdate(account.given_at),
            title=f"RIB à vérifier : {account.person.full_name}",
            url=account.get_absolute_url(),
            detail=account.masked,
            state="new",
        )


def _applications(day: date) -> Iterator[Line]:
    """New ones, those whose silence nears, and pieces about to be late."""
    due = (
        Q(state=ApplicationState.SUBMITTED)
        | Q(implicit_refusal_on__lte=day + timedelta(days=clock.ALERT_DAYS[0]))
        | Q(pieces_by__lte=day + timedelta(days=7))
    )
    open_ones = BursaryApplication.objects.open().filter(due).with_list_data()
    for application in open_ones.order_by("submitted_at", "pk")[:SHOWN]:
        yield _line(application, day)


def _opinions(day: date) -> Iterator[Line]:
    """Asked for, and late: worth a call."""
    late = CommitteeOpinion.objects.overdue(day)
    late = late.select_related("organisation", "application__person")
    for opinion in late.order_by("due_on", "pk")[:SHOWN]:
        application = opinion.application
        yield Line(
            due_on=opinion.due_on,
            title=f"Relancer {opinion.organisation} : avis sur une demande de bourse",
            url=_url(application),
            detail=f"{application.reference}, {application.full_name}",
            state="wait",
            phone=opinion.organisation.phone,
        )


def _sessions(day: date) -> Iterator[Line]:
    """Held, and the votes not recorded; or voted, and not yet binding."""
    held = CommitteeSession.objects.filter(held_on__lte=day)
    open_ones = Q(closed_at=None, items__isnull=False)
    not_binding = Q(closed_at__isnull=False) & (
        Q(transmitted_on=None) | Q(published_on=None)
    )
    for session in held.filter(open_ones | not_binding).distinct()[:SHOWN]:
        title = "Enregistrer les votes"
        if session.is_closed:
            title = "Noter la transmission et la publication"
        yield Line(
            due_on=session.held_on,
            title=f"{title} : {session}",
            url=session.get_absolute_url(),
            detail="Commission permanente, bourses",
        )


# What the desk does next with a deed in each state.
_NEXT = {
    Deed.State.DRAFT: "Relire et arrêter",
    Deed.State.TO_SIGN: "Signatures attendues",
    Deed.State.SIGNED: "Transmettre et notifier",
}


def _agreements(day: date) -> Iterator[Line]:
    """Granted without an agreement, then each deed that waits for something."""
    granted = BursaryApplication.objects.filter(
        state=ApplicationState.GRANTED, agreement=None, forgotten_at=None
    )
    for application in granted.with_list_data().order_by("decided_at")[:SHOWN]:
        yield Line(
            due_on=day,
            title=f"Préparer la convention : {application.full_name}",
            url=_url(application),
            detail=application.reference,
            state="you",
        )
    waiting = Deed.objects.not_over().select_related("agreement", "circuit")
    waiting = waiting.prefetch_related("circuit__signatories")
    for deed in waiting.order_by("created_at", "pk")[:SHOWN]:
        if deed.state == Deed.State.PREPARING and not deed.failure:
            continue
        title = _NEXT.get(deed.state, "Le PDF n’a pas pu être fait")
        who = ""
        if deed.state == Deed.State.TO_SIGN:
            who = ", ".join(str(one) for one in deed.circuit.waiting())
        yield Line(
            due_on=day,
            title=f"{title} : {deed.title.lower()} {deed.agreement.name}",
            url=deed.get_absolute_url(),
            detail=deed.agreement.reference,
            who=who,
            state="wait" if deed.state == Deed.State.TO_SIGN else "you",
        )


def _proofs() -> Iterator[Line]:
    """Papers of agreements that nobody looked at yet."""
    waiting = Proof.objects.to_check().select_related("agreement")
    for proof in waiting.order_by("sent_at", "pk")[:SHOWN]:
        page = reverse("admin:bursaries_agreement_change", args=[proof.agreement_id])
        yield Line(
            due_on=timezone.localdate(proof.sent_at),
            title=f"Vérifier : {proof}, {proof.agreement.name}",
            url=f"{page}#justificatifs",
            detail=proof.agreement.reference,
            state="you",
        )


def _suspected(day: date) -> Iterator[Line]:
    """A date passed, or practice stopped: somebody calls, nothing is sanctioned."""
    running = Agreement.objects.running().exclude(diploma_on=None).with_facts()
    for agreement in running.order_by("pk")[:SHOWN]:
        state = agreement_clock.standing_on(agreement, day)
        if state == Standing.FULFILLED:
            yield Line(
                due_on=day,
                title=f"Attester la fin d’engagement : {agreement.name}",
                url=reverse("admin:bursaries_agreement_change", args=[agreement.pk]),
                detail=agreement.reference,
                state="you",
            )
        if state not in SUSPECTED or agreement.open_breach:
            continue
        yield Line(
            due_on=day,
            title=f"Appeler {agreement.name} : {state.label}",
            url=reverse("admin:bursaries_agreement_change", args=[agreement.pk]),
            detail=agreement.reference,
            state="blocked",
        )


def _breaches(day: date) -> Iterator[Line]:
    """A delay or a notice that ran out, a sum late, a calculation to check."""
    for case in BreachCase.objects.open().with_list_data()[:SHOWN]:
        title, due_on = f"Manquement, {case.stage_label}", day
        if case.notice_until and case.sheet is None:
            due_on = case.notice_until
        yield Line(
            due_on=due_on,
            title=f"{title} : {case.agreement.name}",
            url=reverse("admin:bursaries_breachcase_change", args=[case.pk]),
            detail=case.agreement.reference,
            state="wait" if due_on > day else "you",
        )


def _url(application: BursaryApplication) -> str:
    return reverse("admin:bursaries_bursaryapplication_change", args=[application.pk])


def _line(application: BursaryApplication, day: date) -> Line:
    end = application.implicit_refusal_on
    title, due_on = f"Examiner la demande de bourse : {application.full_name}", day
    state = "new" if application.state == ApplicationState.SUBMITTED else "you"
    if application.state == ApplicationState.INCOMPLETE:
        title = f"Pièces attendues de {application.full_name}"
        due_on, state = application.pieces_by, "wait"
    detail = application.reference
    if end:
        due_on = min(due_on, end)
        verb = "réputée rejetée depuis le" if end < day else "réputée rejetée le"
        detail = f"{detail}, {verb} {end:%d/%m/%Y}"
    examiner = application.examiner
    return Line(
        due_on=due_on,
        title=title,
        url=_url(application),
        detail=detail,
        who=examiner.get_full_name() if examiner else "à examiner",
        state=state,
    )
