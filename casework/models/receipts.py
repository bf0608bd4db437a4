from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from .attachment import AboutQuerySet


class Counter(models.Model):
    """The last number given in a series, « BD47-2026 »."""

    series = models.CharField("série", max_length=20, unique=True)
    last = models.PositiveIntegerField("dernier numéro", default=0)

    class Meta:
        verbose_name = "compteur"

    def __str__(self):
        return f"{self.series}-{self.last:04}"


class Receipt(models.Model):
    """The electronic receipt of one submission, as it was given (R. 112-11-1 CRPA).

    The service and the remedies are copied: the desk may move, the receipt stays.
    """

    # It proves one submission, whatever that one is merged into.
    stays_with = ("subject",)

    reference = models.CharField("référence", max_length=30, unique=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    person = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        related_name="receipts",
        verbose_name="demandeur",
    )
    title = models.CharField("demande", max_length=200)
    received_at = models.DateTimeField("reçue le")
    is_financial = models.BooleanField("demande d'argent", default=False)
    implicit_refusal_on = models.DateField("réputée rejetée le", null=True, blank=True)
    service = models.CharField("service", max_length=200)
    address = models.TextField("adresse", blank=True)
    phone = models.CharField("téléphone", max_length=40, blank=True)
    email = models.EmailField("courriel", blank=True)
    text = models.TextField("texte remis")

    objects = AboutQuerySet.as_manager()

    class Meta:
        verbose_name = "accusé de réception"
        verbose_name_plural = "accusés de réception"
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                name="casework_one_receipt_a_submission",
            ),
            models.CheckConstraint(
                condition=models.Q(is_financial=True, implicit_refusal_on__isnull=False)
                | models.Q(is_financial=False, implicit_refusal_on=None),
                name="casework_implicit_refusal_only_for_money",
            ),
        ]

    def __str__(self):
        return self.reference
