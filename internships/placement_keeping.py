"""How long interests and placements are kept, and what their owner may take away."""

from datetime import date

from django.db import models, transaction

from accounts.models import Person
from accounts.retention import Rule, years_before
from casework import forgetting
from casework.journal import record
from internships.models import Assessment, Interest, Placement


def old_interests(day: date) -> models.QuerySet:
    """Closed for two years, and no placement came of them."""
    closed = Interest.objects.filter(closed_at__date__lte=years_before(day, 2))
    return closed.filter(placement=None)


def old_placements(day: date) -> models.QuerySet:
    """Over for two years; the request for a bed that goes with one ends before it."""
    over = Placement.objects.filter(period__endswith__lte=years_before(day, 2))
    return over.filter(housing_requests=None)


@transaction.atomic
def delete_interest(interest: Interest) -> None:
    forgetting.forget(interest)
    interest.delete()


@transaction.atomic
def delete_placement(placement: Placement) -> None:
    """The placement, what was thought of it, and the interest it came from."""
    interest = placement.interest
    record("internships.placement.forgotten", subject=placement)
    forgetting.forget(placement)
    placement.delete()
    if interest:
        delete_interest(interest)


def category(placement: Placement) -> str:
    """What stays in the counts: kind, semester's year and zone, nobody."""
    return f"{placement.kind}/{placement.period.lower.year}/{placement.zone_code}"


def forget_person(person: Person) -> None:
    """They have left: what they wrote goes, where trainees came from stays counted."""
    interests = Interest.objects.of(person)
    for row in [*interests, *Placement.objects.of(person)]:
        forgetting.forget(row)
    interests.update(word="", answer="")
    Assessment.objects.filter(placement__person=person).update(comment="")
    cancelled = Placement.objects.of(person).exclude(cancelled_at=None)
    cancelled.update(cancelled_because="Motif effacé")


RULES = [
    Rule(
        key="internships.interest",
        label="Intérêts pour un stage, deux ans après leur fin",
        queryset=old_interests,
        purge=delete_interest,
    ),
    Rule(
        key="internships.placement",
        label="Stages, deux ans après leur fin",
        queryset=old_placements,
        purge=delete_placement,
        keep_aggregate=category,
    ),
]


def export(person: Person) -> list[dict]:
    """What they wished for, where they came, what they thought of it."""
    interests = Interest.objects.of(person).with_list_data().order_by("created_at")
    placements = Placement.objects.of(person).with_list_data().order_by("created_at")
    return [
        *(
            {
                "intérêt pour un stage": interest.offer.title,
                "terrain": interest.offer.site.name,
                "semestre": str(interest.semester),
                "vœu": interest.rank,
                "mot": interest.word,
                "accord pour le terrain": interest.wording,
                "état": interest.get_state_display(),
                "réponse": interest.answer,
                "le": interest.created_at,
            }
            for interest in interests
        ),
        *(_placement(placement) for placement in placements),
    ]


def _placement(placement: Placement) -> dict:
    assessment = Assessment.objects.filter(placement=placement).first()
    said = {
        "stage": placement.get_kind_display(),
        "lieu": placement.where,
        "commune": placement.commune.name,
        "premier jour": placement.period.lower,
        "dernier jour": placement.last_on,
        "zone": placement.zone_label,
        "non-cumul accepté": placement.indemnities_wording,
        "accepté le": placement.indemnities_accepted_at,
        "licence de remplacement": placement.locum_licence_on,
        "annulé le": placement.cancelled_at,
        "motif": placement.cancelled_because,
    }
    if assessment:
        said["bilan"] = {
            sentence: getattr(assessment, question)
            for question, sentence in Assessment.QUESTIONS.items()
        } | {"mot": assessment.comment}
    return said
