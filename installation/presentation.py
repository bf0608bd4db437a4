"""A dossier in the words of whoever asked: state, road, thread, who to call."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from casework.actions import stand_in_for
from casework.days import said, short
from casework.models import Absence, Entry, Receipt
from casework.space import Badge
from documents.models import Document
from installation import kinds
from installation.models import (
    Attachment,
    Exchange,
    InstallationRequest,
    State,
)
from territory.models import Desk

Outcome = InstallationRequest.Outcome

# What the journal tells the person of their dossier; the rest is for the desk.
TOLD = {
    "installation.request.taken_charge": "{actor} suit votre demande.",
    "installation.request.assigned": "Votre demande change d’interlocuteur.",
    "installation.request.paused": "Votre demande est mise en pause.",
    "installation.request.resumed": "Votre demande reprend.",
    "installation.request.closed": "Votre demande est close.",
    "installation.request.withdrawn": "Vous avez retiré votre demande.",
    "installation.request.reopened": "Votre demande est rouverte.",
}

HOW_IT_ENDED = {
    Outcome.SETTLED: "Vous êtes installé ou installée. Bienvenue.",
    Outcome.ORIENTED: "Nous vous avons orienté ou orientée vers le bon interlocuteur.",
    Outcome.NO_FOLLOW_UP: "Votre demande est close, sans suite.",
    Outcome.UNREACHABLE: "Nous n’avons pas réussi à vous joindre.",
    Outcome.OUTSIDE_SCOPE: "Votre demande ne relève pas de notre guichet.",
    Outcome.DUPLICATE: "Cette demande continue dans un autre de vos dossiers.",
}


def badge(request: InstallationRequest) -> Badge:
    """The state for the person reading: yellow only when they must act."""
    if request.state == State.DRAFT:
        return Badge("Brouillon à envoyer", "you")
    if request.expected:
        return Badge("À vous de jouer", "you")
    if request.state == State.SUBMITTED:
        return Badge("Reçue", "info")
    if request.state == State.IN_SUPPORT:
        return Badge("En cours", "run")
    if request.state == State.PAUSED:
        return Badge("Suspendue", "neutral", "pause")
    if request.outcome == Outcome.SETTLED:
        return Badge("Installation réalisée", "success", "flag")
    if request.withdrawn_at:
        return Badge("Retirée", "neutral", "x")
    return Badge("Close", "neutral", "check")


def situation(request: InstallationRequest, in_charge: "InCharge") -> str:
    """Where things stand and what comes next, in one or two sentences."""
    if request.state == State.SUBMITTED:
        return (
            "Votre demande est arrivée. Une personne du guichet vous répond avant le "
            f"{said(request.next_action_on)}."
        )
    if request.state == State.PAUSED:
        return (
            "Votre demande est en pause. Nous reprenons contact le "
            f"{said(request.paused_until)}, ou dès que vous nous écrivez."
        )
    if request.state == State.CLOSED:
        if request.withdrawn_at:
            return f"Vous avez retiré votre demande le {said(request.withdrawn_at)}."
        return HOW_IT_ENDED[request.outcome]
    if request.next_action_on < timezone.localdate():
        # The desk's own lateness is told without excuse, with a way to hear more.
        return (
            f"{in_charge.name} devait vous donner des nouvelles le "
            f"{said(request.next_action_on)}. Appelez ou écrivez si rien n’arrive."
        )
    return (
        f"{in_charge.name} s’occupe de votre demande. Prochaine nouvelle le "
        f"{said(request.next_action_on)}."
    )


def heading(request: InstallationRequest) -> str:
    return kinds.of(request).heading


def road(request: InstallationRequest) -> list[dict]:
    """The stages of the dossier, each with its date."""
    closed = request.state == State.CLOSED
    followed = request.taken_charge_at is not None
    received = "Question reçue" if request.is_question else "Demande reçue"
    support = "Réponse" if request.is_question else "Accompagnement"
    stages = [
        (received, "done", short(request.submitted_at)),
        (
            "Interlocuteur nommé",
            "done" if followed or closed else "now",
            _first_stage_date(request, followed=followed, closed=closed),
        ),
        (support, *_support_stage(request, followed=followed, closed=closed)),
        (
            request.get_outcome_display().capitalize() if closed else "Aboutissement",
            "now" if closed else "todo",
            short(request.closed_at) if closed else "",
        ),
    ]
    done = next(i for i, stage in enumerate(stages) if stage[1] == "now")
    before = ", ".join(title.lower() for title, *_ in stages[: max(done - 1, 0)])
    return [
        {
            "number": number,
            "title": title,
            "state": state,
            "detail": detail,
            # On phones the last stage behind sums up those before it.
            "is_past": number < done,
            "before": f"Avant : {before}." if before and number == done else "",
        }
        for number, (title, state, detail) in enumerate(stages, 1)
    ]


def _first_stage_date(request, *, followed: bool, closed: bool) -> str:
    if followed:
        return short(request.taken_charge_at)
    return "" if closed else f"avant le {short(request.next_action_on)}"


def _support_stage(request, *, followed: bool, closed: bool) -> tuple[str, str]:
    if closed:
        return "done", ""
    if not followed:
        return "todo", ""
    if request.state == State.PAUSED:
        return "now", f"en pause jusqu’au {short(request.paused_until)}"
    return "now", f"suite le {short(request.next_action_on)}"


@dataclass(frozen=True)
class InCharge:
    """Who to call today about this dossier."""

    name: str
    function: str
    phone: str
    note: str = ""


def in_charge(request: InstallationRequest, day: date) -> InCharge:
    desk = Desk.objects.current()
    worker = request.case_worker
    if worker is None:
        return InCharge(desk.service_name, "Le guichet", desk.phone, desk.opening_hours)
    stand_in = stand_in_for(worker, day)
    name, phone = worker.get_full_name(), _phone_of(worker, desk)
    if stand_in != worker:
        absence = Absence.objects.on(day).filter(user=worker).first()
        last_day = absence and absence.period.upper - timedelta(days=1)
        back = f" jusqu’au {said(last_day)}" if last_day else ""
        return InCharge(
            stand_in.get_full_name(),
            f"Remplace {name}{back}",
            _phone_of(stand_in, desk),
            f"Connaît votre dossier. {desk.opening_hours}".strip(),
        )
    return InCharge(name, "Suit votre demande", phone, desk.opening_hours)


def _phone_of(user, desk: Desk) -> str:
    return str(user.person.phone or desk.phone)


def thread(request: InstallationRequest) -> list[dict]:
    """Messages both ways and what happened, in order; never the desk's own notes."""
    messages = [
        {
            "kind": "mine" if exchange.is_from_applicant else "theirs",
            "author": _author(exchange),
            "at": exchange.created_at,
            "text": exchange.body,
            "attachments": [
                attachment_line(request, attachment)
                for attachment in exchange.attachments.all()
                if attachment.audience == "public"
            ],
        }
        for exchange in request.exchanges.public().with_list_data()
    ]
    return sorted([*messages, *_happenings(request)], key=lambda line: line["at"])


