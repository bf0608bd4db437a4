"""Visits as calendars read them (RFC 5545): one event for the person, one for each
person met. The same uid is the same meeting, a higher sequence replaces it."""

import datetime as dt

from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from casework.calendars import domain, organizer
from casework.outbox import File
from installation.models import Visit, VisitStop
from territory.models import Desk

REQUEST, CANCEL = "REQUEST", "CANCEL"


def of_visit(visit: Visit, *, to: str, method: str = REQUEST) -> File:
    """The whole day, with its programme, for the person who comes."""
    stops = list(visit.stops.select_related("commune"))
    event = _event(
        visit,
        uid=str(visit.uid),
        to=to,
        method=method,
        starts_at=min((stop.starts_at for stop in stops), default=dt.time(9)),
        ends_at=max((stop.ends_at for stop in stops), default=dt.time(17)),
        at=visit.sent_at,
    )
    event.add("summary", f"Visite, {Desk.objects.current().service_name}")
    if stops:
        event.add("location", stops[0].where)
    event.add("description", programme(visit, stops))
    return _file(event, method)


def of_stop(
    visit: Visit, stop: VisitStop, *, to: str, at: dt.datetime, method: str = REQUEST
) -> File:
    """One meeting, for whoever is met; the rest of the day is not theirs to know."""
    event = _event(
        visit,
        uid=f"{visit.uid}-{stop.pk}",
        to=to,
        method=method,
        starts_at=stop.starts_at,
        ends_at=stop.ends_at,
        at=at,
        # Taken off the programme between two versions: newer than the last one.
        sequence=visit.sequence + (method == CANCEL and visit.is_upcoming),
    )
    event.add("summary", f"Rencontre avec {visit.request.full_name}")
    event.add("location", stop.where)
    return _file(event, method)


def programme(visit: Visit, stops: list[VisitStop]) -> str:
    """The day in lines: the hour, the place, whom to meet and how to call them."""
    lines = []
    for stop in stops:
        whom = f", avec {stop.meets}" if stop.meets else ""
        phone = f", {stop.phone.as_national}" if stop.phone else ""
        family = ", pour la famille" if stop.audience == stop.Audience.FAMILY else ""
        lines.append(f"{hours(stop)} : {stop.where}{whom}{phone}{family}")
    return "\n".join([*lines, *([visit.notes] if visit.notes else [])])


def hours(stop: VisitStop) -> str:
    """« 9 h 30 à 11 h »."""
    return f"{_hour(stop.starts_at)} à {_hour(stop.ends_at)}"


def _hour(time: dt.time) -> str:
    nbsp = "\u00a0"
    minutes = f"{nbsp}{time:%M}" if time.minute else ""
    return f"{time.hour}{nbsp}h{minutes}"


def _event(
    visit: Visit,
    *,
    uid: str,
    to: str,
    method: str,
    starts_at: dt.time,
    ends_at: dt.time,
    at: dt.datetime,
    sequence: int | None = None,
) -> Event:
    event = Event()
    event.add("uid", f"{uid}@{domain()}")
    event.add("sequence", visit.sequence if sequence is None else sequence)
    event.add("dtstamp", at.astimezone(dt.UTC))
    event.add("dtstart", _instant(visit.day, starts_at))
    event.add("dtend", _instant(visit.day, ends_at))
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("organizer", organizer())
    attendee = vCalAddress(f"mailto:{to}")
    attendee.params["partstat"] = vText("NEEDS-ACTION")
    attendee.params["rsvp"] = vText("FALSE")
    event.add("attendee", attendee, encode=False)
    return event


def _file(event: Event, method: str) -> File:
    calendar = Calendar()
    calendar.add("prodid", "-//Bienvenue Docteur//visites//FR")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return File("visite.ics", f"text/calendar; method={method}", calendar.to_ical())


def _instant(day: dt.date, time: dt.time) -> dt.datetime:
    """In UTC: no calendar has to know our time zone."""
    return timezone.make_aware(dt.datetime.combine(day, time)).astimezone(dt.UTC)
