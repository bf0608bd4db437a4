from django.db import models
from django.db.models import Q

from territory.sorting import sort_key

from .places import Commune, Intercommunality


class Topic(models.Model):
    """Something a person who settles may need help with."""

    class Track(models.TextChoices):
        PROFESSIONAL = "professional", "projet professionnel"
        FAMILY = "family", "projet familial"

    slug = models.SlugField("identifiant", unique=True)
    name = models.CharField("sujet", max_length=80)
    track = models.CharField("projet", max_length=20, choices=Track)
    rank = models.PositiveSmallIntegerField("ordre", default=0)

    objects = models.Manager()

    class Meta:
        verbose_name = "sujet"
        ordering = ["-track", "rank"]

    def __str__(self):
        return self.name


class OrganisationQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def covering(self, commune):
        """Those that work in the commune; naming no place means everywhere."""
        anywhere = Q(communes=None, intercommunalities=None)
        here = Q(communes=commune)
        if commune.intercommunality_id:
            here |= Q(intercommunalities=commune.intercommunality_id)
        return self.filter(anywhere | here).distinct()

    def working_in(self, siren: str):
        """Those that cover an intercommunality, whole or through some communes."""
        anywhere = Q(communes=None, intercommunalities=None)
        whole = Q(intercommunalities__code=siren)
        part = Q(communes__intercommunality__code=siren)
        return self.filter(
            pk__in=self.model.objects.filter(anywhere | whole | part).values("pk")
        )


class Organisation(models.Model):
    """A body that funds, hosts, employs or advises."""

    class Kind(models.TextChoices):
        DEPARTEMENT = "departement", "Département"
        REGION = "region", "Région"
        STATE = "state", "service de l'État"
        ARS = "ars", "agence régionale de santé"
        CPAM = "cpam", "caisse primaire d'assurance maladie"
        MSA = "msa", "mutualité sociale agricole"
        INTERCOMMUNALITY = "intercommunality", "intercommunalité"
        COMMUNE = "commune", "commune"
        ORDRE = "ordre", "ordre professionnel"
        URPS = "urps", "union régionale de professionnels (URPS)"
        HOSPITAL = "hospital", "hôpital"
        PRACTICE = "practice", "cabinet ou maison de santé"
        UNIVERSITY = "university", "université"
        EMPLOYMENT = "employment", "emploi"
        HOUSING = "housing", "logement"
        SCHOOL = "school", "école et enseignement"
        CHILDCARE = "childcare", "petite enfance"
        ASSOCIATION = "association", "association"
        OTHER = "other", "autre"

    name = models.CharField("nom", max_length=150)
    sort_key = models.CharField(max_length=320, db_collation="C", editable=False)
    kind = models.CharField("nature", max_length=20, choices=Kind)
    email = models.EmailField("courriel", blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    website = models.URLField("site", blank=True)
    address = models.TextField("adresse", blank=True)
    communes = models.ManyToManyField(
        Commune,
        verbose_name="communes couvertes",
        related_name="organisations",
        blank=True,
        help_text="Sans commune ni intercommunalité : tout le Département.",
    )
    intercommunalities = models.ManyToManyField(
        Intercommunality,
        verbose_name="intercommunalités couvertes",
        related_name="organisations",
        blank=True,
    )
    topics = models.ManyToManyField(
        Topic, verbose_name="sujets", related_name="organisations", blank=True
    )
    is_active = models.BooleanField("en activité", default=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisme"
        ordering = ["sort_key"]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.sort_key = sort_key(self.name)
        super().save(**kwargs)
