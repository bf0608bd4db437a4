"""The letter of the week: all that waits for a partner, in one message."""

from datetime import date, timedelta

from django.utils import timezone

from casework import workdays
from casework.models import Message
from casework.outbox import post
from installation import partner_letters, partners
from territory.models import Desk

TEMPLATE = "installation.partner-week"
REMINDERS = (
    "installation.reminder-partner",
    "installation.reminder-partner-taken",
)


def send(day: date) -> int:
    """On the desk's day, or the first working one after: one letter a partner."""
    monday = day - timedelta(days=day.weekday())
    due_on = monday + timedelta(days=Desk.objects.current().partner_letter_day)
    if day < due_on or not workdays.is_workday(day):
        return 0
    reminded = set(
        Message.objects.filter(
            template_key__in=REMINDERS, created_at__date__gte=due_on
        ).values_list("recipient", flat=True)
    )
    owed = [
        basket
        for basket in partners.baskets(day)
        if basket.to.address
        # A reminder of these days listed the same page.
        and basket.to.address not in reminded
        and _is_due(basket, due_on)
    ]
    return sum(_write(basket, day) for basket in owed)


def _is_due(basket: partners.Basket, due_on: date) -> bool:
    """Something waits since before this week's day; the rest has been told."""
    return any(timezone.localdate(one.sent_at) < due_on for one in basket.waiting)


def _write(basket: partners.Basket, day: date) -> bool:
    year, week, _ = day.isocalendar()
    organisation, address = basket.organisation, basket.to.address
    key = f"{TEMPLATE}:{year}-{week:02}:{organisation.pk}:{address}"[:200]
    if Message.objects.filter(key=key).exists():
        return False
    count = len(basket.waiting)
    post(
        key,
        to=address,
        template=TEMPLATE,
        context={
            "organisme": organisation.name,
            "nombre": f"{count} besoins vous attendent"
            if count > 1
            else "un besoin vous attend",
            "liste": partner_letters.listed(basket.referrals),
            **partner_letters.access(organisation, address),
        },
        about=organisation,
    )
    return True
