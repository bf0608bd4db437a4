from django.db import models


class NeedRuleQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True).select_related("topic")


class NeedRule(models.Model):
    """An answer of the form that creates a need: staff edit what leads to what."""

    question = models.CharField("question", max_length=40)
    answer = models.CharField("réponse", max_length=40)
    topic = models.ForeignKey(
        "territory.Topic",
        models.PROTECT,
        related_name="+",
        verbose_name="crée le besoin",
    )
    is_active = models.BooleanField("appliquée", default=True)

    objects = NeedRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "règle de besoin"
        verbose_name_plural = "règles des besoins"
        ordering = ["question", "answer", "topic__rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "answer", "topic"],
                name="installation_one_rule_an_answer_and_topic",
                violation_error_message="Cette règle existe déjà.",
            ),
        ]

    def __str__(self):
        return f"{self.question} = {self.answer} : {self.topic}"
