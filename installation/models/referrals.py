from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.fields import LowercaseEmailField


class ReferralState(models.TextChoices):
    SENT = "sent", "transmise"
    TAKEN = "taken", "prise en charge"
    HELPED = "helped", "aide apportée"
    NO_HELP = "no_help", "aucune aide n'existe"
    UNREACHABLE = "unreachable", "personne injoignable"
    NOT_FOR_ME = "not_for_me", "pas pour ce partenaire"
    RECALLED = "recalled", "rappelée par le guichet"
    WITHDRAWN = "withdrawn", "accord retiré par la personne"


RUNNING_STATES = (ReferralState.SENT, ReferralState.TAKEN)
# The three ends that answer the need: what the statistics count.
ANSWERS = (
    ReferralState.HELPED,
    ReferralState.NO_HELP,
    ReferralState.UNREACHABLE,
)
ENDS = (
    *ANSWERS,
    ReferralState.NOT_FOR_ME,
    ReferralState.RECALLED,
    ReferralState.WITHDRAWN,
)

# Every move a referral can make: what it is called, from where, to where. The page,
# the tests and the documentation read this table.
REFERRAL_TRANSITIONS: dict[str, tuple[str, frozenset[str], str]] = {
    "take": (
        "prendre en charge",
        frozenset({ReferralState.SENT}),
        ReferralState.TAKEN,
    ),
    "help": ("clore comme aidée", frozenset(RUNNING_STATES), ReferralState.HELPED),
    "find_no_help": (
        "clore sans aide possible",
        frozenset(RUNNING_STATES),
        ReferralState.NO_HELP,
    ),
    "miss": (
        "clore, la personne étant injoignable,",
        frozenset(RUNNING_STATES),
        ReferralState.UNREACHABLE,
    ),
    "decline": ("rendre", frozenset(RUNNING_STATES), ReferralState.NOT_FOR_ME),
    "recall": ("rappeler", frozenset(RUNNING_STATES), ReferralState.RECALLED),
    "withdraw": (
        "arrêter",
        frozenset(RUNNING_STATES),
        ReferralState.WITHDRAWN,
    ),
    # An end clicked by mistake, or help that is needed again.
    "reopen": (
        "rouvrir",
        frozenset({*ANSWERS, ReferralState.NOT_FOR_ME}),
        ReferralState.TAKEN,
    ),
}


class ReferralQuerySet(models.QuerySet):
    def running(self):
        return self.filter(state__in=RUNNING_STATES)

    def answered(self):
        """Those that ended in one of the three ways that are counted."""
        return self.filter(state__in=ANSWERS)

    def of_organisations(self, organisations):
        return self.filter(organisation__in=organisations)

    def with_list_data(self):
        return self.select_related("need__topic", "need__request", "organisation")


class Referral(models.Model):
    """One need handed to one partner, with the person's consent for that partner."""

    State = ReferralState

    need = models.ForeignKey(
        "installation.Need",
        models.CASCADE,
        related_name="referrals",
        verbose_name="besoin",
    )
    organisation = models.ForeignKey(
        "territory.Organisation",
        models.PROTECT,
        related_name="referrals",
        verbose_name="partenaire",
    )
    state = models.CharField("état", max_length=20, choices=State, default=State.SENT)
    # who agreed, in which words, and exactly what may be read.
    consent = models.ForeignKey(
        "accounts.Consent",
        models.PROTECT,
        related_name="+",
        verbose_name="accord de la personne",
    )
    shared_fields = ArrayField(
        models.CharField(max_length=40), verbose_name="données transmises"
    )
    to_email = LowercaseEmailField("adressée à")
    contact_name = models.CharField("à l'attention de", max_length=200, blank=True)
    message = models.TextField("mot du guichet", max_length=2000, blank=True)
    # What the partner said when ending: to whom to turn instead, what was found.
    closing_note = models.TextField("mot du partenaire", max_length=2000, blank=True)
    sent_at = models.DateTimeField("transmise le", default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="transmise par",
    )
    taken_at = models.DateTimeField("prise en charge le", null=True, blank=True)
    ended_at = models.DateTimeField("terminée le", null=True, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = "orientation"
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "organisation"],
                condition=Q(state__in=RUNNING_STATES),
                name="installation_one_running_referral_a_partner",
                violation_error_message="Ce partenaire a déjà ce besoin en main.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RUNNING_STATES, ended_at=None)
                | Q(state__in=ENDS, ended_at__isnull=False),
                name="installation_ended_referral_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="taken") | Q(taken_at__isnull=False),
                name="installation_taken_referral_is_dated",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "sent_at", "id"],
                condition=Q(state__in=RUNNING_STATES),
                name="installation_referral_basket",
            ),
        ]

    def __str__(self):
        return f"{self.need} : {self.organisation}"

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING_STATES

    @property
    def has_ended(self) -> bool:
        return self.state in ENDS

    def allows(self, verb: str) -> bool:
        """May this move be made from here? What buttons ask."""
        return self.state in REFERRAL_TRANSITIONS[verb][1]

    def take(self) -> None:
        """« Je m'en occupe »."""
        self.require("take")
        self.taken_at = self.taken_at or timezone.now()
        self._move("take", "taken_at")

    def help(self, note: str = "") -> None:
        self._end("help", note)

    def find_no_help(self, note: str = "") -> None:
        self._end("find_no_help", note)

    def miss(self, note: str = "") -> None:
        self._end("miss", note)

    def decline(self, note: str = "") -> None:
        """« Pas pour moi »: the note says where to send it."""
        self._end("decline", note)

    def recall(self, note: str = "") -> None:
        """The desk takes it back."""
        self._end("recall", note)

    def withdraw(self) -> None:
        """The person took the consent back: nothing may be read any more."""
        self._end("withdraw", "")

    def reopen(self) -> None:
        """An end clicked by mistake, or help that is needed again."""
        self.require("reopen")
        self.taken_at = self.taken_at or timezone.now()
        self.ended_at, self.closing_note = None, ""
        self._move("reopen", "taken_at", "ended_at", "closing_note")

    for transition in (
        take,
        help,
        find_no_help,
        miss,
        decline,
        recall,
        withdraw,
        reopen,
    ):
        transition.alters_data = True
    del transition

    def require(self, verb: str) -> None:
        """Refuse a move that cannot be made from here, in words."""
        infinitive, allowed, _target = REFERRAL_TRANSITIONS[verb]
        if self.state not in allowed:
            raise ValidationError(
                f"On ne peut pas {infinitive} cette orientation : elle est "
                f"« {self.get_state_display()} ».",
                code="transition",
            )

    def _end(self, verb: str, note: str) -> None:
        self.require(verb)
        self.ended_at, self.closing_note = timezone.now(), note.strip()
        self._move(verb, "ended_at", "closing_note")

    def _move(self, verb: str, *fields: str) -> None:
        self.state = REFERRAL_TRANSITIONS[verb][2]
        self.save(update_fields=["state", *fields])
