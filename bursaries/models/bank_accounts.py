"""Where somebody is paid: one account at a time, sealed."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts import crypto
from bursaries import ibans
from bursaries.payable import FROZEN_HOURS

_SALT = "bursaries.bank-account"


def digest_of(iban: str) -> str:
    """Tells two same accounts without opening them."""
    return crypto.digest(_SALT, iban)


class BankAccountQuerySet(models.QuerySet):
    def current(self):
        return self.filter(replaced_at=None)

    def of(self, person):
        return self.filter(person=person)

    def kept(self):
        """Those that still hold an IBAN."""
        return self.filter(forgotten_at=None)

    def to_check(self):
        return self.current().filter(
            checked_at=None, refused_at=None, blocked_at=None, forgotten_at=None
        )

    def checked(self):
        return self.current().filter(checked_at__isnull=False, blocked_at=None)

    def refused(self):
        return self.filter(refused_at__isnull=False)

    def blocked(self):
        """« Ce n'est pas moi », and finances have not answered."""
        return self.current().filter(blocked_at__isnull=False, refused_at=None)

    def frozen(self, now: dt.datetime):
        return self.current().filter(
            refused_at=None, forgotten_at=None, usable_at__gt=now
        )

    def same_as(self, account: "BankAccount"):
        """The same account, given by somebody else."""
        others = self.current().kept().exclude(person=account.person_id)
        return others.filter(digest=account.digest)

    def useless_since(self, day: dt.date):
        """Refused, or replaced before anybody checked them; nobody was paid there."""
        refused = Q(refused_at__date__lte=day)
        never_used = Q(replaced_at__date__lte=day, checked_at=None)
        return self.kept().filter(refused | never_used)


