from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.fields import LowercaseEmailField
from installation.models.requests import InstallationRequest


class FamilyState(models.TextChoices):
    INVITED = "invited", "invitation envoyée"
    ACCEPTED = "accepted", "invitation acceptée"
    ENDED = "ended", "accès terminé"


OPEN_ACCESS = (FamilyState.INVITED, FamilyState.ACCEPTED)


class FamilyAccessQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=OPEN_ACCESS)

    def accepted(self):
        return self.filter(state=FamilyState.ACCEPTED)

    def of(self, person):
        """The dossiers whose family side this person has joined."""
        return self.accepted().filter(person=person)

    def awaiting(self, email: str):
        """The invitations sent to an address, not answered yet."""
        return self.filter(state=FamilyState.INVITED, invited_email=email.lower())


class FamilyAccess(models.Model):
    """Someone invited to the family side of a dossier, and to nothing else of it."""

    State = FamilyState

    request = models.ForeignKey(
        InstallationRequest,
        models.CASCADE,
        related_name="family_accesses",
        verbose_name="demande",
    )
    invited_name = models.CharField("prénom et nom", max_length=100, blank=True)
    invited_email = LowercaseEmailField("courriel", blank=True)
    state = models.CharField(
        "état", max_length=10, choices=FamilyState, default=FamilyState.INVITED
    )
    person = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="family_accesses",
        verbose_name="personne",
    )
    # Nobody signed in: the applicant, by the link of their dossier.
    invited_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="par",
    )
    invited_at = models.DateTimeField("envoyée le", default=timezone.now)
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    ended_at = models.DateTimeField("terminé le", null=True, blank=True)

    objects = FamilyAccessQuerySet.as_manager()

    class Meta:
        verbose_name = "accès à la famille"
        verbose_name_plural = "accès à la famille"
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "invited_email"],
                condition=Q(state__in=OPEN_ACCESS),
                name="installation_one_family_access_an_address",
                violation_error_message="Cette adresse est déjà invitée.",
            ),
            models.UniqueConstraint(
                fields=["request", "person"],
                condition=Q(state="accepted"),
                name="installation_one_family_access_a_person",
            ),
            models.CheckConstraint(
                condition=Q(state="invited", accepted_at=None, ended_at=None)
                | Q(
                    state="accepted",
                    person__isnull=False,
                    accepted_at__isnull=False,
                    ended_at=None,
                )
                | Q(state="ended", ended_at__isnull=False),
                name="installation_family_access_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state="ended")
                | (~Q(invited_email="") & ~Q(invited_name="")),
                name="installation_family_access_says_who",
            ),
        ]

    def __str__(self):
        return f"{self.shown_name}, {self.get_state_display()}"

    @property
    def shown_name(self) -> str:
        if self.person and self.person.full_name:
            return self.person.full_name
        return self.invited_name or "Une personne effacée"

    @property
    def contact_email(self) -> str:
        """Where to write: the address of the login, else the one that was invited."""
        if self.person and self.person.email_confirmed_at:
            return self.person.email
        return self.invited_email

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_ACCESS

    @property
    def is_accepted(self) -> bool:
        return self.state == FamilyState.ACCEPTED

    def accept(self, person) -> None:
        """Join the family side; an invitation is for one person."""
        if self.state == FamilyState.ENDED:
            raise ValidationError("Cette invitation n'est plus valable.")
        if self.is_accepted:
            raise ValidationError("Cette invitation a déjà été acceptée.")
        if person.pk == self.request.applicant_id:
            raise ValidationError("Ce dossier est déjà le vôtre.")
        self.person = person
        self.state, self.accepted_at = FamilyState.ACCEPTED, timezone.now()
        self.save(update_fields=["person", "state", "accepted_at"])

    def end(self) -> None:
        """Close it for good; another invitation is another row."""
        if not self.is_open:
            raise ValidationError("Cet accès est déjà terminé.")
        self.state, self.ended_at = FamilyState.ENDED, timezone.now()
        self.save(update_fields=["state", "ended_at"])

    def forget(self) -> None:
        """Empty what tells who it was."""
        self.invited_name = self.invited_email = ""
        self.person = None
        self.save(update_fields=["invited_name", "invited_email", "person"])

    for transition in (accept, end, forget):
        transition.alters_data = True
    del transition

    @classmethod
    def combine_for_merge(cls, kept, absorbed):
        """Two rows of one guest in one dossier: the kept one stays open."""
        if absorbed.is_open:
            absorbed.end()
        absorbed.request = kept.request
        absorbed.person = kept.person or absorbed.person
        absorbed.save(update_fields=["request", "person"])
