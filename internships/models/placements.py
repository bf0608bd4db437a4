import datetime as dt

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GistIndex
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from .interests import Interest
from .kinds import Modality, PlacementKind
from .semesters import Semester
from .sites import PlacementSite, Supervisor


class PlacementQuerySet(models.QuerySet):
    def kept(self):
        return self.filter(cancelled_at=None)

    def on(self, day: dt.date):
        return self.kept().filter(period__contains=day)

    def of(self, person):
        return self.filter(person=person)

    def over(self, day: dt.date):
        """Those whose last day has passed."""
        return self.kept().filter(period__endswith__lte=day)

    def with_list_data(self):
        return self.select_related(
            "person", "semester", "site__organisation", "commune"
        ).defer("commune__contour")

    def received_by(self, person, day: dt.date):
        acting = person.memberships.on(day).values("organisation")
        return self.kept().filter(site__organisation__in=acting)


class Placement(models.Model):
    """A trainee at a place, for a time. Two may overlap: couplé, or in alternation.

    The zone is the one of the commune on the first day, under the version in force
    (R-32); a site the portal does not know is told in words.
    """

    person = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        related_name="placements",
        verbose_name="étudiante ou étudiant",
    )
    kind = models.CharField("stage", max_length=20, choices=PlacementKind)
    modality = models.CharField(
        "organisation", max_length=12, choices=Modality, default=Modality.FULL
    )
    semester = models.ForeignKey(
        Semester,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name="semestre",
    )
    period = DateRangeField("période")
    site = models.ForeignKey(
        PlacementSite,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name="terrain",
    )
    place_name = models.CharField("lieu du stage", max_length=150, blank=True)
    commune = models.ForeignKey(
        "territory.Commune", models.PROTECT, related_name="+", verbose_name="commune"
    )
    supervisor = models.ForeignKey(
        Supervisor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name="maître de stage",
    )
    # None: they told us where they come, without an offer.
    interest = models.OneToOneField(
        Interest,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placement",
        verbose_name="marque d'intérêt",
    )
    zoning = models.ForeignKey(
        "territory.Zoning",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="zonage",
    )
    zone_code = models.CharField(
        "code de la zone", max_length=30, blank=True, editable=False
    )
    zone_label = models.CharField("zone", max_length=120, blank=True, editable=False)
    # what they read and accepted before anything was filed, as it was.
    indemnities_wording = models.TextField("non-cumul accepté", blank=True)
    indemnities_accepted_at = models.DateTimeField("accepté le", null=True)
    locum_licence_on = models.DateField(
        "licence de remplacement obtenue le", null=True, blank=True
    )
    declared_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="déclaré par",
    )
    created_at = models.DateTimeField("noté le", default=timezone.now, editable=False)
    arrived_at = models.DateTimeField("arrivée constatée le", null=True, editable=False)
    cancelled_at = models.DateTimeField("annulé le", null=True, editable=False)
    cancelled_because = models.CharField("motif", max_length=300, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "stage"
        ordering = ["-period", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    period__isempty=False,
                    period__startswith__isnull=False,
                    period__endswith__isnull=False,
                ),
                name="internships_placement_has_both_ends",
                violation_error_message="Un stage a un premier et un dernier jour.",
            ),
            models.CheckConstraint(
                condition=Q(site__isnull=False) | ~Q(place_name=""),
                name="internships_placement_is_somewhere",
                violation_error_message="Choisissez un terrain, ou nommez le lieu.",
            ),
            models.CheckConstraint(
                condition=Q(indemnities_wording="", indemnities_accepted_at=None)
                | (
                    ~Q(indemnities_wording="")
                    & Q(indemnities_accepted_at__isnull=False)
                ),
                name="internships_accepted_indemnities_are_dated",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_because="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancelled_because="")),
                name="internships_cancelled_placement_says_why",
            ),
        ]
        indexes = [
            GistIndex(fields=["period"], name="internships_placement_period"),
            models.Index(fields=["semester", "id"], name="internships_placement_term"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.where}"

    def get_absolute_url(self):
        return reverse("internships:placement-detail", args=[self.pk])

    @property
    def where(self) -> str:
        return self.site.name if self.site_id else self.place_name

    @property
    def last_on(self) -> dt.date:
        return self.period.upper - dt.timedelta(days=1)

    @property
    def is_kept(self) -> bool:
        return self.cancelled_at is None

    def cancel(self, reason: str) -> None:
        """They will not come after all."""
        if not self.is_kept:
            raise ValidationError("Ce stage est déjà annulé.")
        if not reason.strip():
            raise ValidationError("Dites pourquoi ce stage est annulé.")
        self.cancelled_at = timezone.now()
        self.cancelled_because = reason.strip()
        self.save(update_fields=["cancelled_at", "cancelled_because"])

    cancel.alters_data = True

    def note_arrival(self) -> None:
        """Somebody has seen them arrive."""
        if not self.is_kept:
            raise ValidationError("Ce stage est annulé.")
        self.arrived_at = self.arrived_at or timezone.now()
        self.save(update_fields=["arrived_at"])

    note_arrival.alters_data = True


# From 1 (« pas du tout ») to 5 (« tout à fait »).
MARKS = (MinValueValidator(1), MaxValueValidator(5))


class Assessment(models.Model):
    """What a trainee thought of a placement, once over.

    Shown as an average of at least five, never alone; the words are the desk's.
    """

    QUESTIONS = {
        "welcome": "J'ai été bien accueilli ou accueillie.",
        "supervision": "J'ai été accompagné ou accompagnée comme il le fallait.",
        "variety": "J'ai vu des patients et des situations variés.",
        "autonomy": "On m'a laissé prendre ma place, au bon rythme.",
        "living": "La vie sur place (logement, trajets, sorties) m'a convenu.",
        "would_return": "Je reviendrais y travailler.",
    }

    placement = models.OneToOneField(
        Placement, models.CASCADE, related_name="assessment", verbose_name="stage"
    )
    welcome = models.PositiveSmallIntegerField("accueil", validators=MARKS)
    supervision = models.PositiveSmallIntegerField("accompagnement", validators=MARKS)
    variety = models.PositiveSmallIntegerField("variété", validators=MARKS)
    autonomy = models.PositiveSmallIntegerField("autonomie", validators=MARKS)
    living = models.PositiveSmallIntegerField("vie sur place", validators=MARKS)
    would_return = models.PositiveSmallIntegerField("retour", validators=MARKS)
    comment = models.TextField("un mot pour le guichet", max_length=2000, blank=True)
    answered_at = models.DateTimeField("répondu le", default=timezone.now)

    objects = models.Manager()

    class Meta:
        verbose_name = "bilan de stage"
        verbose_name_plural = "bilans de stage"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    welcome__range=(1, 5),
                    supervision__range=(1, 5),
                    variety__range=(1, 5),
                    autonomy__range=(1, 5),
                    living__range=(1, 5),
                    would_return__range=(1, 5),
                ),
                name="internships_assessment_marks_are_one_to_five",
            ),
        ]

    def __str__(self):
        return f"Bilan : {self.placement}"
