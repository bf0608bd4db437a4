from datetime import date

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .attachment import AboutQuerySet


class TaskQuerySet(AboutQuerySet):
    def open(self):
        return self.filter(done_at=None)

    def owned_by(self, *users):
        """Theirs, and those nobody owns yet."""
        return self.filter(Q(owner__in=users) | Q(owner=None))

    def due_by(self, day: date):
        return self.filter(due_on__lte=day)

    def promises(self):
        return self.filter(kind=Task.Kind.PROMISE)


class Task(models.Model):
    """Something dated that somebody of the desk has to do."""

    class Kind(models.TextChoices):
        TODO = "todo", "tâche"
        PROMISE = "promise", "promesse"

    # For what: the same key never adds it twice.
    key = models.CharField(max_length=100, null=True, unique=True, editable=False)
    title = models.CharField("à faire", max_length=200)
    kind = models.CharField("nature", max_length=20, choices=Kind, default=Kind.TODO)
    due_on = models.DateField("pour le")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name="par",
    )
    content_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    subject = GenericForeignKey()
    created_at = models.DateTimeField("notée le", default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="notée par",
    )
    done_at = models.DateTimeField("faite le", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="faite par",
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "tâche"
        verbose_name_plural = "tâches"
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(done_at=None),
                name="casework_open_tasks_by_date",
            ),
            models.Index(
                fields=["content_type", "object_id"],
                name="casework_tasks_of_a_subject",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="casework_a_done_task_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(content_type=None, object_id=None)
                | Q(content_type__isnull=False, object_id__isnull=False),
                name="casework_a_task_names_its_subject_whole",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def finish(self, by) -> None:
        if self.is_done:
            raise ValidationError("Cette tâche est déjà faite.")
        self.done_at = timezone.now()
        self.done_by = by
        self.save(update_fields=["done_at", "done_by"])

    def reopen(self) -> None:
        if not self.is_done:
            raise ValidationError("Cette tâche n'est pas encore faite.")
        self.done_at = self.done_by = None
        self.save(update_fields=["done_at", "done_by"])

    for transition in (finish, reopen):
        transition.alters_data = True
    del transition
