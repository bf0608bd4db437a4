import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import roles, rpps
from accounts.models import (
    Consent,
    ContactPoint,
    Membership,
    Person,
    PractitionerProfile,
    User,
)
from territory.models import Organisation
from tests.accounts.factories import PersonFactory, UserFactory


def test_an_address_is_the_same_in_any_case():
    user = UserFactory(email="Paul.Garrigue@Example.ORG")

    assert user.email == "paul.garrigue@example.org"
    assert User.objects.get(email="PAUL.garrigue@example.org") == user
    assert User.objects.get_by_natural_key("Paul.Garrigue@example.org") == user


def test_two_logins_never_share_an_address():
    UserFactory(email="paul@example.org")

    with pytest.raises(IntegrityError):
        User.objects.bulk_create(
            [User(email="PAUL@example.org", person=PersonFactory())]
        )


def test_create_user_makes_the_person_beside():
    user = User.objects.create_user(
        "claire@example.org", "un-mot-de-passe", first_name="Claire", last_name="Dumas"
    )

    assert user.person.full_name == "Claire Dumas"
    assert user.person.email == "claire@example.org"
    assert user.check_password("un-mot-de-passe")


@pytest.mark.parametrize(
    "text",
    [
        "Garrigue",
        "garrigues",
        "paul garigue",
        "GARRIGUE Paul",
        "05 36 49 12 47",
        "+33 5 36 49 12",
        "0536491247",
        "paul.garrigue@",
        "cabinet@example.org",
        "06 39 98 00 01",
    ],
)
def test_search_finds_a_person(text):
    person = PersonFactory(
        first_name="Paul",
        last_name="Garrigue",
        email="paul.garrigue@example.org",
        phone="+33536491247",
    )
    ContactPoint.objects.create(
        person=person, kind="email", value="Cabinet@example.org"
    )
    ContactPoint.objects.create(person=person, kind="phone", value="06 39 98 00 01")
    PersonFactory(first_name="Émilie", last_name="Œuvrard", email="e@example.org")

    assert list(Person.objects.search(text)) == [person]


def test_search_forgives_accents_and_ligatures():
    person = PersonFactory(first_name="Émilie", last_name="Œuvrard")

    assert list(Person.objects.search("emilie oeuvrard")) == [person]


@pytest.mark.parametrize("text", ["", "   ", "\0", "!?", "@"])
def test_search_for_nothing_answers(text):
    PersonFactory(email="")

    assert list(Person.objects.search(text)) == []


def test_people_are_filed_in_french_order():
    for name in ["Zola", "Élie", "Etienne", "Œuvrard", "Obry"]:
        PersonFactory(first_name="", last_name=name)

    names = [person.last_name for person in Person.objects.in_order()]

    assert names == ["Élie", "Etienne", "Obry", "Œuvrard", "Zola"]


def test_a_confirmed_address_is_one_person():
    PersonFactory(email="paul@example.org", email_confirmed_at=timezone.now())

    with pytest.raises(IntegrityError):
        PersonFactory(email="Paul@example.org", email_confirmed_at=timezone.now())


def test_an_unconfirmed_address_may_be_shared():
    PersonFactory(email="famille@example.org")
    PersonFactory(email="famille@example.org")

    assert Person.objects.filter(email="famille@example.org").count() == 2


@pytest.mark.parametrize(
    "values",
    [
        {"email": "", "email_confirmed_at": timezone.now()},
        {"closed_at": timezone.now()},
    ],
)
def test_a_person_is_coherent(values):
    with pytest.raises(IntegrityError):
        PersonFactory(**values)


def test_emptying_leaves_a_row_without_a_name():
    person = PersonFactory(phone="+33536491247", city="Agen")

    person.empty()
    person.refresh_from_db()

    assert person.full_name == "Personne effacée"
    assert (person.email, person.phone, person.city, person.search_key) == (
        "",
        "",
        "",
        "",
    )


@pytest.mark.parametrize(
    ("title", "name"),
    [("", "Paul Garrigue"), ("dr", "Dr Paul Garrigue"), ("dre", "Dre Paul Garrigue")],
)
def test_formal_name_carries_the_title(title, name):
    assert Person(title=title, first_name="Paul", last_name="Garrigue").formal_name == (
        name
    )


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("10100000009", False),
        ("10000000009", True),
        ("1000000000", False),
        ("1000000000a", False),
        ("", False),
    ],
)
def test_rpps_key(number, valid):
    assert rpps.is_valid(number) is valid


def test_a_profile_refuses_a_wrong_rpps():
    profile = PractitionerProfile(person=PersonFactory(), rpps="10000000001")

    with pytest.raises(ValidationError) as refusal:
        profile.full_clean()

    assert refusal.value.message_dict["rpps"] == [rpps.REFUSAL]


def test_a_consent_runs_once():
    person = PersonFactory()
    first = Consent.objects.create(person=person, purpose="newsletter", wording="Oui")

    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(person=person, purpose="newsletter", wording="Oui")

    first.withdraw()
    Consent.objects.create(person=person, purpose="newsletter", wording="Encore")


def test_a_profile_is_shared_with_someone():
    with pytest.raises(IntegrityError):
        Consent.objects.create(
            person=PersonFactory(), purpose="share-profile", wording="Oui"
        )


def test_a_membership_ends_after_it_starts():
    organisation = Organisation.objects.create(name="CPAM", kind="cpam")

    with pytest.raises(IntegrityError):
        Membership.objects.create(
            person=PersonFactory(),
            organisation=organisation,
            since="2026-02-01",
            until="2026-02-01",
        )


@pytest.mark.parametrize(
    ("day", "count"), [("2026-01-31", 0), ("2026-02-01", 1), ("2026-03-01", 0)]
)
def test_memberships_run_on_a_day(day, count):
    organisation = Organisation.objects.create(name="CPAM", kind="cpam")
    Membership.objects.create(
        person=PersonFactory(),
        organisation=organisation,
        since="2026-02-01",
        until="2026-03-01",
    )

    assert Membership.objects.on(day).count() == count


@pytest.mark.parametrize(
    ("values", "groups", "expected"),
    [
        ({"is_staff": True}, [roles.ACCUEIL], True),
        ({"is_staff": True}, [roles.DIRECTION], True),
        ({"is_staff": True}, [roles.FINANCES], False),
        ({"is_staff": False}, [roles.ACCUEIL], False),
        ({"is_staff": True, "is_active": False}, [roles.ACCUEIL], False),
    ],
)
def test_the_desk_is_active_staff_of_two_groups(values, groups, expected):
    user = UserFactory(groups=groups, **values)

    assert roles.is_desk(user) is expected
    assert (user in User.objects.desk()) is expected


def test_roles_exist_with_their_permissions():
    user = UserFactory(is_staff=True, groups=[roles.ACCUEIL])

    assert user.has_perms(["accounts.view_person", "accounts.change_person"])
    assert not user.has_perm("accounts.change_user")


@pytest.mark.parametrize("role", [roles.FINANCES, roles.COMMUNICATION, roles.ELUS])
def test_roles_that_follow_nobody_see_nobody(role):
    assert not UserFactory(is_staff=True, groups=[role]).has_perm(
        "accounts.view_person"
    )


def test_a_role_loses_what_is_no_longer_declared():
    group = Group.objects.get(name=roles.ELUS)
    group.permissions.add(Permission.objects.get(codename="view_person"))

    roles.grant_declared_permissions("accounts", {roles.ELUS: []}, "default")

    assert not group.permissions.filter(content_type__app_label="accounts").exists()
