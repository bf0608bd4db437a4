from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from accounts import consents, mail, merging
from accounts.models import ContactPoint, Person, User
from accounts.signals import (
    account_closed,
    account_closing,
    people_merged,
    person_emptied,
)
from territory.sorting import search_key


@transaction.atomic
def merge(kept: Person, absorbed: Person, *, by: User | None) -> Person:
    """Make one person of two: every reference moves, the other row is emptied."""
    kept, absorbed = _locked(kept, absorbed)
    outcome = merging.move_everything(kept, absorbed)
    if outcome.refusals:
        raise ValidationError(outcome.refusals)
    merging.absorb_identity(kept, absorbed)
    people_merged.send(Person, kept=kept, absorbed=absorbed, by=by)
    return kept


def merge_preview(kept: Person, absorbed: Person) -> merging.Outcome:
    """Try the merge for real and take it back: what is shown is what happens."""
    with transaction.atomic():
        try:
            outcome = merging.move_everything(*_locked(kept, absorbed))
        except ValidationError as refusal:
            outcome = merging.Outcome(refusals=refusal.messages)
        transaction.set_rollback(True)
    return outcome


def _locked(kept: Person, absorbed: Person) -> tuple[Person, Person]:
    if kept.pk == absorbed.pk:
        raise ValidationError("Choisissez deux fiches différentes.")
    rows = Person.objects.select_for_update(of=["self"]).order_by("pk")
    people = rows.in_bulk([kept.pk, absorbed.pk])
    if any(person.closed_at for person in people.values()):
        raise ValidationError("Une fiche effacée ne peut plus être réunie à une autre.")
    return people[kept.pk], people[absorbed.pk]


@transaction.atomic
def find_or_create_person(
    *,
    email: str,
    first_name: str,
    last_name: str,
    phone: str = "",
    origin: str = Person.Origin.SITE,
    title: str = "",
    address: str = "",
    postal_code: str = "",
    city: str = "",
) -> Person:
    """The person who submits without having signed in.

    Nothing proves the address is theirs: what the desk or they noted before stands.
    A person who confirmed the address is found and left alone; one who did not has
    the blanks filled, and another number kept beside the first.
    """
    given = {
        "title": title,
        "first_name": first_name,
        "last_name": last_name,
        "phone": phone,
        "address": address,
        "postal_code": postal_code,
        "city": city,
    }
    newcomer = Person(email=email, origin=origin, **given)
    newcomer.email = Person._meta.get_field("email").to_python(email)
    for person in _known_by(newcomer.email) if newcomer.email else ():
        if not may_be_same(person, newcomer):
            continue
        if person.email_confirmed_at is None and not person.has_login:
            merging.complete_identity(person, given)
        return person
    newcomer.save()
    return newcomer


@transaction.atomic
def note_identity(
    person: Person,
    *,
    first_name: str = "",
    last_name: str = "",
    email: str = "",
    phone: str = "",
) -> Person:
    """What the desk hears from somebody it knows: blanks are filled, no more."""
    rows = Person.objects.open().select_for_update(of=["self"], no_key=True)
    person = rows.get(pk=person.pk)
    email = Person._meta.get_field("email").to_python(email)
    others = []
    if not person.email:
        person.email = email
    elif email != person.email:
        others.append((ContactPoint.Kind.EMAIL, email))
    said = {"first_name": first_name, "last_name": last_name, "phone": phone}
    blank = dict.fromkeys(("title", "address", "postal_code", "city"), "")
    merging.complete_identity(person, blank | said, others)
    return person


def _known_by(email: str):
    """Those who gave this address, the one who confirmed it first."""
    known = Person.objects.open().filter(email=email).select_related("user")
    return known.select_for_update(of=["self"], no_key=True).order_by(
        "email_confirmed_at", "pk"
    )


def may_be_same(one: Person, other: Person) -> bool:
    """Two people may share a mailbox; their first names tell them apart."""
    first, second = search_key(one.first_name), search_key(other.first_name)
    if not first or not second:
        return True
    # « J. » for « Julie », and surname and first name typed in each other's place.
    if first.startswith(second) or second.startswith(first):
        return True
    return not {*first.split()}.isdisjoint(
        {*second.split(), *search_key(other.last_name).split()}
    ) and not {*second.split()}.isdisjoint(
        {*first.split(), *search_key(one.last_name).split()}
    )


