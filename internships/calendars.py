"""Stays and placements as calendars read them (RFC 5545): whole days, no address of
a person, and for a dwelling no name beyond a first name."""

import datetime as dt

from django.utils import timezone
from icalendar import Calendar, Event

from casework.calendars import domain, organizer
from casework.outbox import File
from internships.models import CalendarFeed, Dwelling, Occupation, Placement

# What is over leaves the calendar after a while.
KEPT = dt.timedelta(days=200)


def of_stay(occupation: Occupation, *, to: str) -> File:
    """The days of a bed, for a message to the person it is kept for."""
    calendar = _calendar("séjour")
    event = _stay_of(occupation)
    event.add("organizer", organizer())
    event.add("attendee", f"mailto:{to}")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return File("sejour.ics", "text/calendar; method=PUBLISH", calendar.to_ical())


def of_feed(feed: CalendarFeed, day: dt.date) -> bytes:
    """Everything the address opens, as it stands that day."""
    if feed.dwelling_id:
        return _dwelling(feed.dwelling, day)
    return _person(feed.person, day)


def _dwelling(dwelling: Dwelling, day: dt.date) -> bytes:
    calendar = _calendar(dwelling.name)
    rows = Occupation.objects.standing().filter(
        room__dwelling=dwelling, period__endswith__gt=day - KEPT
    )
    for one in rows.select_related("room", "request__person").order_by("period"):
        who = f", {one.request.person.first_name}" if one.request else ""
        event = _days(f"occupation-{one.pk}", one.period, one.created_at)
        event.add("summary", f"{one.room.name} : {one.get_kind_display()}{who}")
        if one.kind == Occupation.Kind.HOLD:
            event.add("status", "TENTATIVE")
        calendar.add_component(event)
    return calendar.to_ical()


def _person(person, day: dt.date) -> bytes:
    calendar = _calendar("mes stages et ma chambre")
    beds = Occupation.objects.standing().filter(
        request__person=person, period__endswith__gt=day - KEPT
    )
    for one in beds.select_related("room__dwelling__commune").order_by("period"):
        calendar.add_component(_stay_of(one))
    placements = Placement.objects.kept().of(person)
    placements = placements.filter(period__endswith__gt=day - KEPT)
    for one in placements.select_related("site", "commune").order_by("period"):
        event = _days(f"stage-{one.pk}", one.period, one.created_at)
        where = one.site.name if one.site else one.place_name
        event.add("summary", f"Stage : {one.get_kind_display()}")
        event.add("location", ", ".join(filter(None, [where, one.commune.name])))
        calendar.add_component(event)
    return calendar.to_ical()


def _stay_of(occupation: Occupation) -> Event:
    """A bed as the person it is kept for reads it, with its address."""
    home = occupation.room.dwelling
    event = _days(
        f"occupation-{occupation.pk}", occupation.period, occupation.created_at
    )
    held = occupation.kind == Occupation.Kind.HOLD
    event.add("summary", f"{'Option : ' * held}{occupation.room.name}, {home.name}")
    event.add("location", f"{home.address}, {home.commune.name}")
    event.add("status", "TENTATIVE" if held else "CONFIRMED")
    return event


def _days(uid: str, period, at: dt.datetime) -> Event:
    """Whole days; the end of both a period and an event is not part of it."""
    event = Event()
    event.add("uid", f"{uid}@{domain()}")
    event.add("dtstamp", at.astimezone(dt.UTC))
    event.add("last-modified", timezone.now().astimezone(dt.UTC))
    event.add("dtstart", period.lower)
    event.add("dtend", period.upper)
    event.add("transp", "TRANSPARENT")
    return event


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Bienvenue Docteur//logements//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Bienvenue Docteur, {name}")
    return calendar
