import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .dwellings import Room
from .occupations import Occupation
from .requests import HousingRequest


class MoveQuestionQuerySet(models.QuerySet):
    def asked(self):
        """Those that still wait for an answer."""
        return self.filter(state=MoveQuestion.State.ASKED)

    def about(self, occupation: Occupation):
        """Those that end with it: put to whoever has it, or for whom they stay on."""
        return self.filter(Q(occupation=occupation) | Q(request=occupation.request_id))


class MoveQuestion(models.Model):
    """Whoever is expected next in a bed is asked to let somebody stay there longer.

    They are offered another room for the same days or, where there is none, to come
    later. Nobody is moved without their yes.
    """

    class State(models.TextChoices):
        ASKED = "asked", "posée"
        ACCEPTED = "accepted", "acceptée"
        REFUSED = "refused", "refusée"
        DROPPED = "dropped", "sans objet"

    request = models.ForeignKey(
        HousingRequest,
        models.CASCADE,
        related_name="move_questions",
        verbose_name="demande de prolongation",
    )
    until = models.DateField("voudrait rester jusqu'au")
    occupation = models.ForeignKey(
        Occupation,
        models.CASCADE,
        related_name="move_questions",
        verbose_name="occupation suivante",
    )
    # The room offered instead; None: the same one, from `arrival`.
    room = models.ForeignKey(
        Room,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="autre chambre proposée",
    )
    arrival = models.DateField("nouvelle arrivée proposée", null=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField("posée le", default=timezone.now)
    answered_at = models.DateTimeField("close le", null=True)

    objects = MoveQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "question à l'occupant suivant"
        verbose_name_plural = "questions aux occupants suivants"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(state="asked"),
                name="internships_one_question_for_a_stay",
            ),
            models.UniqueConstraint(
                fields=["occupation"],
                condition=Q(state="asked"),
                name="internships_one_question_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at=None)
                | (~Q(state="asked") & Q(answered_at__isnull=False)),
                name="internships_answered_question_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(room=None, arrival__isnull=False)
                | Q(room__isnull=False, arrival=None),
                name="internships_question_offers_one_way",
            ),
        ]

    def __str__(self):
        return f"Question du {timezone.localtime(self.asked_at):%d/%m/%Y}"

    def close(self, state: str, now: dt.datetime) -> None:
        if self.state != self.State.ASKED:
            raise ValidationError("Cette question n'est plus posée.", code="gone")
        self.state, self.answered_at = state, now
        self.save(update_fields=["state", "answered_at"])

    close.alters_data = True
