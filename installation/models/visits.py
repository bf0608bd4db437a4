"""A welcome day in the territory, and its programme by the hour."""

import datetime as dt
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from phonenumber_field.modelfields import PhoneNumberField

from accounts.fields import LowercaseEmailField
from casework.days import said


class VisitState(models.TextChoices):
    PLANNED = "planned", "proposée"
    CONFIRMED = "confirmed", "confirmée"
    DONE = "done", "faite"
    CANCELLED = "cancelled", "annulée"


# Every move of a visit: what it is called, from where, to where.
VISIT_TRANSITIONS: dict[str, tuple[str, frozenset[str], str | None]] = {
    "change": (
        "changer",
        frozenset({VisitState.PLANNED, VisitState.CONFIRMED}),
        None,
    ),
    "confirm": ("confirmer", frozenset({VisitState.PLANNED}), VisitState.CONFIRMED),
    "ask_other": (
        "demander une autre date pour",
        frozenset({VisitState.PLANNED, VisitState.CONFIRMED}),
        VisitState.PLANNED,
    ),
    "finish": (
        "déclarer faite",
        frozenset({VisitState.PLANNED, VisitState.CONFIRMED}),
        VisitState.DONE,
    ),
    "cancel": (
        "annuler",
        frozenset({VisitState.PLANNED, VisitState.CONFIRMED}),
        VisitState.CANCELLED,
    ),
}
_WHERE_IT_STANDS = {
    VisitState.PLANNED: "elle est proposée",
    VisitState.CONFIRMED: "elle est déjà confirmée",
    VisitState.DONE: "elle a déjà eu lieu",
    VisitState.CANCELLED: "elle est annulée",
}


class VisitQuerySet(models.QuerySet):
    def upcoming(self):
        return self.filter(state__in=[VisitState.PLANNED, VisitState.CONFIRMED])

    def awaiting_answer(self, day: dt.date):
        """Invitations that the person has neither confirmed nor asked to move."""
        return self.filter(
            state=VisitState.PLANNED,
            sent_at__isnull=False,
            other_day_wanted="",
            day__gte=day,
        )

    def shown(self):
        """What the person sees: the invitations sent, whatever became of them."""
        return self.exclude(sent_at=None)

    def with_programme(self):
        return self.prefetch_related(
            models.Prefetch(
                "stops",
                VisitStop.objects.select_related("commune").defer("commune__contour"),
            )
        )


