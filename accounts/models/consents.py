from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.people import Person


class ConsentQuerySet(models.QuerySet):
    def active(self):
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """A person agreed, in these words, to one use of their data.

    Withdrawing dates the row; agreeing again writes another one.
    """

    class Purpose(models.TextChoices):
        SHARE_PROFILE = "share-profile", "Transmettre mon profil à un partenaire"
        NEWSLETTER = "newsletter", "Recevoir les nouvelles du guichet"
        ALERTS = "alerts", "Recevoir des alertes sur les offres"
        KEEP_IN_TOUCH = "keep-in-touch", "Rester en contact pendant mes études"
        PHOTO = "photo", "Paraître sur des photos"

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="consents", verbose_name="personne"
    )
    purpose = models.CharField("usage", max_length=20, choices=Purpose)
    organisation = models.ForeignKey(
        "territory.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisme",
    )
    wording = models.TextField("texte accepté")
    given_at = models.DateTimeField("donné le", default=timezone.now)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "accord"
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "organisation"],
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="accounts_one_running_consent",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None)
                | Q(withdrawn_at__gte=models.F("given_at")),
                name="accounts_consent_withdrawn_after_given",
            ),
            models.CheckConstraint(
                condition=~Q(purpose="share-profile") | Q(organisation__isnull=False),
                name="accounts_profile_is_shared_with_someone",
            ),
        ]

    def __str__(self):
        return self.get_purpose_display()

    @property
    def is_active(self) -> bool:
        return self.withdrawn_at is None

    def withdraw(self) -> None:
        """Stop this use from now on; twice does no harm."""
        if self.withdrawn_at is None:
            self.withdrawn_at = timezone.now()
            self.save(update_fields=["withdrawn_at"])

    withdraw.alters_data = True

    @classmethod
    def combine_for_merge(cls, kept, absorbed):
        """Both rows still run: the older stays, in the words of its day."""
        first, second = sorted([kept, absorbed], key=lambda consent: consent.given_at)
        person = kept.person
        for relation in cls._meta.related_objects:
            # What was done under one of the two was done under that agreement.
            column = relation.field.name
            rows = relation.related_model._base_manager.filter(**{column: second})
            rows.update(**{column: first})
        second.delete()
        first.person = person
        first.save(update_fields=["person"])
