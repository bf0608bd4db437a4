import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from phonenumber_field.modelfields import PhoneNumberField

from accounts import roles, rpps
from accounts.fields import LowercaseEmailField
from accounts.models import Person, PractitionerProfile
from installation.models.request_moves import RequestMoves
from installation.models.states import OPEN_STATES, State

MOST_CHILDREN = 12
CHILDREN_FIELDS = (
    "children_under_3",
    "children_3_5",
    "children_6_10",
    "children_11_15",
    "children_16_plus",
)


class InstallationRequestQuerySet(models.QuerySet):
    def filed(self):
        """What the desk sees: everything but drafts."""
        return self.exclude(state=State.DRAFT)

    def drafts(self):
        return self.filter(state=State.DRAFT)

    def open(self):
        return self.filter(state__in=OPEN_STATES)

    def running(self):
        """Open and not on pause: what reminders look at."""
        return self.filter(state__in=[State.SUBMITTED, State.IN_SUPPORT])

    def closed(self):
        return self.filter(state=State.CLOSED)

    def unassigned(self):
        return self.open().filter(case_worker=None)

    def overdue(self, day: dt.date):
        """The next action should be done by now; on pause, it is to end the pause."""
        return self.open().filter(next_action_on__lt=day)

    def of(self, person):
        """Those of an applicant, drafts included."""
        return self.filter(applicant=person)

    def visible_to(self, user):
        """The desk sees what is filed; everyone else, what is theirs."""
        if roles.is_desk(user):
            return self.filed()
        if not user.is_authenticated:
            return self.none()
        return self.of(user.person_id)

    def in_queue_order(self):
        """The oldest next step first; the key makes pages stable."""
        return self.order_by("next_action_on", "pk")

    def with_list_data(self):
        """What a line of a list shows, without a query per line."""
        return self.select_related("applicant", "case_worker__person")

    def search(self, text: str):
        """By reference, or by whoever asks."""
        text = text.replace("\0", "").strip()
        if not text:
            return self.none()
        people = Person.objects.search(text).values("pk")
        every = self.model._base_manager.values("pk")
        # A union lets each half use its own index.
        found = every.filter(reference__contains=text.upper()).union(
            every.filter(applicant__in=people)
        )
        return self.filter(pk__in=found)


