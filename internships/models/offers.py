import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from listings.models import Listing, ListingQuerySet

from .kinds import Modality, PlacementKind, Supervision
from .semesters import Semester
from .sites import PlacementSite, Supervisor


class PlacementOfferQuerySet(ListingQuerySet):
    def of_semester(self, semester):
        return self.filter(semester=semester)


class PlacementOffer(Listing):
    """Seats for trainees at a site, for one semester: how one works and lives there.

    The Département never assigns a placement: the university does.
    """

    # It stands until its semester ends; warned a month before, it is renewed.
    warn_days = 30

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

    def _stand(self, now: dt.datetime) -> None:
        """On line until its semester is over, whenever it was confirmed."""
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
