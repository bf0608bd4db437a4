from django.conf import settings
from django.core.cache import caches
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from territory.theme import DEFAULT_ACCENT, DEFAULT_BRAND

from .places import Departement

CACHE_KEY = "territory.desk"

is_colour = RegexValidator(
    r"^#[0-9a-fA-F]{6}$", "Une couleur s'écrit avec six chiffres : #5d2350."
)

WORKING_DAYS = [
    (0, "le lundi"),
    (1, "le mardi"),
    (2, "le mercredi"),
    (3, "le jeudi"),
    (4, "le vendredi"),
]


class DeskManager(models.Manager):
    def current(self) -> "Desk":
        """The desk of this installation, kept in the process for 30 seconds.

        Before the first `load_territory` it is an unsaved desk with the defaults,
        so that an error page or a health check has something to show.
        """
        desk = caches["local"].get(CACHE_KEY)
        if desk is None or desk.departement.code != settings.DEPARTEMENT:
            desk = self._read()
            if desk.pk:
                caches["local"].set(CACHE_KEY, desk, timeout=30)
        return desk

    def _read(self) -> "Desk":
        found = (
            self.filter(departement__code=settings.DEPARTEMENT)
            .select_related("departement")
            .defer("logo", "departement__contour")
            .first()
        )
        code = settings.DEPARTEMENT
        return found or self.model(departement=Departement(code=code, name=code))


class Desk(models.Model):
    """How the single desk of a Département presents itself: names, colours, law."""

    departement = models.OneToOneField(
        Departement, models.PROTECT, related_name="desk", verbose_name="département"
    )
    service_name = models.CharField(
        "nom du service", max_length=100, default="Bienvenue Docteur"
    )
    phone = models.CharField("téléphone", max_length=20, blank=True)
    email = models.EmailField("courriel", blank=True)
    address = models.TextField("adresse", blank=True)
    opening_hours = models.CharField(
        "horaires",
        max_length=200,
        blank=True,
        default="du lundi au vendredi, de 9 h à 17 h",
    )
    brand = models.CharField(
        "couleur", max_length=7, default=DEFAULT_BRAND, validators=[is_colour]
    )
    accent = models.CharField(
        "accent", max_length=7, default=DEFAULT_ACCENT, validators=[is_colour]
    )
    logo = models.BinaryField("logo", null=True, blank=True)
    logo_media_type = models.CharField(max_length=20, blank=True, editable=False)
    court_name = models.CharField(
        "tribunal administratif",
        max_length=100,
        blank=True,
        help_text="« tribunal administratif de Bordeaux »",
    )
    court_url = models.URLField(
        "site du tribunal", blank=True, default="https://www.telerecours.fr/"
    )
    publication_director = models.CharField(
        "directeur ou directrice de la publication", max_length=150, blank=True
    )
    dpo_contact = models.TextField(
        "délégué à la protection des données",
        blank=True,
        help_text="Nom ou fonction, adresse, courriel.",
    )
    host = models.TextField(
        "hébergeur", blank=True, help_text="Nom, adresse et téléphone (LCEN)."
    )
    accessibility_contact = models.TextField("contact pour l'accessibilité", blank=True)
    answer_delay_days = models.PositiveSmallIntegerField(
        "délai de première réponse", default=2, help_text="En jours ouvrés."
    )
    partner_wait_days = models.PositiveSmallIntegerField(
        "silence d'un partenaire",
        default=10,
        help_text="En jours ouvrés : au-delà, « Ma semaine » dit de l'appeler.",
    )
    partner_letter_day = models.PositiveSmallIntegerField(
        "lettre aux partenaires",
        choices=WORKING_DAYS,
        default=0,
        help_text="Un message par semaine et par partenaire, ce jour-là.",
    )
    is_demo = models.BooleanField(
        "démonstration",
        default=False,
        help_text="Les pages disent que les données sont fictives.",
    )
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DeskManager()

    class Meta:
        verbose_name = "réglages du guichet"
        verbose_name_plural = "réglages du guichet"
        constraints = [
            models.CheckConstraint(
                condition=Q(brand__regex=r"^#[0-9a-fA-F]{6}$")
                & Q(accent__regex=r"^#[0-9a-fA-F]{6}$"),
                name="territory_desk_colours_are_hexadecimal",
            ),
            models.CheckConstraint(
                condition=Q(logo=None, logo_media_type="")
                | Q(
                    logo__isnull=False,
                    logo_media_type__in=["image/png", "image/jpeg"],
                ),
                name="territory_desk_logo_has_a_type",
            ),
        ]

    def __str__(self):
        return f"{self.service_name}, {self.departement}"

    def save(self, **kwargs):
        self.updated_at = timezone.now()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "updated_at"}
        super().save(**kwargs)
        caches["local"].delete(CACHE_KEY)

    @property
    def has_logo(self) -> bool:
        return bool(self.logo_media_type)
