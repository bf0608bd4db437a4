"""What the Département helps to build or to equip: structures of care, and more."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse

from territory.sorting import sort_key


class ProjectState(models.TextChoices):
    IDEA = "idea", "à l'idée"
    STUDIED = "studied", "à l'étude"
    VOTED = "voted", "subvention votée"
    WORKS = "works", "en travaux"
    OPEN = "open", "en service"
    ABANDONED = "abandoned", "abandonné"


# From each state, where a project may go: forward, or out; an abandoned one may begin
# again. A project that was never helped goes from the study to the works.
PROJECT_TRANSITIONS: dict[str, frozenset[str]] = {
    ProjectState.IDEA: frozenset({ProjectState.STUDIED, ProjectState.ABANDONED}),
    ProjectState.STUDIED: frozenset(
        {ProjectState.VOTED, ProjectState.WORKS, ProjectState.ABANDONED}
    ),
    ProjectState.VOTED: frozenset(
        {ProjectState.WORKS, ProjectState.OPEN, ProjectState.ABANDONED}
    ),
    ProjectState.WORKS: frozenset({ProjectState.OPEN, ProjectState.ABANDONED}),
    ProjectState.OPEN: frozenset(),
    ProjectState.ABANDONED: frozenset({ProjectState.IDEA}),
}
UNDER_WAY = (
    ProjectState.IDEA,
    ProjectState.STUDIED,
    ProjectState.VOTED,
    ProjectState.WORKS,
)


class StructureProjectQuerySet(models.QuerySet):
    def under_way(self):
        return self.filter(state__in=UNDER_WAY)

    def open(self):
        return self.filter(state=ProjectState.OPEN)

    def totals(self) -> dict:
        """What was voted and paid, over all of them."""
        return self.aggregate(
            voted=Sum("amount_voted", default=Decimal(0)),
            paid=Sum("amount_paid", default=Decimal(0)),
        )


class StructureProject(models.Model):
    """Something that helps care in a place: who carries it, what the council gives.

    Nobody's name is in it: elected officials read it whole.
    """

    State = ProjectState

    class Kind(models.TextChoices):
        HEALTH_HOUSE = "health_house", "maison de santé"
        HEALTH_CENTRE = "health_centre", "centre de santé"
        SECONDARY_PRACTICE = "secondary_practice", "cabinet secondaire"
        DWELLINGS = "dwellings", "logements d'internes et de médecins"
        E_HEALTH = "e_health", "équipement d'e-santé"
        NURSE_TRAINING = "nurse_training", "formation d'infirmiers en pratique avancée"

    name = models.CharField("nom", max_length=150)
    sort_key = models.CharField(max_length=320, db_collation="C", editable=False)
    kind = models.CharField("nature", max_length=20, choices=Kind)
    is_public = models.BooleanField(
        "portage public",
        default=True,
        help_text="Par une collectivité ou un établissement public.",
    )
    carrier = models.ForeignKey(
        "territory.Organisation",
        models.PROTECT,
        related_name="structure_projects",
        verbose_name="porté par",
        null=True,
        blank=True,
    )
    commune = models.ForeignKey(
        "territory.Commune",
        models.PROTECT,
        related_name="structure_projects",
        verbose_name="commune",
    )
    structure = models.ForeignKey(
        "territory.HealthStructure",
        models.PROTECT,
        related_name="projects",
        verbose_name="structure de soins",
        null=True,
        blank=True,
        help_text="Quand elle existe déjà, ou une fois ouverte.",
    )
    state = models.CharField(
        "état", max_length=10, choices=ProjectState, default=ProjectState.IDEA
    )
    planned_on = models.DateField("ouverture prévue le", null=True, blank=True)
    opened_on = models.DateField("en service depuis le", null=True, blank=True)
    deliberation_number = models.CharField(
        "numéro de la délibération", max_length=40, blank=True
    )
    deliberation_on = models.DateField("délibération du", null=True, blank=True)
    amount_voted = models.DecimalField(
        "subvention votée", max_digits=11, decimal_places=2, null=True, blank=True
    )
    amount_paid = models.DecimalField(
        "déjà versé", max_digits=11, decimal_places=2, default=Decimal(0)
    )
    abandoned_because = models.CharField(
        "raison de l'abandon", max_length=300, blank=True
    )
    notes = models.TextField(
        "notes du guichet",
        blank=True,
        help_text="Pour le guichet seul : les élus ne les lisent pas.",
    )

    objects = StructureProjectQuerySet.as_manager()

    class Meta:
        verbose_name = "projet de structure"
        verbose_name_plural = "projets de structures"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_paid__gte=0)
                & (
                    Q(amount_paid=0)
                    | Q(amount_voted__isnull=False, amount_paid__lte=F("amount_voted"))
                ),
                name="installation_project_paid_within_the_vote",
                violation_error_message=(
                    "Le montant versé ne peut pas dépasser la subvention votée."
                ),
            ),
            models.CheckConstraint(
                condition=Q(amount_voted=None)
                | (
                    Q(amount_voted__gte=0, deliberation_on__isnull=False)
                    & ~Q(deliberation_number="")
                ),
                name="installation_project_grant_has_a_vote",
                violation_error_message=(
                    "Une subvention se vote : donnez le numéro et la date de la "
                    "délibération."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="voted") | Q(amount_voted__isnull=False),
                name="installation_project_voted_has_an_amount",
                violation_error_message="Donnez le montant voté.",
            ),
            models.CheckConstraint(
                condition=Q(state="open", opened_on__isnull=False)
                | (~Q(state="open") & Q(opened_on=None)),
                name="installation_project_open_since_a_day",
                violation_error_message=(
                    "Un projet en service a une date d'ouverture, et lui seul."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(state="abandoned") & ~Q(abandoned_because=""))
                | (~Q(state="abandoned") & Q(abandoned_because="")),
                name="installation_project_abandoned_for_a_reason",
                violation_error_message="Dites pourquoi le projet est abandonné.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.sort_key = sort_key(self.name)
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("admin:installation_structureproject_change", args=[self.pk])

    @property
    def next_states(self) -> list[ProjectState]:
        """In the order a project goes through them."""
        allowed = PROJECT_TRANSITIONS[self.state]
        return [state for state in ProjectState if state in allowed]

    def move(self, to: str, *, day: dt.date | None = None, reason: str = "") -> None:
        """Bring the project to another state: the day it opens, why it is given up."""
        if to not in PROJECT_TRANSITIONS[self.state]:
            allowed = " ou ".join(f"« {state.label} »" for state in self.next_states)
            raise ValidationError(
                f"Un projet « {self.get_state_display()} » ne peut passer qu'à "
                f"{allowed}."
                if allowed
                else f"Un projet « {self.get_state_display()} » ne change plus d'état."
            )
        if to == ProjectState.OPEN and day is None:
            raise ValidationError("Donnez la date d'ouverture.")
        if to == ProjectState.VOTED and self.amount_voted is None:
            raise ValidationError(
                "Saisissez d'abord le montant voté, le numéro et la date de la "
                "délibération."
            )
        if to == ProjectState.ABANDONED and not reason.strip():
            raise ValidationError("Dites pourquoi le projet est abandonné.")
        self.state = to
        self.opened_on = day if to == ProjectState.OPEN else None
        self.abandoned_because = reason.strip() if to == ProjectState.ABANDONED else ""
        self.save(update_fields=["state", "opened_on", "abandoned_because"])

    move.alters_data = True