class Visit(models.Model):
    """One day when a person comes and sees, prepared by the desk."""

    State = VisitState

    request = models.ForeignKey(
        "installation.InstallationRequest",
        models.CASCADE,
        related_name="visits",
        verbose_name="dossier",
    )
    day = models.DateField("jour")
    family_invited = models.BooleanField("la famille est invitée", default=False)
    notes = models.TextField(
        "à savoir",
        max_length=2000,
        blank=True,
        help_text="Lu par la personne : accès, repas, ce qu'il faut apporter.",
    )
    state = models.CharField(
        "état", max_length=10, choices=VisitState, default=VisitState.PLANNED
    )
    # Calendars know the meeting by its uid, and its versions by their number.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField("version", default=0, editable=False)
    sent_at = models.DateTimeField("invitation envoyée le", null=True, blank=True)
    # Something changed since the last invitation.
    is_to_send = models.BooleanField("à envoyer", default=True, editable=False)
    other_day_wanted = models.CharField(
        "autre date demandée", max_length=300, blank=True
    )
    cancelled_because = models.CharField("raison", max_length=300, blank=True)
    created_at = models.DateTimeField("préparée le", default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="préparée par",
    )

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "visite"
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_because=""),
                name="installation_cancelled_visit_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(sent_at__isnull=False),
                name="installation_confirmed_visit_was_sent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["day"],
                condition=Q(state__in=["planned", "confirmed"]),
                name="installation_visits_to_come",
            ),
        ]

    def __str__(self):
        return f"Visite du {said(self.day)}"

    @property
    def is_upcoming(self) -> bool:
        return self.state in (VisitState.PLANNED, VisitState.CONFIRMED)

    def allows(self, verb: str) -> bool:
        return self.state in VISIT_TRANSITIONS[verb][1]

    def change(self, *, day: dt.date, family_invited: bool, notes: str) -> None:
        """Another day or other words; another day is asked for again."""
        self.require("change")
        if day != self.day:
            self.state = VisitState.PLANNED
            self.other_day_wanted = ""
        self.day, self.family_invited, self.notes = day, family_invited, notes
        self.is_to_send = True
        self.save(
            update_fields=[
                "day",
                "family_invited",
                "notes",
                "state",
                "is_to_send",
                "other_day_wanted",
            ]
        )

    def touch(self) -> None:
        """The programme changed: the invitation sent is no longer true."""
        self.require("change")
        self.is_to_send = True
        self.save(update_fields=["is_to_send"])

    def send(self) -> None:
        """One more version of the invitation."""
        self.require("change")
        if not self.stops.exists():
            raise ValidationError("Ajoutez au moins une rencontre au programme.")
        self._number()
        self.is_to_send = False
        self.save(update_fields=["sequence", "sent_at", "is_to_send"])

    def confirm(self) -> None:
        self.require("confirm")
        if self.sent_at is None:
            raise ValidationError("L'invitation n'est pas encore envoyée.")
        self.state, self.other_day_wanted = VisitState.CONFIRMED, ""
        self.save(update_fields=["state", "other_day_wanted"])

    def ask_other(self, wanted: str) -> None:
        """The person cannot come that day."""
        self.require("ask_other")
        if not wanted.strip():
            raise ValidationError("Dites quels jours vous conviennent.")
        self.state, self.other_day_wanted = VisitState.PLANNED, wanted.strip()
        self.save(update_fields=["state", "other_day_wanted"])

    def finish(self, *, today: dt.date) -> None:
        self.require("finish")
        if self.day > today:
            raise ValidationError(
                f"Cette visite est prévue le {said(self.day)} : elle n'a pas encore eu "
                "lieu."
            )
        self.state, self.is_to_send = VisitState.DONE, False
        self.save(update_fields=["state", "is_to_send"])

    def cancel(self, why: str) -> None:
        """Take it away from the calendars too, when it was sent."""
        self.require("cancel")
        if not why.strip():
            raise ValidationError("Dites pourquoi la visite est annulée.")
        self.state, self.cancelled_because = VisitState.CANCELLED, why.strip()
        self.is_to_send = False
        if self.sent_at:
            self._number()
        self.save(
            update_fields=[
                "state",
                "cancelled_because",
                "is_to_send",
                "sequence",
                "sent_at",
            ]
        )

    for transition in (change, touch, send, confirm, ask_other, finish, cancel):
        transition.alters_data = True
    del transition

    def require(self, verb: str) -> None:
        infinitive, allowed, _target = VISIT_TRANSITIONS[verb]
        if self.state not in allowed:
            raise ValidationError(
                f"On ne peut pas {infinitive} cette visite : "
                f"{_WHERE_IT_STANDS[self.state]}.",
                code="transition",
            )

    def _number(self) -> None:
        if self.sent_at:
            self.sequence += 1
        self.sent_at = timezone.now()


class VisitStop(models.Model):
    """One line of the programme: when, where, and whom to meet."""

    class Audience(models.TextChoices):
        EVERYONE = "everyone", "tout le monde"
        PROFESSIONAL = "professional", "la personne"
        FAMILY = "family", "la famille"

    visit = models.ForeignKey(
        Visit, models.CASCADE, related_name="stops", verbose_name="visite"
    )
    starts_at = models.TimeField("de")
    ends_at = models.TimeField("à")
    place = models.CharField("lieu", max_length=150)
    commune = models.ForeignKey(
        "territory.Commune",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="commune",
    )
    meets = models.CharField("rencontre", max_length=150, blank=True)
    phone = PhoneNumberField("téléphone", blank=True)
    email = LowercaseEmailField("courriel", blank=True)
    audience = models.CharField(
        "pour", max_length=12, choices=Audience, default=Audience.EVERYONE
    )
    # Who has this line in a calendar: told of each change, and of the end.
    sent_to = LowercaseEmailField("invitation envoyée à", blank=True, editable=False)

    class Meta:
        verbose_name = "rencontre d'une visite"
        verbose_name_plural = "rencontres des visites"
        ordering = ["starts_at", "ends_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="installation_stop_ends_after_it_starts",
                violation_error_message="La fin vient après le début.",
            ),
        ]

    def __str__(self):
        return f"{self.starts_at:%H:%M} {self.place}"

    @property
    def where(self) -> str:
        return ", ".join(filter(None, [self.place, str(self.commune or "")]))
