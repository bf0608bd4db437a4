"""The plan of action of a dossier: the steps of the journey, with their dates."""

import datetime as dt

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from installation import planning
from territory.models import Topic


class StepOwner(models.TextChoices):
    """Who does a step."""

    DOCTOR = "doctor", "la personne"
    DESK = "desk", "le guichet"
    PARTNER = "partner", "un partenaire"


class StepFields(models.Model):
    """What a step says, in the template as in a plan."""

    title = models.CharField("étape", max_length=150)
    help = models.CharField("comment faire", max_length=600, blank=True)
    owner = models.CharField(
        "par", max_length=10, choices=StepOwner, default=StepOwner.DOCTOR
    )
    track = models.CharField(
        "projet",
        max_length=20,
        choices=Topic.Track,
        default=Topic.Track.PROFESSIONAL,
    )
    offset_days = models.SmallIntegerField(
        "jours",
        default=0,
        help_text="À partir du premier jour prévu ; avec un moins, avant lui.",
    )
    proof = models.CharField("preuve attendue", max_length=150, blank=True)
    link = models.URLField("lien officiel", blank=True)
    is_blocking = models.BooleanField(
        "bloquante",
        default=False,
        help_text="Les étapes suivantes du même projet attendent qu'elle soit faite.",
    )
    rank = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        abstract = True


class PlanTemplateStepQuerySet(models.QuerySet):
    def for_kind(self, kind: str):
        """The steps that a plan of this kind of request starts with."""
        return self.filter(is_active=True, kinds__contains=[kind])


class PlanTemplateStep(StepFields):
    """A step of the journey as the desk proposes it; a plan keeps its own copy."""

    # What the portal proposed first; a step added by staff has none.
    code = models.SlugField(max_length=40, null=True, unique=True, editable=False)
    kinds = ArrayField(
        models.CharField(max_length=30),
        verbose_name="demandes concernées",
        default=list,
    )
    is_active = models.BooleanField("proposée", default=True)

    objects = PlanTemplateStepQuerySet.as_manager()

    class Meta:
        verbose_name = "étape type"
        verbose_name_plural = "étapes types"
        ordering = ["rank", "pk"]

    def __str__(self):
        return self.title


class Plan(models.Model):
    """The way to the first day of practice, one for each dossier."""

    request = models.OneToOneField(
        "installation.InstallationRequest",
        models.CASCADE,
        related_name="action_plan",
        verbose_name="dossier",
    )
    planned_on = models.DateField("premier jour prévu")
    opened_at = models.DateTimeField("ouvert le", default=timezone.now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="ouvert par",
    )

    class Meta:
        verbose_name = "plan d'action"
        verbose_name_plural = "plans d'action"

    def __str__(self):
        return f"Plan de {self.request}"

    def move(self, planned_on: dt.date, *, today: dt.date) -> int:
        """Set another first day; what is not done moves with it. How many moved."""
        self.planned_on = planned_on
        self.save(update_fields=["planned_on"])
        steps = list(self.steps.remaining())
        days = planning.moved(steps, planned_on, today=today)
        for step in steps:
            step.due_on = days[step.pk]
        Step.objects.bulk_update(steps, ["due_on"])
        return len(steps)

    move.alters_data = True

    @classmethod
    def combine_for_merge(cls, kept, absorbed):
        """Two dossiers become one: a step they share is kept done, others are added."""
        known = {step.title: step for step in kept.steps.all()}
        for step in absorbed.steps.all():
            same = known.get(step.title)
            if same is not None and (same.done_at or not step.done_at):
                continue
            if same is not None:
                same.delete()
            step.plan = kept
            step.save(update_fields=["plan"])
        absorbed.delete()


class StepQuerySet(models.QuerySet):
    def kept(self):
        return self.filter(dropped_at=None)

    def remaining(self):
        """To be done still."""
        return self.kept().filter(done_at=None)

    def of_running_dossiers(self):
        """A dossier on pause or closed asks for nothing."""
        return self.filter(plan__request__state__in=["submitted", "in_support"])

    def late(self, day: dt.date):
        return self.remaining().filter(due_on__lt=day)

    def with_list_data(self):
        return self.select_related("done_by__person", "attachment__document")


class Step(StepFields):
    """One row of a dossier's plan: who does what, and by which day."""

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="steps", verbose_name="plan"
    )
    # The planned day and the offset; kept beside them for lists and reminders.
    due_on = models.DateField("pour le")
    done_at = models.DateTimeField("faite le", null=True, blank=True)
    # None: the person ticked it from a link, without an account.
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="faite par",
    )
    proof_note = models.CharField("précision", max_length=300, blank=True)
    attachment = models.ForeignKey(
        "installation.Attachment",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="justificatif",
    )
    dropped_at = models.DateTimeField("abandonnée le", null=True, blank=True)
    dropped_because = models.CharField("raison", max_length=300, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = "étape"
        ordering = ["rank", "due_on", "pk"]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(done_at=None, dropped_at=None),
                name="installation_steps_due",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(dropped_at=None),
                name="installation_step_is_done_or_dropped",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None, dropped_because="")
                | Q(dropped_at__isnull=False) & ~Q(dropped_because=""),
                name="installation_dropped_step_says_why",
            ),
            models.CheckConstraint(
                condition=Q(done_by=None) | Q(done_at__isnull=False),
                name="installation_done_step_is_dated",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @property
    def is_dropped(self) -> bool:
        return self.dropped_at is not None

    @property
    def is_remaining(self) -> bool:
        return not (self.is_done or self.is_dropped)

    @property
    def is_the_person_s(self) -> bool:
        return self.owner == StepOwner.DOCTOR

    def is_late(self, day: dt.date) -> bool:
        return self.is_remaining and self.due_on < day

    def finish(self, *, by, note: str = "") -> None:
        """It is done, unless a blocking one before it is not."""
        if self.is_dropped:
            raise ValidationError("Cette étape est abandonnée : reprenez-la d'abord.")
        if self.is_done:
            raise ValidationError("Cette étape est déjà faite.")
        if blocker := planning.blocker(self.plan.steps.all(), self):
            raise ValidationError(planning.why_stopped(blocker), code="blocked")
        self.done_at, self.done_by = timezone.now(), by
        self.proof_note = note.strip()
        self.save(update_fields=["done_at", "done_by", "proof_note"])

    def undo(self, *, today: dt.date) -> None:
        """Not done after all: its day follows the plan again."""
        if not self.is_done:
            raise ValidationError("Cette étape n'est pas faite.")
        self.done_at = self.done_by = None
        self._follow_plan(today, "done_at", "done_by")

    def drop(self, why: str) -> None:
        if not self.is_remaining:
            raise ValidationError("Cette étape est déjà faite ou abandonnée.")
        if not why.strip():
            raise ValidationError("Dites pourquoi cette étape est abandonnée.")
        self.dropped_at, self.dropped_because = timezone.now(), why.strip()
        self.save(update_fields=["dropped_at", "dropped_because"])

    def restore(self, *, today: dt.date) -> None:
        if not self.is_dropped:
            raise ValidationError("Cette étape n'est pas abandonnée.")
        self.dropped_at, self.dropped_because = None, ""
        self._follow_plan(today, "dropped_at", "dropped_because")

    def _follow_plan(self, today: dt.date, *fields: str) -> None:
        planned_on = self.plan.planned_on
        self.due_on = planning.due_on(planned_on, self.offset_days, today=today)
        self.save(update_fields=["due_on", *fields])

    for transition in (finish, undo, drop, restore):
        transition.alters_data = True
    del transition