class BankAccount(models.Model):
    """One account that a person gave to be paid on, as its RIB proves it."""

    person = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        related_name="bank_accounts",
        verbose_name="personne",
    )
    holder = models.CharField("titulaire", max_length=140, blank=True)
    # Sealed by accounts.crypto: a copy of the database pays nobody.
    sealed_iban = models.TextField(blank=True, editable=False)
    sealed_bic = models.TextField(blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    masked = models.CharField("compte", max_length=11, blank=True, editable=False)
    document = models.ForeignKey(
        "documents.Document", models.PROTECT, related_name="+", verbose_name="RIB"
    )
    # Where the person was written to that day: a later change is told there too.
    contact_email = models.EmailField("courriel de ce jour-là", blank=True)
    given_at = models.DateTimeField("donné le", default=timezone.now)
    given_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="donné par"
    )
    # Every account but the first waits, the time that its owner reads our e-mail.
    usable_at = models.DateTimeField("utilisable dès le", null=True, blank=True)
    checked_at = models.DateTimeField("vérifié le", null=True, blank=True)
    checked_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vérifié par",
    )
    refused_at = models.DateTimeField("refusé le", null=True, blank=True)
    refused_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="refusé par",
    )
    reason = models.CharField("motif du refus", max_length=500, blank=True)
    blocked_at = models.DateTimeField("bloqué le", null=True, blank=True)
    replaced_at = models.DateTimeField("remplacé le", null=True, blank=True)
    forgotten_at = models.DateTimeField("effacé le", null=True, blank=True)

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        verbose_name = "compte bancaire"
        verbose_name_plural = "comptes bancaires"
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(replaced_at=None),
                name="bursaries_one_bank_account_a_person",
                violation_error_message="Un compte est déjà enregistré.",
            ),
            models.CheckConstraint(
                condition=Q(checked_at=None, checked_by=None)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="bursaries_checked_account_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(refused_at=None, refused_by=None, reason="")
                | (
                    Q(refused_at__isnull=False, refused_by__isnull=False)
                    & ~Q(reason="")
                ),
                name="bursaries_refused_account_says_why",
            ),
            models.CheckConstraint(
                condition=Q(checked_at=None) | Q(refused_at=None),
                name="bursaries_account_is_checked_or_refused",
            ),
            models.CheckConstraint(
                condition=(
                    Q(checked_by=None)
                    | Q(checked_by__isnull=False) & ~Q(checked_by=F("given_by"))
                )
                & (
                    Q(refused_by=None)
                    | Q(refused_by__isnull=False) & ~Q(refused_by=F("given_by"))
                ),
                name="bursaries_account_is_checked_by_another",
            ),
            models.CheckConstraint(
                condition=(
                    Q(forgotten_at=None)
                    & ~Q(sealed_iban="")
                    & ~Q(digest="")
                    & ~Q(holder="")
                )
                | Q(
                    forgotten_at__isnull=False,
                    replaced_at__isnull=False,
                    sealed_iban="",
                    sealed_bic="",
                    digest="",
                    masked="",
                    holder="",
                    contact_email="",
                ),
                name="bursaries_forgotten_account_holds_nothing",
            ),
            models.CheckConstraint(
                condition=(
                    Q(usable_at=None)
                    | Q(usable_at__isnull=False, usable_at__gt=F("given_at"))
                )
                & (
                    Q(replaced_at=None)
                    | Q(replaced_at__isnull=False, replaced_at__gte=F("given_at"))
                ),
                name="bursaries_account_days_are_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["digest"], name="bursaries_account_digest"),
        ]

    def __str__(self):
        return f"compte {self.masked}" if self.masked else "compte effacé"

    def get_absolute_url(self):
        return reverse("admin:bursaries_bankaccount_change", args=[self.pk])

    @property
    def iban(self) -> str:
        return crypto.decrypt(self.sealed_iban) if self.sealed_iban else ""

    @property
    def bic(self) -> str:
        return crypto.decrypt(self.sealed_bic) if self.sealed_bic else ""

    @property
    def is_blocked(self) -> bool:
        return self.blocked_at is not None

    @property
    def is_checked(self) -> bool:
        return self.checked_at is not None and not self.is_blocked

    def seal(self, iban: str, bic: str) -> None:
        """Also with today's key what a former key had sealed; saves nothing."""
        self.sealed_iban = crypto.encrypt(iban)
        self.sealed_bic = crypto.encrypt(bic) if bic else ""
        self.digest, self.masked = digest_of(iban), ibans.masked(iban)

    def freeze(self) -> None:
        self.usable_at = self.given_at + dt.timedelta(hours=FROZEN_HOURS)

    def check_it(self, *, by, at: dt.datetime) -> None:
        self._require_answerable()
        if self.is_blocked:
            raise ValidationError(
                "La personne dit ne pas avoir donné ce compte : appelez-la, puis levez "
                "le blocage ou refusez le compte."
            )
        if self.checked_at:
            raise ValidationError("Ce compte est déjà vérifié.")
        if by.pk == self.given_by_id:
            raise ValidationError("Qui a donné un compte ne le vérifie pas.")
        if not self.document.is_servable:
            raise ValidationError("Le RIB n’est pas lisible : demandez-en un autre.")
        self.checked_at, self.checked_by = at, by
        self.save(update_fields=["checked_at", "checked_by"])

    def refuse(self, reason: str, *, by, at: dt.datetime) -> None:
        """Also once checked: what was believed may prove wrong."""
        self._require_answerable()
        if by.pk == self.given_by_id:
            raise ValidationError("Qui a donné un compte ne le refuse pas.")
        if not reason.strip():
            raise ValidationError("Dites pourquoi : la personne le lira.")
        self.checked_at = self.checked_by = None
        self.refused_at, self.refused_by, self.reason = at, by, reason.strip()
        self.save(
            update_fields=[
                "checked_at",
                "checked_by",
                "refused_at",
                "refused_by",
                "reason",
            ]
        )

    def block(self, *, at: dt.datetime) -> None:
        self.blocked_at = at
        self.save(update_fields=["blocked_at"])

    def unblock(self, *, by) -> None:
        self._require_answerable()
        if not self.is_blocked:
            raise ValidationError("Ce compte n’est pas bloqué.")
        if by.pk == self.given_by_id:
            raise ValidationError("Qui a donné un compte ne lève pas son blocage.")
        self.blocked_at = None
        self.save(update_fields=["blocked_at"])

    def replace(self, *, at: dt.datetime) -> None:
        self.replaced_at = at
        self.save(update_fields=["replaced_at"])

    def forget(self, *, at: dt.datetime) -> None:
        self.sealed_iban = self.sealed_bic = self.digest = self.masked = ""
        self.holder = self.contact_email = ""
        self.replaced_at, self.forgotten_at = self.replaced_at or at, at
        if self.reason:
            self.reason = "Motif effacé."
        self.save()

    def _require_answerable(self) -> None:
        if self.replaced_at:
            raise ValidationError(
                "Ce compte vient d’être remplacé : rechargez la liste."
            )
        if self.refused_at:
            raise ValidationError("Ce compte est déjà refusé.")

    for transition in (check_it, refuse, block, unblock, replace, forget):
        transition.alters_data = True
    del transition
