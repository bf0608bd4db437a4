"""Two people meet once both have said yes: successions, and mentors."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person


class Side(models.TextChoices):
    HOST = "host", "la personne qui accueille"
    GUEST = "guest", "la personne qui arrive"


class PairingState(models.TextChoices):
    WAITING = "waiting", "en attente"
    MET = "met", "mise en relation"
    DECLINED = "declined", "déclinée"
    ENDED = "ended", "terminée"


# Every move of a pairing: what it is called, from where, to where. Accepting keeps
# it waiting until the other side accepts too.
PAIRING_TRANSITIONS: dict[str, tuple[str, frozenset[str], str | None]] = {
    "accept": ("accepter", frozenset({PairingState.WAITING}), None),
    "decline": (
        "décliner",
        frozenset({PairingState.WAITING}),
        PairingState.DECLINED,
    ),
    "end": ("terminer", frozenset({PairingState.MET}), PairingState.ENDED),
}

WHERE_IT_STANDS = {
    PairingState.WAITING: "elle attend encore une réponse",
    PairingState.MET: "elle est déjà faite",
    PairingState.DECLINED: "elle a été déclinée",
    PairingState.ENDED: "elle est terminée",
}
VOID = "Cette mise en relation ne se fera pas : elle n'est plus demandée."


class PairingQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=PairingState.WAITING)

    def of_guest(self, person):
        return self.filter(guest=person)


class Pairing(models.Model):
    """Two people who meet when both accept; until then neither learns who the other is.

    A concrete model names its host: `host` (a person, or None), `host_name`,
    `host_email` and `host_phone`.
    """

    State = PairingState
    Side = Side

    guest = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="personne"
    )
    request = models.ForeignKey(
        "installation.InstallationRequest",
        models.CASCADE,
        related_name="%(class)ss",
        verbose_name="demande",
    )
    state = models.CharField(
        "état", max_length=10, choices=PairingState, default=PairingState.WAITING
    )
    proposed_at = models.DateTimeField("proposée le", default=timezone.now)
    host_accepted_at = models.DateTimeField("acceptée (accueil) le", null=True)
    guest_accepted_at = models.DateTimeField("acceptée (arrivée) le", null=True)
    declined_by = models.CharField(
        "déclinée par", max_length=5, choices=Side, blank=True
    )
    met_at = models.DateTimeField("mise en relation le", null=True)
    closed_at = models.DateTimeField("terminée le", null=True)

    objects = PairingQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            # Both said yes, and that is the whole of it.
            models.CheckConstraint(
                condition=Q(
                    state__in=["met", "ended"],
                    met_at__isnull=False,
                    host_accepted_at__isnull=False,
                    guest_accepted_at__isnull=False,
                )
                | Q(state__in=["waiting", "declined"], met_at=None),
                name="%(app_label)s_%(class)s_met_by_both",
            ),
            models.CheckConstraint(
                condition=Q(state="declined") & ~Q(declined_by="")
                | ~Q(state="declined") & Q(declined_by=""),
                name="%(app_label)s_%(class)s_declined_by_one",
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.state == PairingState.WAITING

    @property
    def is_met(self) -> bool:
        return self.state == PairingState.MET

    def accepted_at(self, side: str):
        return self.host_accepted_at if side == Side.HOST else self.guest_accepted_at

    @property
    def is_void(self) -> bool:
        """Does one of them ask for nothing more? Then nobody is named any more."""
        return bool(self.request.withdrawn_at or self.request.forgotten_at)

    def awaits(self, side: str) -> bool:
        return self.is_waiting and not self.is_void and self.accepted_at(side) is None

    def page_url(self, side: str) -> str:
        args = [self._meta.model_name, self.pk, side]
        return reverse("installation:pairing", args=args)

    def accept(self, side: str) -> None:
        """One side says yes; the second yes makes them meet. Twice does no harm."""
        if self.accepted_at(side):
            return
        self._require("accept")
        if self.is_void:
            raise ValidationError(VOID, code="void")
        now = timezone.now()
        setattr(self, f"{side}_accepted_at", now)
        if self.host_accepted_at and self.guest_accepted_at:
            self.state = PairingState.MET
            self.met_at = now
        self.save(update_fields=["state", f"{side}_accepted_at", "met_at"])

    def decline(self, side: str) -> None:
        """One side says no: nobody is named to anybody."""
        self._require("decline")
        self.state = PairingState.DECLINED
        self.declined_by = side
        self.closed_at = timezone.now()
        self.save(update_fields=["state", "declined_by", "closed_at"])

    def end(self) -> None:
        self._require("end")
        self.state = PairingState.ENDED
        self.closed_at = timezone.now()
        self.save(update_fields=["state", "closed_at"])

    for transition in (accept, decline, end):
        transition.alters_data = True
    del transition

    def _require(self, verb: str) -> None:
        infinitive, allowed, _target = PAIRING_TRANSITIONS[verb]
        if self.state not in allowed:
            raise ValidationError(
                f"On ne peut pas {infinitive} cette mise en relation : "
                f"{WHERE_IT_STANDS[self.state]}.",
                code="transition",
            )

    @classmethod
    def combine_for_merge(cls, kept, absorbed):
        absorbed.delete()


class Introduction(Pairing):
    """A candidate and the author of a confidential succession."""

    offer = models.ForeignKey(
        "installation.PracticeOffer",
        models.CASCADE,
        related_name="introductions",
        verbose_name="offre",
    )

    class Meta(Pairing.Meta):
        verbose_name = "mise en relation"
        verbose_name_plural = "mises en relation"
        constraints = [
            *Pairing.Meta.constraints,
            models.UniqueConstraint(
                fields=["offer", "guest"], name="installation_introduced_once"
            ),
        ]

    @property
    def is_void(self) -> bool:
        """An author who took the offer off has nothing to hand over any more."""
        offer = self.offer
        return super().is_void or offer.state in {
            offer.State.WITHDRAWN,
            offer.State.REFUSED,
        }

    @property
    def host(self):
        return self.offer.owner

    @property
    def host_name(self) -> str:
        return self.offer.contact_name

    @property
    def host_email(self) -> str:
        return self.offer.contact_email

    @property
    def host_phone(self) -> str:
        return str(self.offer.contact_phone)


class MentorQuerySet(models.QuerySet):
    def available(self):
        """Those who welcome, and have room for one more."""
        running = Q(mentorships__state__in=[PairingState.WAITING, PairingState.MET])
        return (
            self.filter(is_active=True)
            .annotate(running=models.Count("mentorships", filter=running))
            .filter(running__lt=models.F("most_at_once"))
        )


class Mentor(models.Model):
    """A doctor who accepts to welcome a newcomer: when, for what, where."""

    class Theme(models.TextChoices):
        START = "start", "les premiers mois"
        ADMINISTRATIVE = "administrative", "les démarches et la gestion"
        TEAM = "team", "l'exercice en équipe"
        RURAL = "rural", "l'exercice rural et les visites"
        ON_CALL = "on_call", "les gardes et l'urgence"
        FAMILY = "family", "la vie de famille ici"

    person = models.OneToOneField(
        Person, models.PROTECT, related_name="mentor", verbose_name="personne"
    )
    themes = ArrayField(
        models.CharField(max_length=20, choices=Theme), verbose_name="thèmes"
    )
    availability = models.CharField(
        "disponibilités",
        max_length=200,
        help_text="« Le jeudi midi, et par téléphone le soir. »",
    )
    intercommunality = models.ForeignKey(
        "territory.Intercommunality",
        models.PROTECT,
        related_name="+",
        verbose_name="territoire",
    )
    most_at_once = models.PositiveSmallIntegerField(
        "personnes à la fois",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(6)],
    )
    introduction = models.TextField(
        "en quelques mots",
        max_length=1000,
        blank=True,
        help_text="Lu par la personne à qui le guichet vous propose, sans votre nom.",
    )
    is_active = models.BooleanField("accueille en ce moment", default=True)
    created_at = models.DateTimeField("depuis le", default=timezone.now, editable=False)

    objects = MentorQuerySet.as_manager()

    class Meta:
        verbose_name = "compagnon"
        verbose_name_plural = "compagnons"
        constraints = [
            models.CheckConstraint(
                condition=Q(themes__len__gt=0),
                name="installation_mentor_has_a_theme",
                violation_error_message="Choisissez au moins un thème.",
            ),
            models.CheckConstraint(
                condition=Q(most_at_once__range=(1, 6)),
                name="installation_mentor_is_not_crushed",
            ),
        ]

    def __str__(self):
        return str(self.person)

    @property
    def theme_labels(self) -> list[str]:
        known = dict(self.Theme.choices)
        return [str(known[code]) for code in self.themes if code in known]

    @classmethod
    def combine_for_merge(cls, kept, absorbed):
        """One row a person: the pairs of the other follow."""
        absorbed.mentorships.update(mentor=kept)
        absorbed.delete()


class Mentorship(Pairing):
    """A newcomer and the doctor who accepts to welcome them."""

    mentor = models.ForeignKey(
        Mentor, models.PROTECT, related_name="mentorships", verbose_name="compagnon"
    )
    word = models.TextField("mot du guichet", max_length=1000, blank=True)

    class Meta(Pairing.Meta):
        verbose_name = "compagnonnage"
        verbose_name_plural = "compagnonnages"
        constraints = [
            *Pairing.Meta.constraints,
            models.UniqueConstraint(
                fields=["mentor", "guest"],
                condition=Q(state__in=["waiting", "met"]),
                name="installation_one_running_mentorship",
                violation_error_message="Ces deux personnes sont déjà proposées.",
            ),
        ]

    @property
    def host(self):
        return self.mentor.person

    @property
    def host_name(self) -> str:
        return self.mentor.person.full_name

    @property
    def host_email(self) -> str:
        return self.mentor.person.email

    @property
    def host_phone(self) -> str:
        return str(self.mentor.person.phone)
