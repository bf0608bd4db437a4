"""Monday's letter to the desk: what could not be sent."""

from datetime import date

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from casework.models import Message
from casework.outbox import post


def send(day: date) -> int:
    """Tell each person of the desk, once a week, how many messages failed."""
    failed = Message.objects.failed()
    count = failed.count()
    if not count:
        return 0
    year, week, _ = day.isocalendar()
    place = reverse("admin:casework_message_changelist")
    facts = [
        f"{message.created_at:%d/%m/%Y} : {message.last_error}"
        for message in failed.order_by("-pk").defer("text", "html", "sealed")[:10]
    ]
    told = User.objects.desk()
    for user in told:
        post(
            f"casework.digest:{year}-{week:02}:{user.pk}",
            to=user.email,
            template="casework.failure-digest",
            context={
                "nombre": "Un courriel n'est pas parti"
                if count == 1
                else f"{count} courriels ne sont pas partis",
                "raisons": "\n".join(facts),
                "lien": f"{settings.SITE_URL}{place}?state__exact=failed",
            },
        )
    return len(told)
