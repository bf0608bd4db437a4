from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone


class SharingQuestionQuerySet(models.QuerySet):
    def pending(self):
        return self.filter(answered_at=None)


class SharingQuestion(models.Model):
    """The desk asks the person: may this partner be told of this need? (R-50)

    What the desk wanted to send waits here, and leaves as soon as the person agrees.
    """

    need = models.ForeignKey(
        "installation.Need",
        models.CASCADE,
        related_name="sharing_questions",
        verbose_name="besoin",
    )
    organisation = models.ForeignKey(
        "territory.Organisation",
        models.PROTECT,
        related_name="+",
        verbose_name="partenaire",
    )
    contact = models.ForeignKey(
        "territory.Contact",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="contact",
    )
    message = models.TextField("mot du guichet", max_length=2000, blank=True)
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="demandé par",
    )
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    agreed = models.BooleanField("accepté", null=True, blank=True)

    objects = SharingQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "accord demandé"
        verbose_name_plural = "accords demandés"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "organisation"],
                condition=Q(answered_at=None),
                name="installation_one_pending_sharing_question",
                violation_error_message="Cet accord est déjà demandé.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, agreed=None)
                | Q(answered_at__isnull=False, agreed__isnull=False),
                name="installation_sharing_answer_is_dated",
            ),
        ]

    def __str__(self):
        return f"{self.need} : {self.organisation}"

    def answer(self, *, agreed: bool) -> None:
        """The person says yes or no, once."""
        if self.answered_at is not None:
            raise ValidationError("Vous avez déjà répondu à cette question.")
        self.answered_at, self.agreed = timezone.now(), agreed
        self.save(update_fields=["answered_at", "agreed"])

    answer.alters_data = True
