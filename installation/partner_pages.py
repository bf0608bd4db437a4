"""A partner's page in its own words: what is listed on the referral, nothing else.

Everything a template of a partner may print of a person is read here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from casework.space import Badge
from installation import partner_letters, partners, presentation, shared_fields
from installation.actions.partners import may_undo
from installation.models import Referral, ReferralMessage
from installation.presentation import InCharge
from territory.models import Organisation

State = Referral.State
Side = ReferralMessage.Side

# Ended needs stay on the basket that long: what was done, and nobody's data.
SHOWN_FOR = timedelta(days=30)
# What tells two needs of a list apart, beside a name: if they are listed fields.
WISHES = ("places", "horizon")

BADGES = {
    State.SENT: Badge("À prendre", "you"),
    State.TAKEN: Badge("En main", "run"),
    State.HELPED: Badge("Aide apportée", "success", "check"),
    State.NO_HELP: Badge("Aucune aide", "neutral", "minus"),
    State.UNREACHABLE: Badge("Injoignable", "neutral", "phone"),
    State.NOT_FOR_ME: Badge("Pas pour nous", "neutral", "undo-2"),
    State.RECALLED: Badge("Reprise par le guichet", "neutral", "undo-2"),
    State.WITHDRAWN: Badge("Plus rien à faire", "neutral", "x"),
}
UNREAD = Badge("On vous a écrit", "you", "message-square")

# Why a page shows nothing more, whoever ended it.
WHY_OVER = {
    State.HELPED: "Vous avez répondu que l’aide est apportée.",
    State.NO_HELP: "Vous avez répondu qu’aucune aide n’existe.",
    State.UNREACHABLE: "Vous avez répondu que la personne n’a pas pu être jointe.",
    State.NOT_FOR_ME: "Vous avez répondu que ce besoin n’est pas pour vous : le "
    "guichet cherche ailleurs.",
    State.RECALLED: "Le guichet a repris ce besoin : vous n’avez plus rien à faire.",
}
NO_LONGER = "La personne n’a plus besoin de vous pour cela : vous n’avez rien à faire."


@dataclass(frozen=True)
class Fact:
    """One listed field; a telephone or an address opens what one writes with."""

    label: str
    value: str
    url: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Card:
    """One need on the basket."""

    referral: Referral
    title: str
    badge: Badge
    name: str = ""
    wishes: str = ""
    answer_by: "AnswerBy | None" = None


@dataclass(frozen=True)
class BasketPage:
    organisation: Organisation
    to_take: list[Card] = field(default_factory=list)
    in_hand: list[Card] = field(default_factory=list)
    ended: list[Card] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.to_take or self.in_hand)


def basket(organisation: Organisation, day: date) -> BasketPage:
    """What runs, then what ended lately; the number of queries does not grow."""
    running = partners.with_last_words(_with_fields(readable(organisation)))
    days = partner_letters.first_step_days()
    page = BasketPage(organisation)
    for referral in running.order_by("sent_at", "pk"):
        kept = page.to_take if referral.state == State.SENT else page.in_hand
        kept.append(_running(referral, day, days))
    since = timezone.now() - SHOWN_FOR
    ended = organisation.referrals.filter(ended_at__gte=since)
    for referral in ended.select_related("need__topic").order_by("-ended_at", "-pk"):
        page.ended.append(_ended(referral))
    return page


def readable(organisation: Organisation) -> QuerySet[Referral]:
    return partners.readable(organisation.referrals.all())


def _with_fields(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    return referrals.select_related(
        "consent", "need__topic", "need__request__applicant"
    ).prefetch_related("need__request__communes", "need__request__intercommunalities")


def _running(referral: Referral, day: date, days: int) -> Card:
    until = answer_by(referral, day, days)
    unread = referral.last_side == Side.PERSON
    return Card(
        referral,
        referral.need.topic.name,
        UNREAD if unread else BADGES[referral.state],
        "".join(fact.value for fact in facts(referral, ("name",))),
        capfirst(", ".join(fact.value for fact in facts(referral, WISHES))),
        until,
    )


def history(referrals: Iterable[Referral]) -> list[Card]:
    return [_ended(referral) for referral in referrals]


def _ended(referral: Referral) -> Card:
    return Card(referral, referral.need.topic.name, BADGES[referral.state])


def facts(referral: Referral, among: Iterable[str] | None = None) -> list[Fact]:
    """The fields listed on the referral that were answered; none once it is over."""
    if not partners.is_readable(referral):
        return []
    listed = [
        code for code in referral.shared_fields if among is None or code in set(among)
    ]
    found = []
    for code in listed:
        for label, value in shared_fields.preview(referral.need, [code]):
            if value:
                found.append(_fact(code, label, value))
    return found


def _fact(code: str, label: str, value: str) -> Fact:
    if code == "email":
        return Fact(label, value, f"mailto:{value}", "mail")
    if code == "phone":
        digits = "".join(sign for sign in value if sign.isdigit() or sign == "+")
        return Fact(label, value, f"tel:{digits}", "phone")
    return Fact(label, value)


@dataclass(frozen=True)
class AnswerBy:
    """Until when a first sign is awaited."""

    day: date
    is_late: bool


def answer_by(
    referral: Referral, day: date, days: int | None = None
) -> AnswerBy | None:
    if referral.state != State.SENT:
        return None
    due = partner_letters.answer_by(referral, days)
    return AnswerBy(due, due < day)


def badge(referral: Referral) -> Badge:
    return BADGES[referral.state]


def whom(referral: Referral) -> str:
    """How the person is called on the page: by name only if it is listed."""
    named = facts(referral, ("name",))
    return named[0].value if named else "la personne"


def thread(referral: Referral) -> list[dict]:
    """What was written, as the partner reads it."""
    person = whom(referral)
    return [
        {
            "kind": "mine" if message.side == Side.PARTNER else "theirs",
            "author": _author(message, person),
            "at": message.created_at,
            "text": message.body,
        }
        for message in referral.messages.with_list_data()
    ]


def _author(message: ReferralMessage, person: str) -> str:
    if message.side == Side.PERSON:
        return person[:1].upper() + person[1:]
    return message.signature or (
        message.author.get_full_name() if message.author else ""
    )


def in_charge(referral: Referral, day: date) -> InCharge:
    """Whom the partner calls at the desk."""
    return presentation.in_charge(referral.need.request, day)


@dataclass(frozen=True)
class Over:
    """Why a referral shows nothing more, in a kind sentence."""

    sentence: str
    at: datetime | None
    may_undo: bool


def over(referral: Referral) -> Over | None:
    """None while the page may be read."""
    if partners.is_readable(referral):
        return None
    sentence = WHY_OVER.get(referral.state, NO_LONGER)
    return Over(sentence, referral.ended_at, may_undo(referral))


def meanwhile(referral: Referral) -> str:
    """What the first of two who answered at once did, for the second."""
    at = timezone.localtime(referral.ended_at or referral.taken_at or timezone.now())
    when = f"le {presentation.said(at)} à {at:%H h %M}"
    if referral.state == State.TAKEN:
        return f"Une personne de votre équipe s’occupe de ce besoin depuis {when}."
    if referral.state in WHY_OVER and referral.state != State.RECALLED:
        done = referral.get_state_display()
        return (
            f"Entre-temps, une personne de votre équipe a répondu {when} : « {done} ». "
            "Votre texte est gardé ci-dessous ; il n’est pas parti."
        )
    return f"{WHY_OVER.get(referral.state, NO_LONGER)} Votre texte n’est pas parti."


@dataclass(frozen=True)
class Counts:
    """What one partner was asked, and what came of it."""

    running: int
    helped: int
    no_help: int
    unreachable: int
    given_back: int

    @property
    def running_label(self) -> str:
        return (
            "Un besoin en cours"
            if self.running == 1
            else (f"{self.running} besoins en cours")
        )


def counts(organisation: Organisation) -> Counts:
    """Numbers only: they outlive every dossier."""
    return Counts(
        running=readable(organisation).count(),
        **organisation.referrals.aggregate(
            helped=Count("pk", filter=Q(state=State.HELPED)),
            no_help=Count("pk", filter=Q(state=State.NO_HELP)),
            unreachable=Count("pk", filter=Q(state=State.UNREACHABLE)),
            given_back=Count("pk", filter=Q(state=State.NOT_FOR_ME)),
        ),
    )
