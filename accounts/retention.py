"""How long rows are kept: the shape of a rule, and the rules of accounts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts import actions, mail, merging
from accounts.models import (
    Consent,
    ContactPoint,
    Person,
    PractitionerProfile,
    PurgeNotice,
    StudentProfile,
    User,
)

NOTICE_DAYS = 30


@dataclass(frozen=True)
class Rule:
    """What ends, when, and how it is destroyed once it has been announced."""

    key: str
    label: str
    # The rows whose time is over on a day.
    queryset: Callable[[date], models.QuerySet]
    purge: Callable[[Any], None]
    # Tells the person concerned, with the day of the destruction.
    warn: Callable[[Any, date], None] | None = None
    # public archives are destroyed only with the visa of the Archives.
    needs_archives_visa: bool = True
    # A category to count the row under once nothing is left of it; no name in it.
    keep_aggregate: Callable[[Any], str] | None = None


def years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def never_confirmed(day: date) -> models.QuerySet:
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return User.objects.filter(
        ~Exists(confirmed),
        is_staff=False,
        last_login=None,
        date_joined__date__lte=day - timedelta(days=30),
    )


def forget_unconfirmed(user: User) -> None:
    person = user.person
    user.delete()
    if not Person.objects.filter(_attached(), pk=person.pk).exists():
        actions.empty_person(person)


def dormant_logins(day: date) -> models.QuerySet:
    limit = years_before(day, 3)
    seen = Q(last_login__date__lte=limit)
    never = Q(last_login=None, date_joined__date__lte=limit)
    open_logins = User.objects.filter(is_active=True, is_staff=False)
    return open_logins.filter(seen | never).select_related("person")


def warn_dormant(user: User, purge_on: date) -> None:
    mail.send("accounts/email/dormant", user.email, purge_on=purge_on, user=user)


def unattached_people(day: date) -> models.QuerySet:
    """Known for two years, and nothing of theirs is left in the portal."""
    old = Person.objects.unclaimed().filter(created_at__date__lte=years_before(day, 2))
    running = Consent.objects.active().filter(person=OuterRef("pk"))
    return old.exclude(Exists(running)).exclude(_attached())


# What describes a person, and goes with it.
_DESCRIPTIONS = (
    ContactPoint,
    Consent,
    PractitionerProfile,
    StudentProfile,
    PurgeNotice,
)


def _attached() -> Q:
    """Does anything still point to the person?"""
    return Q(
        *(
            Exists(reference.model._base_manager.filter(**_to_outer(reference)))
            for reference in merging.references(Person)
            if reference.model not in _DESCRIPTIONS
        ),
        _connector=Q.OR,
    )


def _to_outer(reference: merging.Reference) -> dict:
    lookups = {reference.column: OuterRef("pk")}
    if reference.content_type:
        lookups[f"{reference.content_type}__app_label"] = "accounts"
        lookups[f"{reference.content_type}__model"] = "person"
    return lookups


RULES = [
    Rule(
        key="accounts.unconfirmed-login",
        label="Comptes jamais confirmés, un mois après leur création",
        queryset=never_confirmed,
        purge=forget_unconfirmed,
        needs_archives_visa=False,
    ),
    Rule(
        key="accounts.dormant-login",
        label="Comptes sans connexion depuis trois ans",
        queryset=dormant_logins,
        warn=warn_dormant,
        purge=actions.close_account,
        needs_archives_visa=False,
    ),
    Rule(
        key="accounts.unattached-person",
        label="Personnes sans compte ni dossier, connues depuis deux ans",
        queryset=unattached_people,
        purge=actions.empty_person,
        needs_archives_visa=False,
        keep_aggregate=lambda person: person.origin,
    ),
]


def export(person: Person) -> dict:
    """What accounts knows of a person, for « mes données »."""
    user = getattr(person, "user", None)
    return {
        "personne": {
            "titre": person.get_title_display() if person.title else "",
            "prénom": person.first_name,
            "nom": person.last_name,
            "courriel": person.email,
            "courriel confirmé le": person.email_confirmed_at,
            "téléphone": str(person.phone),
            "adresse": person.address,
            "code postal": person.postal_code,
            "ville": person.city,
            "origine": person.get_origin_display(),
            "connue depuis le": person.created_at,
        },
        "autres coordonnées": [point.value for point in person.contact_points.all()],
        "compte": user
        and {
            "courriel": user.email,
            "créé le": user.date_joined,
            "dernière connexion": user.last_login,
        },
        "praticien": _profile(person, "practitionerprofile"),
        "études": _profile(person, "studentprofile"),
        "appartenances": [
            {
                "organisme": membership.organisation.name,
                "rôle": membership.get_role_display(),
                "depuis le": membership.since,
                "jusqu'au": membership.until,
            }
            for membership in person.memberships.select_related("organisation")
        ],
        "accords": [
            {
                "usage": consent.get_purpose_display(),
                "organisme": consent.organisation and consent.organisation.name,
                "texte": consent.wording,
                "donné le": consent.given_at,
                "retiré le": consent.withdrawn_at,
            }
            for consent in person.consents.select_related("organisation")
        ],
    }


def _profile(person: Person, name: str) -> dict | None:
    profile = getattr(person, name, None)
    return profile and dict(_described(profile))


def _described(profile: models.Model) -> Iterator[tuple[str, Any]]:
    for field in profile._meta.concrete_fields:
        if field.primary_key or field.is_relation:
            continue
        shown = getattr(profile, f"get_{field.name}_display", None)
        value = shown() if shown else getattr(profile, field.name)
        yield str(field.verbose_name), value