@transaction.atomic
def claim(user: User) -> Person:
    """The address of this login is confirmed: find what was filed under it."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True, primary=True)
    address = confirmed.first()
    person = user.person
    if address is None:
        return person
    for known in _known_by(address.email):
        mine = known.pk == person.pk
        if mine or known.has_login or not may_be_same(person, known):
            continue
        person = merge(person, known, by=user)
    # Whoever shares the mailbox under another first name no longer owns it alone.
    Person.objects.filter(email=address.email).exclude(pk=person.pk).update(
        email_confirmed_at=None
    )
    if person.email != address.email or person.email_confirmed_at is None:
        person.email = address.email
        person.email_confirmed_at = timezone.now()
        person.save(update_fields=["email", "email_confirmed_at"])
    user.person = person
    return person


def closing_refusals(user: User) -> list[str]:
    """Why this account cannot be closed now; a check that fails refuses too."""
    reasons = []
    if user.is_staff or user.is_superuser:
        reasons.append(
            "Ce compte donne accès au guichet : la direction retire d'abord cet accès."
        )
    answers = account_closing.send_robust(User, user=user, person=user.person)
    for _receiver, answer in answers:
        if isinstance(answer, Exception):
            reasons.append(
                "Une vérification n'a pas abouti. Réessayez plus tard ou appelez le "
                "guichet : rien n'a été effacé."
            )
        else:
            reasons += answer or []
    return list(dict.fromkeys(reasons))


@transaction.atomic
def close_account(user: User) -> None:
    """Forget the person; the rows stay, empty, for what must be kept."""
    user = User.objects.select_for_update(of=["self"]).get(pk=user.pk)
    person = Person.objects.select_for_update(of=["self"]).get(pk=user.person_id)
    user.person = person
    if reasons := closing_refusals(user):
        raise ValidationError(reasons)
    former_address = user.email
    # Named before they are forgotten, so that the last letter is still written.
    addresses = {former_address, *_login_addresses(user)}
    _forget_login(user)
    empty_person(person, addresses)
    forget_in_admin_log(user)
    account_closed.send(User, user=user)
    mail.send_last("accounts/email/account_closed", former_address)


def _login_addresses(user: User) -> models.QuerySet:
    return user.emailaddress_set.values_list("email", flat=True)


@transaction.atomic
def empty_person(person: Person, addresses: Iterable[str] = ()) -> None:
    """Forget who a person was, here and, by the signal, in the apps above."""
    today = timezone.localdate()
    addresses = _theirs_alone(person, addresses)
    consents.withdraw_every(person)
    person.memberships.filter(until=None, since__lt=today).update(until=today)
    person.memberships.filter(until=None).delete()
    person.contact_points.all().delete()
    for profile in ("practitionerprofile", "studentprofile"):
        if hasattr(person, profile):
            getattr(person, profile).delete()
    person.empty()
    forget_in_admin_log(person, *person.absorbed.all())
    person_emptied.send(Person, person=person, addresses=addresses)


def _theirs_alone(person: Person, addresses: Iterable[str]) -> list[str]:
    """Every address of a person but those somebody else receives mail at too."""
    points = person.contact_points.filter(kind=ContactPoint.Kind.EMAIL)
    theirs = {person.email, *addresses, *points.values_list("value", flat=True)} - {""}
    others = Person.objects.open().exclude(pk=person.pk).filter(email__in=theirs)
    return sorted(theirs.difference(others.values_list("email", flat=True)))


def forget_in_admin_log(*rows: models.Model) -> None:
    """The admin's own log copies names: it keeps who changed which row, and when."""
    for row in rows:
        kind = ContentType.objects.get_for_model(row)
        LogEntry.objects.filter(content_type=kind, object_id=row.pk).update(
            object_repr=str(row), change_message=""
        )


def _forget_login(user: User) -> None:
    addresses = {user.email, *_login_addresses(user)}
    user.email = f"compte-{user.pk}@ferme.invalid"
    user.is_active = False
    # Another password hash ends every open session.
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()
    user.emailaddress_set.all().delete()
    user.socialaccount_set.all().delete()
    user.authenticator_set.all().delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    # What was tried at the door remains, under no name.
    AccessAttempt.objects.filter(username__in=addresses).delete()
    AccessLog.objects.filter(username__in=addresses).update(username=user.email)
