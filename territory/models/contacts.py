from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from territory.sorting import sort_key

from .bodies import Organisation, Topic


class ContactQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)


class Contact(models.Model):
    """Somebody who answers for an organisation: whom the desk calls."""

    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="contacts",
        verbose_name="organisme",
    )
    name = models.CharField("nom", max_length=150)
    sort_key = models.CharField(max_length=320, db_collation="C", editable=False)
    function = models.CharField("fonction", max_length=150, blank=True)
    email = models.EmailField(
        "courriel",
        blank=True,
        help_text="Sans courriel : la boîte de l'organisme.",
    )
    phone = models.CharField("téléphone", max_length=20, blank=True)
    is_main = models.BooleanField(
        "premier contact", default=False, help_text="Un seul par organisme."
    )
    topics = models.ManyToManyField(
        Topic,
        verbose_name="répond pour",
        related_name="contacts",
        blank=True,
        help_text="Sans sujet : tous ceux de l'organisme.",
    )
    is_active = models.BooleanField("en poste", default=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "contact"
        ordering = ["-is_main", "sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(is_main=True),
                name="territory_one_main_contact",
                violation_error_message="Un organisme a un seul premier contact.",
            ),
            models.CheckConstraint(
                condition=Q(is_main=False) | Q(is_active=True),
                name="territory_main_contact_is_active",
                violation_error_message="Le premier contact est en poste.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.sort_key = sort_key(self.name)
        super().save(**kwargs)


class ContactAbsenceQuerySet(models.QuerySet):
    def on(self, day: date):
        return self.filter(period__contains=day)


class ContactAbsence(models.Model):
    """The days a contact is away, and who answers meanwhile."""

    contact = models.ForeignKey(
        Contact, models.CASCADE, related_name="absences", verbose_name="absent(e)"
    )
    period = DateRangeField("période")
    stand_in = models.ForeignKey(
        Contact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stands_in",
        verbose_name="remplacé(e) par",
        help_text="Sans remplaçant, la boîte de l'organisme.",
    )

    objects = ContactAbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "absence d'un contact"
        verbose_name_plural = "absences des contacts"
        ordering = ["-period"]
        constraints = [
            ExclusionConstraint(
                name="territory_one_contact_absence_at_a_time",
                expressions=[
                    ("contact", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message=(
                    "Une absence est déjà notée pour une partie de ces jours."
                ),
            ),
            models.CheckConstraint(
                condition=Q(stand_in=None) | ~Q(stand_in=F("contact")),
                name="territory_contact_has_another_stand_in",
                violation_error_message="Personne ne se remplace soi-même.",
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False)
                & Q(period__startswith__isnull=False)
                & Q(period__endswith__isnull=False),
                name="territory_contact_absence_begins_and_ends",
                violation_error_message="Une absence a un premier et un dernier jour.",
            ),
        ]

    def __str__(self):
        return f"{self.contact}, {self.period.lower:%d/%m/%Y}"

    def clean(self):
        """Two who stand in for each other on the same day: nobody answers."""
        if not (self.stand_in_id and self.contact_id and self.period):
            return
        if self.stand_in.organisation_id != self.contact.organisation_id:
            raise ValidationError(
                {"stand_in": "Choisissez un contact du même organisme."}
            )
        others = (
            ContactAbsence.objects.filter(
                period__overlap=self.period,
                contact__organisation=self.contact.organisation,
                stand_in__isnull=False,
            )
            .exclude(pk=self.pk)
            .exclude(contact=self.contact)
        )
        days = (self.period.lower, self.period.upper)
        if _comes_back(
            self.contact_id, self.stand_in_id, days, list(others), frozenset()
        ):
            raise ValidationError(
                {
                    "stand_in": "Ces remplacements tournent en rond : pendant une "
                    "partie de ces jours, chacun renverrait à l'autre."
                }
            )


def _comes_back(start: int, contact: int, days, absences, seen: frozenset[int]) -> bool:
    """Is there a day of `days` on which following the stand-ins leads to `start`?"""
    for absence in absences:
        if absence.contact_id != contact or absence.pk in seen:
            continue
        first = max(days[0], absence.period.lower)
        end = min(days[1], absence.period.upper)
        if first >= end:
            continue
        if absence.stand_in_id == start:
            return True
        known = seen | {absence.pk}
        if _comes_back(start, absence.stand_in_id, (first, end), absences, known):
            return True
    return False