def _author(exchange: Exchange) -> str:
    if exchange.is_from_applicant:
        return ""
    name = exchange.family_name or exchange.author.get_full_name()
    return f"{name}, côté famille" if exchange.is_family else name


def _happenings(request: InstallationRequest) -> Iterator[dict]:
    entries = Entry.objects.about(request).filter(verb__in=TOLD)
    for entry in entries.select_related("actor__person"):
        actor = entry.actor.get_full_name() if entry.actor else "Le guichet"
        text = TOLD[entry.verb].format(actor=actor)
        yield {"kind": "system", "at": entry.at, "text": text}


def attachment_line(request: InstallationRequest, attachment: Attachment) -> dict:
    document = attachment.document
    url = reverse(
        "installation:dossier-document", args=[request.reference, attachment.pk]
    )
    return {
        "name": document.name,
        "url": url if document.is_servable else "",
        "detail": document.state_sentence or _weight(document),
        "at": attachment.created_at,
        "from_applicant": attachment.from_applicant,
    }


def _weight(document: Document) -> str:
    size = f"{max(document.size // 1024, 1)} ko"
    if document.size >= 1024 * 1024:
        size = f"{document.size / 1024 / 1024:.1f} Mo".replace(".", ",")
    return f"{document.get_media_type_display()}, {size}"


def documents(request: InstallationRequest) -> list[dict]:
    attachments = request.attachments.public().select_related("document")
    return [attachment_line(request, attachment) for attachment in attachments]


def named(request: InstallationRequest) -> str:
    title = request.get_title_display() if request.title else ""
    return f"{title} {request.full_name}".strip()


def places(request: InstallationRequest) -> list[str]:
    groups = [group.name for group in request.intercommunalities.all()]
    return [*groups, *(commune.name for commune in request.communes.all())]


def receipt_of(request: InstallationRequest) -> Receipt | None:
    return Receipt.objects.about(request).first()
