from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from .offers import PlacementOffer
from .semesters import Semester

# Sites a student may be interested in at a time, for one semester.
MOST = 3


class InterestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=Interest.OPEN)

    def awaiting_host(self):
        return self.filter(state=Interest.State.SENT)

    def awaiting_student(self):
        return self.filter(state=Interest.State.ACCEPTED)

    def confirmed(self):
        """Each takes a seat of its offer."""
        return self.filter(state=Interest.State.CONFIRMED)

    def of(self, person):
        return self.filter(person=person)

    def with_list_data(self):
        """All that a list or a letter reads of each."""
        return self.select_related(
            "person", "semester", "offer__site__organisation", "offer__commune"
        ).defer("offer__commune__contour")

    def received_by(self, person, day):
        """Sent to an offer of a person, or of the bodies they act for that day."""
        acting = person.memberships.on(day).values("organisation")
        return self.filter(
            Q(offer__owner=person)
            | Q(offer__organisation__in=acting)
            | Q(offer__site__organisation__in=acting)
        )


class Interest(models.Model):
    """A student would like to come: the host answers, then the student confirms.

    It assigns nothing: the university does. The mutual yes opens a placement.
    """

    class State(models.TextChoices):
        SENT = "sent", "attend la réponse du terrain"
        ACCEPTED = "accepted", "accepté, à confirmer"
        CONFIRMED = "confirmed", "confirmé"
        DECLINED = "declined", "décliné par le terrain"
        WITHDRAWN = "withdrawn", "retiré"
        RELEASED = "released", "libéré"

    OPEN = (State.SENT, State.ACCEPTED)

    offer = models.ForeignKey(
        PlacementOffer, models.PROTECT, related_name="interests", verbose_name="offre"
    )
    # The offer's, where the limit of three is counted.
    semester = models.ForeignKey(
        Semester, models.PROTECT, related_name="+", verbose_name="semestre"
    )
    person = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        related_name="placement_interests",
        verbose_name="étudiante ou étudiant",
    )
    rank = models.PositiveSmallIntegerField("vœu")
    word = models.TextField("un mot pour l'équipe", max_length=2000, blank=True)
    # In which words they agreed that the host gets their name and how to reach them.
    wording = models.TextField("accord pour le terrain")
    state = models.CharField("état", max_length=10, choices=State, default=State.SENT)
    answer = models.TextField("réponse du terrain", max_length=2000, blank=True)
    created_at = models.DateTimeField("envoyé le", default=timezone.now)
    answered_at = models.DateTimeField("répondu le", null=True)
    closed_at = models.DateTimeField("clos le", null=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = "marque d'intérêt pour un stage"
        verbose_name_plural = "marques d'intérêt pour un stage"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rank__range=(1, MOST)), name="internships_three_interests"
            ),
            models.UniqueConstraint(
                fields=["person", "semester", "rank"],
                condition=Q(state__in=["sent", "accepted"]),
                name="internships_three_interests_at_a_time",
                violation_error_message="Vous avez déjà trois terrains en vue.",
            ),
            models.UniqueConstraint(
                fields=["person", "offer"],
                condition=Q(state__in=["sent", "accepted", "confirmed"]),
                name="internships_interested_once",
                violation_error_message="Vous avez déjà signalé votre intérêt.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "accepted"], closed_at=None)
                | Q(
                    state__in=["confirmed", "declined", "withdrawn", "released"],
                    closed_at__isnull=False,
                ),
                name="internships_closed_interest_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "confirmed", "declined"])
                | Q(answered_at__isnull=False),
                name="internships_answered_interest_is_dated",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at", "id"],
                condition=Q(state="sent"),
                name="internships_interest_waiting",
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.offer}"

    def get_absolute_url(self):
        """Where its host answers."""
        return reverse("internships:interest-answer", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def get_confirm_url(self):
        """Where the student says whether they come."""
        return reverse("internships:interest-confirm", args=[self.pk])

    def accept(self, answer: str = "") -> None:
        """The host would be glad: the student says whether they come."""
        self._require(self.State.SENT)
        self.answer, self.answered_at = answer.strip(), timezone.now()
        self._move(self.State.ACCEPTED, "answer", "answered_at")

    def decline(self, answer: str = "") -> None:
        """The host cannot, this time."""
        self._require(self.State.SENT, self.State.ACCEPTED)
        self.answer, self.answered_at = answer.strip(), timezone.now()
        self._close(self.State.DECLINED, "answer", "answered_at")

    def confirm(self) -> None:
        """The student comes: the mutual yes."""
        self._require(self.State.ACCEPTED)
        self._close(self.State.CONFIRMED)

    def withdraw(self) -> None:
        """The student no longer thinks of it."""
        self._require(*self.OPEN)
        self._close(self.State.WITHDRAWN)

    def release(self) -> None:
        """Another of their wishes was confirmed, or the offer has gone."""
        self._require(*self.OPEN)
        self._close(self.State.RELEASED)

    def fall_through(self) -> None:
        """The placement it opened was cancelled: its seat is free again."""
        self._require(self.State.CONFIRMED)
        self._close(self.State.WITHDRAWN)

    for transition in (accept, decline, confirm, withdraw, release, fall_through):
        transition.alters_data = True
    del transition

    @classmethod
    def combine_for_merge(cls, kept, absorbed):
        """One person has one wish a rank, and one seat at a place."""
        person = kept.person
        wishes = cls.objects.of(person).open().filter(semester=absorbed.semester_id)
        taken = set(wishes.values_list("rank", flat=True))
        free = [rank for rank in range(1, MOST + 1) if rank not in taken]
        same_place = kept.offer_id == absorbed.offer_id
        if same_place and absorbed.state == cls.State.CONFIRMED and kept.is_open:
            kept.withdraw()
        elif absorbed.is_open and not same_place and free:
            absorbed.rank = free[0]
        else:
            absorbed.state = cls.State.WITHDRAWN
            absorbed.closed_at = timezone.now()
        absorbed.person = person
        absorbed.save(update_fields=["person", "rank", "state", "closed_at"])

    def _require(self, *states: str) -> None:
        if self.state not in states:
            raise ValidationError(
                f"Cet intérêt est déjà {self.get_state_display()}.", code="transition"
            )

    def _close(self, state: str, *fields: str) -> None:
        self.closed_at = timezone.now()
        self._move(state, "closed_at", *fields)

    def _move(self, state: str, *fields: str) -> None:
        self.state = state
        self.save(update_fields=["state", *fields])
