from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from installation.models.referrals import Referral
from installation.models.requests import InstallationRequest
from territory.models import Topic


class NeedQuerySet(models.QuerySet):
    def kept(self):
        """Those still asked: neither dropped nor merged into another."""
        return self.filter(dropped_at=None, merged_into=None)

    def family(self):
        return self.filter(topic__track=Topic.Track.FAMILY)

    def professional(self):
        return self.filter(topic__track=Topic.Track.PROFESSIONAL)

    def with_referrals(self):
        """What tells where a need stands, without a query per line."""
        return self.select_related("topic").prefetch_related("referrals__organisation")


class Need(models.Model):
    """One thing a person who settles, or their family, needs help with."""

    class Source(models.TextChoices):
        ANSWERS = "answers", "ses réponses"
        PERSON = "person", "la personne"
        DESK = "desk", "le guichet"

    class State(models.TextChoices):
        TO_REFER = "to_refer", "à orienter"
        SENT = "sent", "transmis"
        TAKEN = "taken", "pris en charge"
        HELPED = "helped", "aide apportée"
        NO_HELP = "no_help", "aucune aide n'existe"
        UNREACHABLE = "unreachable", "personne injoignable"
        DROPPED = "dropped", "abandonné"
        MERGED = "merged", "réuni à un autre"

    request = models.ForeignKey(
        InstallationRequest,
        models.CASCADE,
        related_name="needs",
        verbose_name="demande",
    )
    topic = models.ForeignKey(
        Topic, models.PROTECT, related_name="+", verbose_name="sujet"
    )
    details = models.TextField("précisions", max_length=2000, blank=True)
    source = models.CharField("vient de", max_length=10, choices=Source)
    created_at = models.DateTimeField("noté le", default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="noté par",
    )
    dropped_at = models.DateTimeField("abandonné le", null=True, blank=True)
    dropped_reason = models.CharField("motif", max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="absorbed",
        verbose_name="réuni à",
    )

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = "besoin"
        ordering = ["topic__rank", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dropped_at=None, dropped_reason="")
                | (Q(dropped_at__isnull=False) & ~Q(dropped_reason="")),
                name="installation_dropped_need_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("id")),
                name="installation_need_is_not_merged_into_itself",
            ),
        ]

    def __str__(self):
        return self.topic.name

    @property
    def is_kept(self) -> bool:
        return self.dropped_at is None and self.merged_into_id is None

    @property
    def state(self) -> str:
        """Derived from the referrals, never typed."""
        if self.merged_into_id is not None:
            return self.State.MERGED
        if self.dropped_at is not None:
            return self.State.DROPPED
        return state_after(referral.state for referral in self.referrals.all())

    @property
    def state_label(self) -> str:
        return str(self.State(self.state).label)

    def drop(self, reason: str) -> None:
        """Nobody looks for it any more, and why."""
        self.require_kept()
        if not reason.strip():
            raise ValidationError("Dites pourquoi ce besoin est abandonné.")
        self.dropped_at, self.dropped_reason = timezone.now(), reason.strip()
        self.save(update_fields=["dropped_at", "dropped_reason"])

    def restore(self) -> None:
        """Ask for it again."""
        if self.dropped_at is None:
            raise ValidationError("Ce besoin n'est pas abandonné.")
        self.dropped_at, self.dropped_reason = None, ""
        self.save(update_fields=["dropped_at", "dropped_reason"])

    def merge_into(self, kept: "Need") -> None:
        """The same thing was asked twice: follow the other row."""
        self.require_kept()
        kept.require_kept()
        if kept.pk == self.pk or kept.request_id != self.request_id:
            raise ValidationError("Choisissez un autre besoin du même dossier.")
        self.merged_into = kept
        self.save(update_fields=["merged_into"])

    for transition in (drop, restore, merge_into):
        transition.alters_data = True
    del transition

    def require_kept(self) -> None:
        if not self.is_kept:
            raise ValidationError(f"Ce besoin est {self.state_label}.")


def state_after(referrals) -> str:
    """Where a need stands, from the states of its referrals.

    Help that came is the end, whoever else tried; otherwise whoever is still at
    work counts, then the latest kind of failure that is an answer.
    """
    states = set(referrals)
    order = (
        (Referral.State.HELPED, Need.State.HELPED),
        (Referral.State.TAKEN, Need.State.TAKEN),
        (Referral.State.SENT, Need.State.SENT),
        (Referral.State.UNREACHABLE, Need.State.UNREACHABLE),
        (Referral.State.NO_HELP, Need.State.NO_HELP),
    )
    for referral_state, need_state in order:
        if referral_state in states:
            return need_state
    return Need.State.TO_REFER
