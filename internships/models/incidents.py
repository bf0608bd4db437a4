import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from .dwellings import Dwelling, Room

MOST_PHOTOS = 5
REOPEN_DAYS = 14


class IncidentQuerySet(models.QuerySet):
    def of(self, person):
        return self.filter(reporter=person)

    def managed_by(self, person, day: dt.date):
        """Those of the dwellings of the bodies a person acts for that day."""
        acting = person.memberships.acting(day).values("organisation")
        return self.filter(dwelling__owner__in=acting)

    def open(self):
        return self.exclude(state=Incident.State.CLOSED)

    def older_than(self, days: int, day: dt.date):
        limit = day - dt.timedelta(days=days)
        return self.open().filter(reported_at__date__lt=limit)

    def in_queue_order(self):
        """Dangers first, then the oldest."""
        weight = Case(
            When(state=Incident.State.CLOSED, then=Value(9)),
            When(urgency=Incident.Urgency.DANGER, then=Value(0)),
            When(urgency=Incident.Urgency.SOON, then=Value(1)),
            default=Value(2),
        )
        return self.order_by(weight, "reported_at", "pk")

    def with_list_data(self):
        return self.select_related(
            "dwelling__commune", "dwelling__owner", "room", "reporter", "assigned_to"
        ).defer("dwelling__commune__contour")


class Incident(models.Model):
    """Something broken or missing in a dwelling, told by who lives there."""

    class Urgency(models.TextChoices):
        DANGER = "danger", "danger, ou la chambre n'est plus habitable"
        SOON = "soon", "à réparer dans les jours qui viennent"
        LATER = "later", "quand ce sera possible"

    class State(models.TextChoices):
        OPEN = "open", "signalé"
        IN_PROGRESS = "in_progress", "pris en charge"
        CLOSED = "closed", "clos"

    dwelling = models.ForeignKey(
        Dwelling, models.PROTECT, related_name="incidents", verbose_name="logement"
    )
    # None: it is about what everybody shares.
    room = models.ForeignKey(
        Room,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
        verbose_name="chambre",
    )
    reporter = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        related_name="housing_incidents",
        verbose_name="signalé par",
    )
    title = models.CharField("en quelques mots", max_length=100)
    description = models.TextField("ce qui se passe", max_length=3000)
    urgency = models.CharField(
        "urgence", max_length=10, choices=Urgency, default=Urgency.SOON
    )
    state = models.CharField("état", max_length=12, choices=State, default=State.OPEN)
    assigned_to = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="suivi par",
    )
    reported_at = models.DateTimeField("signalé le", default=timezone.now)
    closed_at = models.DateTimeField("clos le", null=True, editable=False)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = "incident"
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
                name="internships_closed_incident_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_progress") | Q(assigned_to__isnull=False),
                name="internships_incident_in_hand_is_somebody_s",
            ),
        ]
        indexes = [
            models.Index(
                fields=["reported_at"],
                condition=~Q(state="closed"),
                name="internships_incident_open",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.room or self.dwelling.name}"

    def get_absolute_url(self):
        return reverse("internships:incident-detail", args=[self.pk])

    @property
    def where(self) -> str:
        return str(self.room) if self.room_id else self.dwelling.name

    @property
    def is_open(self) -> bool:
        return self.state != self.State.CLOSED

    def may_reopen(self, day: dt.date) -> bool:
        """The occupant says that it is not repaired, soon enough."""
        if self.is_open:
            return False
        closed_on = timezone.localdate(self.closed_at)
        return day <= closed_on + dt.timedelta(days=REOPEN_DAYS)

    def assign(self, person) -> None:
        """Somebody of the owner's takes care of it."""
        self._require_open()
        self.assigned_to, self.state = person, self.State.IN_PROGRESS
        self.save(update_fields=["assigned_to", "state"])

    def close(self) -> None:
        self._require_open()
        self.state, self.closed_at = self.State.CLOSED, timezone.now()
        self.save(update_fields=["state", "closed_at"])

    def reopen(self, day: dt.date) -> None:
        if not self.may_reopen(day):
            raise ValidationError(
                f"Un incident se rouvre dans les {REOPEN_DAYS} jours qui suivent sa "
                "clôture. Signalez-le de nouveau.",
                code="transition",
            )
        self.state = self.State.IN_PROGRESS if self.assigned_to_id else self.State.OPEN
        self.closed_at = None
        self.save(update_fields=["state", "closed_at"])

    assign.alters_data = close.alters_data = reopen.alters_data = True

    def _require_open(self) -> None:
        if not self.is_open:
            raise ValidationError("Cet incident est clos.", code="transition")


class IncidentMessage(models.Model):
    """What was written about an incident, by whom it concerns."""

    class Side(models.TextChoices):
        OCCUPANT = "occupant", "occupant"
        OWNER = "owner", "propriétaire"
        DESK = "desk", "guichet"

    incident = models.ForeignKey(
        Incident, models.PROTECT, related_name="messages", verbose_name="incident"
    )
    side = models.CharField("de", max_length=10, choices=Side)
    author = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        related_name="+",
        verbose_name="auteur",
    )
    body = models.TextField("message", max_length=3000)
    created_at = models.DateTimeField("écrit le", default=timezone.now)

    objects = models.Manager()

    class Meta:
        verbose_name = "message sur un incident"
        verbose_name_plural = "messages sur un incident"
        ordering = ["created_at", "pk"]

    def __str__(self):
        return f"Message du {timezone.localtime(self.created_at):%d/%m/%Y}"


class IncidentPhoto(models.Model):
    """A picture of what is broken, sent with the report."""

    incident = models.ForeignKey(
        Incident, models.PROTECT, related_name="photos", verbose_name="incident"
    )
    document = models.OneToOneField(
        "documents.Document", models.PROTECT, related_name="+", verbose_name="image"
    )

    objects = models.Manager()

    class Meta:
        verbose_name = "photo d'un incident"
        verbose_name_plural = "photos d'un incident"
        ordering = ["pk"]

    def __str__(self):
        return f"Photo, {self.incident.title}"
