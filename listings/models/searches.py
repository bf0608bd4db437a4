from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.fields import LowercaseEmailField

# Without a date: a way to stop never ends.
SIGNER = signing.Signer(salt="listings.search")


class SavedSearchQuerySet(models.QuerySet):
    def active(self):
        return self.filter(state=SavedSearch.State.ACTIVE)

    def of(self, person):
        return self.filter(person=person)


class SavedSearch(models.Model):
    """What somebody looks for in a list, and how often they are told of what is new.

    A visitor gives an address alone and confirms it from there; a person with an
    account is told at the address of the account.
    """

    class State(models.TextChoices):
        PENDING = "pending", "à confirmer"
        ACTIVE = "active", "en cours"
        STOPPED = "stopped", "arrêtée"

    class Frequency(models.TextChoices):
        DAILY = "daily", "chaque jour où il y a du nouveau"
        WEEKLY = "weekly", "chaque lundi"

    list_key = models.CharField("liste", max_length=60)
    criteria = models.JSONField("critères", default=dict, blank=True)
    frequency = models.CharField(
        "rythme", max_length=10, choices=Frequency, default=Frequency.DAILY
    )
    state = models.CharField(
        "état", max_length=10, choices=State, default=State.PENDING
    )
    person = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="saved_searches",
        verbose_name="personne",
    )
    email = LowercaseEmailField("courriel", blank=True)
    wording = models.TextField("texte accepté")
    created_at = models.DateTimeField("enregistrée le", default=timezone.now)
    confirmed_at = models.DateTimeField("confirmée le", null=True, blank=True)
    stopped_at = models.DateTimeField("arrêtée le", null=True, blank=True)
    # What was published later has not been told yet.
    seen_until = models.DateTimeField("à jour au", default=timezone.now)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = "recherche enregistrée"
        verbose_name_plural = "recherches enregistrées"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, email="")
                | (Q(person=None) & ~Q(email=""))
                | Q(person=None, email="", state="stopped"),
                name="listings_search_is_somebody_s",
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(confirmed_at__isnull=False),
                name="listings_search_is_confirmed_before_it_writes",
            ),
            models.CheckConstraint(
                condition=Q(state="stopped", stopped_at__isnull=False)
                | Q(~Q(state="stopped"), stopped_at=None),
                name="listings_stopped_search_is_dated",
            ),
            models.UniqueConstraint(
                fields=["list_key", "criteria", "person", "email"],
                condition=~Q(state="stopped"),
                nulls_distinct=False,
                name="listings_one_search_of_a_kind",
                violation_error_message="Cette recherche est déjà enregistrée.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["frequency", "id"],
                condition=Q(state="active"),
                name="listings_searches_to_run",
            )
        ]

    def __str__(self):
        return f"Recherche {self.pk}"

    def get_absolute_url(self):
        """Its own page, where it is stopped: the address can do nothing else."""
        return reverse("listings:alert", args=[SIGNER.sign_object(self.pk)])

    @classmethod
    def from_token(cls, token: str) -> "SavedSearch | None":
        try:
            key = SIGNER.unsign_object(token)
        except signing.BadSignature:
            return None
        return cls.objects.filter(pk=key).select_related("person").first()

    @property
    def address(self) -> str:
        return self.person.email if self.person else self.email

    def confirm(self) -> None:
        """The address is theirs: from now on it is written to."""
        if self.state == self.State.STOPPED:
            raise ValidationError(
                "Cette alerte est arrêtée. Enregistrez-la de nouveau."
            )
        if self.state == self.State.PENDING:
            self.state = self.State.ACTIVE
            self.confirmed_at = self.seen_until = timezone.now()
            self.save(update_fields=["state", "confirmed_at", "seen_until"])

    def stop(self) -> None:
        """Nothing more is sent; twice does no harm."""
        if self.state != self.State.STOPPED:
            self.state = self.State.STOPPED
            self.stopped_at = timezone.now()
            # Nothing is written there any more: nothing keeps the address.
            self.email = ""
            self.save(update_fields=["state", "stopped_at", "email"])

    for transition in (confirm, stop):
        transition.alters_data = True
    del transition

    @classmethod
    def combine_for_merge(cls, kept, absorbed):
        """Both look for the same thing: one alert is enough."""
        absorbed.delete()