class InstallationRequest(RequestMoves, models.Model):
    """What someone asks of the desk, and the whole follow-up: the dossier."""

    State = State

    class Kind(models.TextChoices):
        INSTALLATION = "installation", "s'installer"
        QUESTION = "question", "poser une question"
        LOCUM = "locum", "remplacer"
        PRACTICE_MAINTENANCE = "practice_maintenance", "rester en exercice"
        RETIREMENT_SUCCESSION = "retirement_succession", "préparer sa retraite"
        STRUCTURE_VACANCY = "structure_vacancy", "pourvoir un poste"
        STRUCTURE_PROJECT = "structure_project", "monter une structure"
        OTHER = "other", "autre demande"

    class Subject(models.TextChoices):
        INSTALLATION = "installation", "une installation"
        PLACEMENT = "stage", "un stage ou un logement"
        BURSARY = "bourse", "la bourse d'engagement"
        FAMILY = "famille", "ma famille"
        OTHER = "autre", "autre chose"

    class Mode(models.TextChoices):
        LIBERAL = "liberal", "en libéral"
        SALARIED = "salaried", "en salarié"
        MIXED = "mixed", "en exercice mixte"
        UNKNOWN = "unknown", "je ne sais pas encore"

    class Horizon(models.TextChoices):
        SOON = "soon", "dans les six mois"
        YEAR = "year", "dans l'année"
        TWO_YEARS = "two_years", "d'ici deux ans"
        LATER = "later", "plus tard"
        UNKNOWN = "unknown", "je ne sais pas encore"

    class Structure(models.TextChoices):
        HEALTH_HOUSE = "health_house", "une maison de santé"
        HEALTH_CENTRE = "health_centre", "un centre de santé"
        GROUP = "group", "un cabinet de groupe"
        ALONE = "alone", "un cabinet seul ou seule"
        HOSPITAL = "hospital", "un hôpital ou une clinique"
        UNKNOWN = "unknown", "je ne sais pas encore"

    class Household(models.TextChoices):
        ALONE = "alone", "seul ou seule"
        COUPLE = "couple", "à deux"
        COUPLE_CHILDREN = "couple_children", "à deux, avec des enfants"
        ALONE_CHILDREN = "alone_children", "seul ou seule, avec des enfants"

    class Turn(models.TextChoices):
        DESK = "desk", "au guichet"
        APPLICANT = "applicant", "à la personne"

    class Outcome(models.TextChoices):
        SETTLED = "settled", "installation réalisée"
        ORIENTED = "oriented", "personne orientée"
        NO_FOLLOW_UP = "no_follow_up", "sans suite"
        UNREACHABLE = "unreachable", "injoignable"
        OUTSIDE_SCOPE = "outside_scope", "hors du champ du guichet"
        DUPLICATE = "duplicate", "réunie à un autre dossier"

    kind = models.CharField(
        "nature", max_length=30, choices=Kind, default=Kind.INSTALLATION
    )
    state = models.CharField("état", max_length=20, choices=State, default=State.DRAFT)
    reference = models.CharField("référence", max_length=20, blank=True)
    applicant = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="installation_requests",
        verbose_name="demandeur ou demandeuse",
    )
    channel = models.CharField(
        "arrivée par",
        max_length=10,
        choices=Person.Origin,
        default=Person.Origin.SITE,
    )

    # Who they said they were on the day, whatever their file becomes.
    title = models.CharField("titre", max_length=3, choices=Person.Title, blank=True)
    first_name = models.CharField("prénom", max_length=100, blank=True)
    last_name = models.CharField("nom", max_length=100, blank=True)
    email = LowercaseEmailField("courriel", blank=True)
    phone = PhoneNumberField("téléphone", blank=True)
    address = models.TextField("adresse", max_length=300, blank=True)
    postal_code = models.CharField("code postal", max_length=10, blank=True)
    city = models.CharField("ville", max_length=100, blank=True)

    profession = models.CharField(
        "profession",
        max_length=10,
        choices=PractitionerProfile.Profession,
        blank=True,
    )
    specialty = models.CharField("spécialité", max_length=100, blank=True)
    situation = models.CharField(
        "situation actuelle",
        max_length=10,
        choices=PractitionerProfile.Situation,
        blank=True,
    )
    rpps = models.CharField("numéro RPPS", max_length=11, blank=True)
    mode = models.CharField(
        "exercice souhaité", max_length=10, choices=Mode, blank=True
    )
    days_a_week = models.PositiveSmallIntegerField(
        "jours par semaine",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(6)],
    )

    horizon = models.CharField("échéance", max_length=10, choices=Horizon, blank=True)
    communes = models.ManyToManyField(
        "territory.Commune", blank=True, related_name="+", verbose_name="communes"
    )
    intercommunalities = models.ManyToManyField(
        "territory.Intercommunality",
        blank=True,
        related_name="+",
        verbose_name="intercommunalités",
    )
    structures = ArrayField(
        models.CharField(max_length=15, choices=Structure),
        verbose_name="lieux d'exercice souhaités",
        default=list,
        blank=True,
    )
    subject = models.CharField("sujet", max_length=15, choices=Subject, blank=True)
    message = models.TextField("en quelques mots", max_length=4000, blank=True)
    topics = models.ManyToManyField(
        "territory.Topic", blank=True, related_name="+", verbose_name="aide demandée"
    )

    # The family: counts and age bands, never a name or a date of birth.
    wants_family_help = models.BooleanField(
        "souhaite une aide pour sa famille", null=True, blank=True
    )
    household = models.CharField("foyer", max_length=20, choices=Household, blank=True)
    children_under_3 = models.PositiveSmallIntegerField("moins de 3 ans", default=0)
    children_3_5 = models.PositiveSmallIntegerField("de 3 à 5 ans", default=0)
    children_6_10 = models.PositiveSmallIntegerField("de 6 à 10 ans", default=0)
    children_11_15 = models.PositiveSmallIntegerField("de 11 à 15 ans", default=0)
    children_16_plus = models.PositiveSmallIntegerField("16 ans ou plus", default=0)
    partner_occupation = models.CharField(
        "métier recherché", max_length=100, blank=True
    )

    case_worker = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="installation_requests",
        verbose_name="en charge",
    )
    to_assign_since = models.DateTimeField("à attribuer depuis", null=True, blank=True)
    next_action = models.CharField("prochaine action", max_length=200, blank=True)
    next_action_on = models.DateField("à faire le", null=True, blank=True)
    turn = models.CharField("c'est", max_length=10, choices=Turn, default=Turn.DESK)
    expected = models.CharField("attendu de la personne", max_length=200, blank=True)
    expected_by = models.DateField("attendu avant le", null=True, blank=True)
    paused_until = models.DateField("en pause jusqu'au", null=True, blank=True)
    outcome = models.CharField("issue", max_length=20, choices=Outcome, blank=True)
    closing_sentence = models.TextField("mot de clôture", max_length=2000, blank=True)

    step_reached = models.PositiveSmallIntegerField("étape", default=1)
    # The form's own key: sent twice, filed once.
    submission = models.UUIDField(null=True, unique=True, editable=False)
    created_at = models.DateTimeField("commencée le", default=timezone.now)
    saved_at = models.DateTimeField("enregistrée le", default=timezone.now)
    submitted_at = models.DateTimeField("déposée le", null=True, blank=True)
    taken_charge_at = models.DateTimeField("prise en charge le", null=True, blank=True)
    last_exchange_at = models.DateTimeField("dernier échange", null=True, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    forgotten_at = models.DateTimeField("effacée le", null=True, blank=True)
    # The dossier that took over all that this one held.
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="absorbed",
        verbose_name="réunie à",
    )

    objects = InstallationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande d'installation"
        verbose_name_plural = "demandes d'installation"
        constraints = [
            models.UniqueConstraint(
                fields=["reference"],
                condition=~Q(reference=""),
                name="installation_reference_is_unique",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", reference="", submitted_at=None)
                | Q(
                    ~Q(state="draft"),
                    ~Q(reference=""),
                    submitted_at__isnull=False,
                    applicant__isnull=False,
                ),
                name="installation_filed_has_reference_and_applicant",
            ),
            # R-01, article L. 112-8 CRPA: whoever writes says who they are.
            models.CheckConstraint(
                condition=Q(state="draft")
                | ~Q(channel="site")
                | Q(kind="question")
                | Q(forgotten_at__isnull=False)
                | (
                    ~Q(first_name="")
                    & ~Q(last_name="")
                    & ~Q(email="")
                    & ~Q(address="")
                    & ~Q(postal_code="")
                    & ~Q(city="")
                ),
                name="installation_filed_online_says_who",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "in_support", "paused"])
                | Q(case_worker__isnull=False, to_assign_since=None)
                | Q(case_worker=None, to_assign_since__isnull=False),
                name="installation_open_has_someone_or_waits_since",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["in_support", "paused"])
                | Q(case_worker__isnull=False, taken_charge_at__isnull=False),
                name="installation_support_has_someone",
            ),
            models.CheckConstraint(
                condition=Q(
                    ~Q(next_action=""),
                    state__in=["submitted", "in_support", "paused"],
                    next_action_on__isnull=False,
                )
                | Q(
                    state__in=["draft", "closed"],
                    next_action="",
                    next_action_on=None,
                ),
                name="installation_open_has_a_dated_next_action",
            ),
            models.CheckConstraint(
                condition=Q(state="paused", paused_until__isnull=False)
                | Q(~Q(state="paused"), paused_until=None),
                name="installation_pause_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(~Q(outcome=""), state="closed", closed_at__isnull=False)
                | Q(~Q(state="closed"), outcome="", closed_at=None),
                name="installation_closed_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(outcome="duplicate", merged_into__isnull=False)
                | Q(~Q(outcome="duplicate"), merged_into=None),
                name="installation_duplicate_leads_to_another",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(state="closed"),
                name="installation_withdrawn_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(expected="", expected_by=None)
                | (Q(expected_by__isnull=False, turn="applicant") & ~Q(expected="")),
                name="installation_expectation_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(rpps="") | Q(rpps__regex=r"^[0-9]{11}$"),
                name="installation_rpps_has_eleven_digits",
                violation_error_message="Un numéro RPPS compte onze chiffres.",
            ),
            models.CheckConstraint(
                condition=Q(days_a_week=None) | Q(days_a_week__range=(1, 6)),
                name="installation_days_a_week_is_plausible",
            ),
            models.CheckConstraint(
                condition=Q(
                    children_under_3__lte=MOST_CHILDREN,
                    children_3_5__lte=MOST_CHILDREN,
                    children_6_10__lte=MOST_CHILDREN,
                    children_11_15__lte=MOST_CHILDREN,
                    children_16_plus__lte=MOST_CHILDREN,
                ),
                name="installation_children_are_plausible",
            ),
            models.CheckConstraint(
                condition=Q(wants_family_help__isnull=False, wants_family_help=True)
                | Q(
                    household="",
                    partner_occupation="",
                    children_under_3=0,
                    children_3_5=0,
                    children_6_10=0,
                    children_11_15=0,
                    children_16_plus=0,
                ),
                name="installation_family_only_if_help_is_wanted",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_action_on", "id"],
                condition=Q(state__in=["submitted", "in_support", "paused"]),
                name="installation_open_queue",
            ),
            models.Index(
                fields=["case_worker", "next_action_on", "id"],
                condition=Q(state__in=["submitted", "in_support", "paused"]),
                name="installation_worker_queue",
            ),
            models.Index(
                fields=["state", "next_action_on", "id"],
                name="installation_state_queue",
            ),
            models.Index(
                fields=["kind", "next_action_on", "id"], name="installation_kind_queue"
            ),
            models.Index(
                F("submitted_at").desc(),
                F("id").desc(),
                condition=~Q(state="draft"),
                name="installation_latest_filed",
            ),
            models.Index(
                fields=["to_assign_since", "id"],
                condition=Q(to_assign_since__isnull=False),
                name="installation_to_assign",
            ),
            models.Index(
                fields=["last_exchange_at", "id"],
                condition=Q(state__in=["submitted", "in_support"]),
                name="installation_silence",
            ),
            models.Index(fields=["closed_at", "id"], name="installation_closed"),
            models.Index(
                fields=["saved_at"],
                condition=Q(state="draft"),
                name="installation_drafts",
            ),
            GinIndex(
                fields=["reference"],
                name="installation_reference_search",
                opclasses=["gin_trgm_ops"],
            ),
        ]

    def __str__(self):
        return self.reference or "brouillon"

    def get_absolute_url(self):
        if self.is_draft:
            return reverse("installation:request-step", args=[self.step_reached])
        return reverse("installation:dossier-detail", args=[self.reference])

    def clean(self):
        if self.rpps and not rpps.is_valid(self.rpps):
            raise ValidationError({"rpps": rpps.REFUSAL})

    @property
    def full_name(self) -> str:
        """As they signed on the day, or as we know them."""
        signed = f"{self.first_name} {self.last_name}".strip()
        if signed:
            return signed
        return self.applicant.full_name if self.applicant else ""

    @property
    def contact_email(self) -> str:
        """Where to write: the address of the login, else the one they gave."""
        person = self.applicant
        if person is not None and person.email_confirmed_at:
            return person.email
        return self.email or (person.email if person else "")

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_question(self) -> bool:
        return self.kind == self.Kind.QUESTION

    @property
    def awaits_desk(self) -> bool:
        """« À nous »: the person wrote last, or nobody has answered yet."""
        return self.is_open and self.turn == self.Turn.DESK

    @property
    def structure_labels(self) -> list[str]:
        known = dict(self.Structure.choices)
        return [str(known[code]) for code in self.structures if code in known]

    @property
    def children(self) -> list[tuple[str, int]]:
        """The age bands that have somebody in them."""
        fields = [self._meta.get_field(name) for name in CHILDREN_FIELDS]
        counts = [
            (str(field.verbose_name), getattr(self, field.name)) for field in fields
        ]
        return [(band, count) for band, count in counts if count]

    def is_overdue(self, day: dt.date) -> bool:
        return bool(self.is_open and self.next_action_on < day)
