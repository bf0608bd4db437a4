import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from .dwellings import Dwelling
from .placements import Placement


class HousingRequestQuerySet(models.QuerySet):
    def waiting(self):
        """Nothing is kept for them yet."""
        return self.filter(state=HousingRequest.State.WAITING)

    def set_aside(self):
        """Those that wait, and let too many options expire to be offered another."""
        return self.waiting().filter(options_expired__gte=HousingRequest.SILENCES)

    def of(self, person):
        return self.filter(person=person)


class HousingRequest(models.Model):
    """Somebody asks for a bed, from a day to another; no dwelling: whatever is free."""

    class State(models.TextChoices):
        WAITING = "waiting", "en attente d'une chambre"
        HELD = "held", "une option à confirmer"
        HOUSED = "housed", "une chambre confirmée"
        REFUSED = "refused", "sans suite"
        WITHDRAWN = "withdrawn", "retirée"
        OVER = "over", "terminée"

    OPEN = (State.WAITING, State.HELD)
    LIVE = (*OPEN, State.HOUSED)
    # Beyond so many options without an answer, somebody else is offered the beds.
    SILENCES = 2

    reference = models.CharField("référence", max_length=24, blank=True, editable=False)
    person = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        related_name="housing_requests",
        verbose_name="personne",
    )
    placement = models.ForeignKey(
        Placement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="housing_requests",
        verbose_name="stage",
    )
    purpose = models.CharField("sans stage : pourquoi", max_length=200, blank=True)
    period = DateRangeField("période")
    dwellings = models.ManyToManyField(
        Dwelling,
        blank=True,
        related_name="requests",
        verbose_name="logements souhaités",
        help_text="Aucun : ce qui se libère.",
    )
    for_two = models.BooleanField("en couple", default=False)
    children = models.PositiveSmallIntegerField("enfants", default=0)
    has_car = models.BooleanField("a une voiture", default=False)
    has_animal = models.BooleanField("vient avec un animal", default=False)
    needs_accessible = models.BooleanField(
        "a besoin d'un logement accessible", default=False
    )
    # They would stay longer, and somebody else is expected: the desk looks for a way.
    stay_until = models.DateField(
        "voudrait rester jusqu'au", null=True, blank=True, editable=False
    )
    # In a row, without a word: after two, beds are no longer offered by themselves.
    options_expired = models.PositiveSmallIntegerField(
        "options laissées expirer", default=0, editable=False
    )
    word = models.TextField("précisions", max_length=2000, blank=True)
    # the lent bed instead of the CHU's indemnity, as it was accepted: blank
    # until they tick it, at the latest when they confirm a bed.
    wording = models.TextField("non-cumul accepté", blank=True)
    state = models.CharField(
        "état", max_length=10, choices=State, default=State.WAITING
    )
    refusal = models.TextField("motif", max_length=1000, blank=True)
    created_at = models.DateTimeField("demandée le", default=timezone.now)
    closed_at = models.DateTimeField("close le", null=True, editable=False)

    objects = HousingRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande de logement"
        verbose_name_plural = "demandes de logement"
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    period__isempty=False,
                    period__startswith__isnull=False,
                    period__endswith__isnull=False,
                ),
                name="internships_request_has_both_ends",
                violation_error_message="Indiquez le jour d'arrivée et de départ.",
            ),
            ExclusionConstraint(
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=["waiting", "held", "housed"]),
                name="internships_one_request_at_a_time",
                violation_error_message="Vous avez déjà une demande pour ces dates.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "held", "housed"], closed_at=None)
                | Q(
                    state__in=["refused", "withdrawn", "over"], closed_at__isnull=False
                ),
                name="internships_closed_request_is_dated",
            ),
            models.UniqueConstraint(
                fields=["reference"],
                condition=~Q(reference=""),
                name="internships_request_reference_is_unique",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refusal=""),
                name="internships_refused_request_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at", "id"],
                condition=Q(state="waiting"),
                name="internships_request_waiting",
            ),
        ]

    def __str__(self):
        return f"Chambre pour {self.person}"

    def get_absolute_url(self):
        return reverse("internships:housing-detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def nights(self) -> int:
        return (self.period.upper - self.period.lower).days

    @property
    def last_on(self) -> dt.date:
        """The day they leave."""
        return self.period.upper

    def set_period(self, period) -> None:
        """Other days; a longer stay that was asked for is settled with them."""
        if not (self.is_open or self.state == self.State.HOUSED):
            raise ValidationError("Cette demande est close.", code="transition")
        self.period, self.stay_until = period, None
        self.save(update_fields=["period", "stay_until"])

    def ask_to_stay(self, until: dt.date | None) -> None:
        if self.state != self.State.HOUSED:
            raise ValidationError("Aucune chambre n'est confirmée.", code="transition")
        self.stay_until = until
        self.save(update_fields=["stay_until"])

    def accept(self, wording: str) -> None:
        """What does not add up is accepted, in the words that were shown; once."""
        if self.wording:
            return
        if not wording.strip():
            raise ValidationError(
                "Avant de confirmer, acceptez ce qui ne se cumule pas avec une chambre "
                "prêtée.",
                code="wording",
            )
        self.wording = wording
        self.save(update_fields=["wording"])

    def hold(self) -> None:
        """A bed is kept for them, until they confirm."""
        self._move(self.State.HELD, self.State.WAITING)

    def house(self) -> None:
        self._move(self.State.HOUSED, self.State.HELD, self.State.WAITING)

    def wait(self) -> None:
        """Their bed went: they wait again, at the place their score gives."""
        self._move(self.State.WAITING, self.State.HELD, self.State.HOUSED)

    def let_expire(self) -> None:
        """Their option went without a word from them."""
        self.options_expired += 1
        self.save(update_fields=["options_expired"])
        self.wait()

    def answer(self) -> None:
        """They are there: beds are offered to them again."""
        if self.options_expired:
            self.options_expired = 0
            self.save(update_fields=["options_expired"])

    @property
    def is_set_aside(self) -> bool:
        """They wait, but no bed is offered to them by itself."""
        is_waiting = self.state == self.State.WAITING
        return is_waiting and self.options_expired >= self.SILENCES

    def refuse(self, reason: str) -> None:
        if not reason.strip():
            raise ValidationError("Dites pourquoi : la personne le lira.")
        self.refusal = reason.strip()
        self._close(self.State.REFUSED, *self.OPEN)

    def withdraw(self) -> None:
        self._close(self.State.WITHDRAWN, *self.OPEN, self.State.HOUSED)

    def end(self) -> None:
        """The stay is over."""
        self._close(self.State.OVER, self.State.HOUSED)

    for transition in (
        set_period,
        ask_to_stay,
        accept,
        hold,
        house,
        wait,
        let_expire,
        answer,
        refuse,
        withdraw,
        end,
    ):
        transition.alters_data = True
    del transition

    def _close(self, state: str, *allowed: str) -> None:
        self.closed_at = timezone.now()
        self._move(state, *allowed)

    def _move(self, state: str, *allowed: str) -> None:
        if self.state not in allowed:
            raise ValidationError(
                f"Cette demande est déjà : {self.get_state_display()}.",
                code="transition",
            )
        self.state = state
        self.save(update_fields=["state", "closed_at", "refusal"])
