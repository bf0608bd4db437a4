"""Staying longer: at once where nobody is expected, else once the next one agrees."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from accounts.models import User
from casework.days import said
from casework.journal import record
from casework.locking import locked, locked_both
from internships import allocation, clock, housing_letters, waiting_list
from internships.actions.holds import confirm
from internships.actions.housing import move, set_period
from internships.models import (
    HousingRequest,
    MoveQuestion,
    Occupation,
    Room,
    Stay,
)
from internships.offering import Kind, Released, free, hold, standing

Answer = MoveQuestion.State


@transaction.atomic
def extend(request: HousingRequest, until: dt.date, *, by: User | None = None) -> bool:
    """Stay longer: at once if nobody is expected, else the next one is asked.

    Nobody is ever moved by it. Says whether it is done.
    """
    request = locked(request)
    occupation = standing(request, Kind.STAY)
    if occupation is None:
        raise ValidationError("Aucune chambre n'est confirmée.", code="gone")
    period = occupation.period
    if until <= period.upper:
        raise ValidationError(f"Votre départ est déjà prévu le {said(period.upper)}.")
    longer = DateRange(period.lower, until)
    coming = _coming(occupation, longer)
    if coming:
        if request.stay_until != until:
            _ask(request, until, coming, by)
        return False
    _stay_longer(request, occupation, longer, by)
    return True


def grant(request: HousingRequest, *, by: User) -> None:
    """The desk has found a way: the bed is free for the days they asked for."""
    if request.stay_until is None:
        raise ValidationError("Aucune prolongation n'est demandée.")
    if not extend(request, request.stay_until, by=by):
        raise ValidationError(
            "Quelqu'un est encore attendu dans cette chambre à ces dates : "
            "logez-le ailleurs d'abord."
        )


@transaction.atomic
def refuse(request: HousingRequest, *, reason: str, by: User | None) -> None:
    """Nobody else could be lodged elsewhere: they leave as planned."""
    request = locked(request)
    if request.stay_until is None:
        raise ValidationError("Aucune prolongation n'est demandée.")
    if not reason.strip():
        raise ValidationError("Dites pourquoi : la personne le lira.")
    _close(request.move_questions.asked(), Answer.DROPPED)
    _give_up(request, reason.strip(), by)


@transaction.atomic
def make_room(asked: HousingRequest, *, by: User | None = None) -> None:
    """Yes: they move as they were offered, and the other one stays on."""
    question, asked, request = _answered(asked)
    question.close(Answer.ACCEPTED, clock.now())
    staying = standing(request, Kind.STAY)
    occupation = standing(asked)
    if staying is None or occupation != question.occupation:
        raise ValidationError("Cette question n'est plus posée.", code="gone")
    longer = DateRange(staying.period.lower, question.until)
    if question.room_id:
        was_confirmed = occupation.kind == Kind.STAY
        free(occupation, Released.MOVED)
        asked.wait()
        _stay_longer(request, staying, longer, by)
        hold(asked, question.room, by=by, is_told=not was_confirmed)
        if was_confirmed:
            confirm(asked, by=by)
    else:
        later = DateRange(question.arrival, occupation.period.upper)
        move(occupation, later)
        set_period(asked, later)
        entry = record("internships.housing.changed", subject=asked, actor=by)
        housing_letters.changed(occupation, entry)
        _stay_longer(request, staying, longer, by)


@transaction.atomic
def keep_days(asked: HousingRequest, *, by: User | None = None) -> None:
    """No: whoever would have stayed leaves as planned."""
    question, _asked, request = _answered(asked)
    question.close(Answer.REFUSED, clock.now())
    _give_up(request, "La personne attendue après vous garde sa chambre.", by)


def question_to(request: HousingRequest) -> MoveQuestion | None:
    """What they are asked, if anything."""
    asked = MoveQuestion.objects.asked().filter(
        occupation__request=request, occupation__released_at=None
    )
    return asked.select_related(
        "occupation__room__dwelling__commune", "room__dwelling__commune"
    ).first()


def _answered(asked: HousingRequest):
    """The question, whoever is asked and whoever would stay: all three locked."""
    question = question_to(asked)
    if question is None:
        raise ValidationError("Cette question n'est plus posée.", code="gone")
    asked, request = locked_both(asked, question.request)
    return locked(question), asked, request


def _coming(occupation: Occupation, period: DateRange) -> list[Occupation]:
    """Whatever stands in these days, the cleaning they need included."""
    buffer = Occupation.objects.standing().filter(follows=occupation).first()
    days = buffer.nights if buffer else 0
    wanted = DateRange(period.lower, period.upper + dt.timedelta(days=days))
    others = Occupation.objects.over(wanted).filter(room=occupation.room)
    others = others.exclude(pk=occupation.pk).exclude(follows=occupation)
    return list(others.order_by("period"))


def _ask(
    request: HousingRequest, until: dt.date, coming: list[Occupation], by: User | None
) -> None:
    """Put the question to whoever is next, if there is a way; the desk knows too."""
    _close(request.move_questions.asked(), Answer.DROPPED)
    request.ask_to_stay(until)
    entry = record("internships.housing.longer", subject=request, actor=by)
    question = _question(request, until, coming)
    if question:
        question.save()
        record("internships.bed.asked", subject=question.occupation.request, actor=by)
        housing_letters.make_room(question)
    housing_letters.longer_asked(request, until, entry, question)


def _question(
    request: HousingRequest, until: dt.date, coming: list[Occupation]
) -> MoveQuestion | None:
    """What may be offered to the next one; nothing to works, or to a second one."""
    first = coming[0]
    others = [one for one in coming if first.pk not in (one.pk, one.follows_id)]
    has_keys = Stay.objects.filter(occupation=first).exclude(keys_given_at=None)
    if others or first.request_id is None or has_keys.exists():
        return None
    if MoveQuestion.objects.asked().filter(occupation=first).exists():
        return None
    question = MoveQuestion(request=request, until=until, occupation=first)
    if room := _other_room(first):
        question.room = room
        return question
    cleaning = dt.timedelta(days=first.room.dwelling.buffer_days)
    question.arrival = until + cleaning
    return question if question.arrival < first.period.upper else None


def _other_room(occupation: Occupation) -> Room | None:
    """The best other bed for the same days, that suits them."""
    day = timezone.localdate(clock.now())
    beds = waiting_list.read_beds(day)
    beds = [bed for bed in beds if bed.room != occupation.room_id]
    best = allocation.best(waiting_list.wish(occupation.request, day), beds)
    if best is None:
        return None
    rooms = Room.objects.select_related("dwelling__commune")
    return rooms.get(pk=best.bed.room)


def _stay_longer(
    request: HousingRequest, occupation: Occupation, longer: DateRange, by: User | None
) -> None:
    move(occupation, longer)
    set_period(request, longer)
    entry = record("internships.housing.changed", subject=request, actor=by)
    housing_letters.changed(occupation, entry)


def _give_up(request: HousingRequest, reason: str, by: User | None) -> None:
    request.ask_to_stay(None)
    entry = record("internships.housing.no_longer", subject=request, actor=by)
    housing_letters.no_longer(request, reason, entry)


def _close(questions, state: str) -> None:
    for question in questions:
        question.close(state, clock.now())
