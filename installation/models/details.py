import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import PractitionerProfile
from installation.models.requests import InstallationRequest

MOST_PATIENTS = 5000


class RequestDetails(models.Model):
    """What one kind of request asks and the others do not: help, departure, post."""

    class Help(models.TextChoices):
        ASSISTANT = "assistant", "un assistant ou un collaborateur"
        ASSOCIATE = "associate", "un associé ou une associée"
        LOCUM = "locum", "un remplaçant ou une remplaçante"
        SECRETARY = "secretary", "un secrétariat"
        GROUP = "group", "un groupe à rejoindre ou à créer"
        PREMISES = "premises", "un autre local"
        WORKLOAD = "workload", "une charge à alléger : le cabinet s'épuise"

    class Since(models.TextChoices):
        WEEKS = "weeks", "depuis quelques semaines"
        MONTHS = "months", "depuis quelques mois"
        LONG = "long", "depuis plus d'un an"

    class Premises(models.TextChoices):
        OWNED = "owned", "un local à vendre"
        RENTED = "rented", "un bail à reprendre"
        SHARED = "shared", "une place dans un cabinet de groupe"
        NONE = "none", "aucun local à reprendre"
        UNKNOWN = "unknown", "je ne sais pas encore"

    class Carrier(models.TextChoices):
        COMMUNE = "commune", "une commune"
        GROUP = "group", "une intercommunalité"
        PROFESSIONALS = "professionals", "des professionnels de santé"
        ASSOCIATION = "association", "une association ou une mutuelle"
        HOSPITAL = "hospital", "un hôpital"
        OTHER = "other", "quelqu'un d'autre"

    class Project(models.TextChoices):
        HEALTH_HOUSE = "health_house", "une maison de santé"
        HEALTH_CENTRE = "health_centre", "un centre de santé"
        SECONDARY_PRACTICE = "secondary_practice", "un cabinet secondaire"
        HOUSING = "housing", "des logements pour internes ou médecins"
        E_HEALTH = "e_health", "un équipement de télésanté"
        NURSE = "nurse", "la formation d'un infirmier en pratique avancée"

    class Stage(models.TextChoices):
        IDEA = "idea", "une idée"
        TEAM = "team", "une équipe réunie"
        WRITTEN = "written", "un projet écrit"
        FUNDING = "funding", "un financement en cours"
        WORKS = "works", "des travaux engagés"

    request = models.OneToOneField(
        InstallationRequest,
        models.CASCADE,
        primary_key=True,
        related_name="details",
        verbose_name="demande",
    )

    helps = ArrayField(
        models.CharField(max_length=10, choices=Help),
        verbose_name="aide attendue",
        default=list,
        blank=True,
    )
    since = models.CharField("depuis quand", max_length=10, choices=Since, blank=True)

    # The day a doctor leaves, a post is free or a structure opens.
    planned_on = models.DateField("date prévue", null=True, blank=True)
    is_confidential = models.BooleanField("départ confidentiel", null=True, blank=True)
    patients = models.PositiveSmallIntegerField(
        "patients suivis",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PATIENTS)],
    )
    premises = models.CharField(
        "local à reprendre", max_length=10, choices=Premises, blank=True
    )

    # Who writes for a structure, and for which one.
    function = models.CharField("fonction", max_length=100, blank=True)
    structure = models.ForeignKey(
        "territory.HealthStructure",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="structure",
    )
    body_name = models.CharField("nom de la structure", max_length=150, blank=True)
    wanted_profession = models.CharField(
        "profession recherchée",
        max_length=10,
        choices=PractitionerProfile.Profession,
        blank=True,
    )
    wanted_specialty = models.CharField(
        "spécialité recherchée", max_length=100, blank=True
    )
    project = models.CharField("projet", max_length=20, choices=Project, blank=True)
    carrier = models.CharField("porté par", max_length=15, choices=Carrier, blank=True)
    stage = models.CharField("avancement", max_length=10, choices=Stage, blank=True)

    objects = models.Manager()

    class Meta:
        verbose_name = "précisions d'une demande"
        verbose_name_plural = "précisions des demandes"
        constraints = [
            models.CheckConstraint(
                condition=Q(patients=None) | Q(patients__range=(1, MOST_PATIENTS)),
                name="installation_patients_are_plausible",
            ),
            models.CheckConstraint(
                condition=Q(planned_on=None)
                | Q(
                    planned_on__range=(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
                ),
                name="installation_planned_day_is_plausible",
            ),
        ]

    def __str__(self):
        return f"Précisions de {self.request}"

    @property
    def help_labels(self) -> list[str]:
        known = dict(self.Help.choices)
        return [str(known[code]) for code in self.helps if code in known]

    @property
    def structure_name(self) -> str:
        """The structure that was chosen, or the name that was typed."""
        return self.structure.name if self.structure else self.body_name

    def forget(self) -> None:
        """Empty what may tell who asked."""
        self.function = self.body_name = ""
        self.save(update_fields=["function", "body_name"])

    forget.alters_data = True

    @classmethod
    def combine_for_merge(cls, kept, absorbed):
        """Two dossiers become one: the other answers fill the blanks."""
        values = {
            field.attname: getattr(absorbed, field.attname)
            for field in cls._meta.concrete_fields
            if not getattr(kept, field.attname)
        }
        absorbed.delete()
        for name, value in values.items():
            setattr(kept, name, value)
        kept.save()
