import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from listings.models import Listing, ListingQuerySet

from .dwellings import SiteDistance
from .kinds import OF_DENTISTS, Modality, PlacementKind, Supervision
from .semesters import Semester
from .sites import PlacementSite, Supervisor


class PlacementOfferQuerySet(ListingQuerySet):
    def of_semester(self, semester):
        return self.filter(semester=semester)

    def near_a_room(self):
        """Their host says so, or a dwelling of the portal is known to be near."""
        rooms = SiteDistance.objects.filter(
            site=OuterRef("site"), dwelling__is_open=True
        )
        return self.filter(~Q(room_nearby="") | Exists(rooms))

    def in_zone(self, code: str, zones):
        """In a zone of one of these assignments on the first day (R-32)."""
        there = zones.filter(
            category_code=code,
            commune=OuterRef("commune"),
            zoning__valid__contains=OuterRef("semester__period__startswith"),
        )
        of_dentists = Exists(there.exclude(zoning__kind="ars_doctors"))
        of_doctors = Exists(there.exclude(zoning__kind="ars_dentists"))
        is_dental = Q(kind__in=OF_DENTISTS)
        return self.filter(is_dental & of_dentists | ~is_dental & of_doctors)

    def to_confirm(self, day: dt.date):
        """None: what ends with its semester is renewed, not confirmed."""
        return self.none()

    def to_renew(self, day: dt.date):
        """On line, soon over, and nothing is said of the semester after."""
        return super().to_confirm(day).filter(renewal=None)


class PlacementOffer(Listing):
    """Seats for trainees at a site, for one semester: how one works and lives there.

    The Département never assigns a placement: the university does.
    """

    # It stands until its semester ends; warned a month before, it is renewed.
    warn_days = 30
    ended_template = "internships.offer-ended"
    ended_link = "internships.offer-renew"

    site = models.ForeignKey(
        PlacementSite, models.PROTECT, related_name="offers", verbose_name="terrain"
    )
    semester = models.ForeignKey(
        Semester, models.PROTECT, related_name="offers", verbose_name="semestre"
    )
    kind = models.CharField("stage", max_length=20, choices=PlacementKind)
    supervision = models.CharField(
        "accompagnement", max_length=10, choices=Supervision, default=Supervision.DIRECT
    )
    modality = models.CharField(
        "organisation", max_length=12, choices=Modality, default=Modality.FULL
    )
    supervisors = models.ManyToManyField(
        Supervisor, blank=True, related_name="offers", verbose_name="maîtres de stage"
    )
    seats = models.PositiveSmallIntegerField(
        "places",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    teaching_days = models.CharField("jours d'enseignement", max_length=100, blank=True)
    needs_car = models.BooleanField("une voiture est nécessaire", default=False)
    room_nearby = models.CharField(
        "une chambre à proximité",
        max_length=200,
        blank=True,
        help_text="« Chambre de la commune à 300 m », laissez vide s'il n'y en a pas.",
    )
    # The offer of the semester before, of which this one was made by one click.
    renews = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="renewal",
        verbose_name="renouvelle",
    )

    objects = PlacementOfferQuerySet.as_manager()

    class Meta(Listing.Meta):
        verbose_name = "offre de stage"
        verbose_name_plural = "offres de stage"
        constraints = [
            *Listing.Meta.constraints,
            models.CheckConstraint(
                condition=Q(seats__range=(1, 20)),
                name="internships_offer_seats_are_plausible",
            ),
        ]
        indexes = [
            *Listing.Meta.indexes,
            models.Index(
                fields=["semester", "kind", "-published_at", "-id"],
                condition=Q(state="published"),
                name="placementoffer_of_a_semester",
            ),
        ]

    def get_absolute_url(self):
        return reverse("internships:offer-detail", args=[self.pk])

    def get_confirmed_url(self):
        return reverse("internships:offer-confirmed", args=[self.pk])

    @property
    def public_words(self) -> str:
        words = [
            self.get_kind_display(),
            self.summary,
            self.body,
            self.site.name,
            self.commune.name,
            self.teaching_days,
            self.room_nearby,
        ]
        return " ".join(words)

    def save(self, *args, **kwargs):
        """Where it is, and whose: its site's."""
        if kwargs.get("update_fields") is None:
            self.commune_id = self.site.commune_id
            self.organisation_id = self.site.organisation_id
        super().save(*args, **kwargs)

    @property
    def is_over(self) -> bool:
        return self.semester.period.upper <= timezone.localdate()

    @property
    def is_followed(self) -> bool:
        return hasattr(self, "renewal")

    @property
    def is_editable(self) -> bool:
        """What the desk has read stays as it was once its semester is over."""
        return super().is_editable and not self.is_over

    @property
    def was_read(self) -> bool:
        """On line, or until its semester ended: the desk has read all of it."""
        return self.state in {self.State.PUBLISHED, self.State.EXPIRED}

    def allows(self, verb: str) -> bool:
        if verb == "confirm" or (verb in {"submit", "publish"} and self.is_over):
            return False
        return super().allows(verb)

    def submit(self) -> None:
        self._require_time()
        super().submit()

    def confirm(self) -> None:
        """Never: it would stand for another semester than it says."""
        raise ValidationError(
            "Une offre de stage vaut pour un semestre : renouvelez-la pour le suivant.",
            code="transition",
        )

    submit.alters_data = confirm.alters_data = True

    def _require_time(self) -> None:
        if self.is_over:
            raise ValidationError(
                "Le semestre de cette offre est terminé : renouvelez-la pour le "
                "suivant.",
                code="transition",
            )

    def _stand(self, now: dt.datetime) -> None:
        """On line until its semester is over, whenever it was read."""
        self._require_time()
        super()._stand(now)
        self.expires_on = self.semester.period.upper


class OfferPhoto(models.Model):
    """A picture of a placement: what it shows is said for those who do not see it."""

    offer = models.ForeignKey(
        PlacementOffer, models.CASCADE, related_name="photos", verbose_name="offre"
    )
    document = models.OneToOneField(
        "documents.Document", models.PROTECT, related_name="+", verbose_name="image"
    )
    alternative = models.CharField("ce que montre la photo", max_length=150)
    rank = models.PositiveSmallIntegerField("ordre", default=0)

    objects = models.Manager()

    class Meta:
        verbose_name = "photo d'une offre"
        verbose_name_plural = "photos d'une offre"
        ordering = ["rank", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(alternative=""),
                name="internships_offer_photo_is_described",
            ),
        ]

    def __str__(self):
        return self.alternative
