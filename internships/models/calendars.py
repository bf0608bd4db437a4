import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone


def new_token() -> str:
    return secrets.token_urlsafe(24)


class CalendarFeed(models.Model):
    """The private address of a calendar: of a dwelling, or of a person's own days.

    The address is shown again to its owner, who pastes it in a telephone: it is kept
    as it is, opens nothing but days, and a new one takes its place at once.
    """

    token = models.CharField(
        "adresse", max_length=40, unique=True, default=new_token, editable=False
    )
    dwelling = models.OneToOneField(
        "internships.Dwelling",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="calendar",
        verbose_name="logement",
    )
    person = models.OneToOneField(
        "accounts.Person",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="calendar",
        verbose_name="personne",
    )
    created_at = models.DateTimeField("ouvert le", default=timezone.now, editable=False)

    objects = models.Manager()

    class Meta:
        verbose_name = "calendrier"
        constraints = [
            models.CheckConstraint(
                condition=Q(dwelling=None, person__isnull=False)
                | Q(dwelling__isnull=False, person=None),
                name="internships_calendar_is_of_one",
            ),
        ]

    def __str__(self):
        return f"Calendrier, {self.dwelling or self.person}"

    def get_absolute_url(self):
        return reverse("internships:calendar-feed", args=[self.token])

    def renew(self) -> None:
        """Another address; the former one opens nothing any more."""
        self.token, self.created_at = new_token(), timezone.now()
        self.save(update_fields=["token", "created_at"])

    renew.alters_data = True
