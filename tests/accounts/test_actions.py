import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import actions, consents
from accounts.models import (
    Consent,
    ContactPoint,
    Membership,
    Person,
    PractitionerProfile,
)
from accounts.signals import account_closing, person_emptied
from territory.models import Organisation
from tests.accounts.factories import PersonFactory, UserFactory

PAUL = {"first_name": "Paul", "last_name": "Garrigue", "email": "paul@example.org"}


def find_or_create(**values):
    return actions.find_or_create_person(**{**PAUL, "origin": "site", **values})


def test_a_newcomer_gets_a_row():
    person = find_or_create(phone="+33536491247", city="Agen")

    assert (person.full_name, person.email, person.city) == (
        "Paul Garrigue",
        "paul@example.org",
        "Agen",
    )


def test_a_second_request_fills_the_blanks_of_an_unconfirmed_person():
    first = find_or_create(city="Agen")

    second = find_or_create(email="PAUL@example.org", phone="+33536491247", city="")

    assert second == first
    assert (second.phone, second.city) == ("+33536491247", "Agen")


def test_a_stranger_overwrites_nothing_the_desk_noted():
    noted = find_or_create(
        origin="phone", phone="+33536491247", address="1 rue du Pin", city="Agen"
    )

    found = find_or_create(
        first_name="Paule",
        last_name="Pirate",
        phone="+33536491248",
        address="2 rue de l'Orme",
        city="Ailleurs",
    )
    find_or_create(phone="05 36 49 12 48")

    assert found == noted
    noted.refresh_from_db()
    assert noted.full_name == "Paul Garrigue"
    assert (noted.phone, noted.address, noted.city) == (
        "+33536491247",
        "1 rue du Pin",
        "Agen",
    )
    others = noted.contact_points.values_list("kind", "value")
    assert list(others) == [("phone", "+33536491248")]


def test_a_confirmed_person_is_found_and_left_alone():
    known = PersonFactory(**PAUL, email_confirmed_at=timezone.now(), city="Agen")

    found = find_or_create(last_name="Pirate", city="Ailleurs", phone="+33536491247")

    assert found == known
    known.refresh_from_db()
    assert (known.last_name, known.city, known.phone) == ("Garrigue", "Agen", "")


def test_a_login_that_waits_for_its_address_is_left_alone():
    user = UserFactory(person=PersonFactory(**PAUL), confirmed_address=False)

    assert find_or_create(city="Ailleurs") == user.person
    user.person.refresh_from_db()
    assert user.person.city == ""


def test_two_people_may_share_a_mailbox():
    paul = find_or_create()

    julie = find_or_create(first_name="Julie")

    assert julie != paul


@pytest.mark.parametrize(
    ("first_name", "last_name"),
    [("P.", "Garrigue"), ("Garrigue", "Paul"), ("Jean-Paul", "Garrigue"), ("", "G.")],
)
def test_one_name_has_several_writings(first_name, last_name):
    paul = find_or_create()

    assert find_or_create(first_name=first_name, last_name=last_name) == paul


def test_without_an_address_nobody_is_recognised():
    first = find_or_create(email="")

    assert find_or_create(email="") != first


def test_a_closed_person_is_not_recognised():
    find_or_create().empty()

    assert find_or_create().closed_at is None


def test_claim_finds_what_was_filed_before_signing_up():
    filed = find_or_create(phone="+33536491247", origin="phone")
    user = UserFactory(email=PAUL["email"], person=PersonFactory(**PAUL))

    person = actions.claim(user)

    filed.refresh_from_db()
    assert filed.merged_into == person
    assert (person.phone, person.email) == ("+33536491247", PAUL["email"])
    assert person.email_confirmed_at is not None


def test_claim_leaves_the_other_person_of_the_mailbox():
    julie = find_or_create(first_name="Julie")
    julie.email_confirmed_at = timezone.now()
    julie.save()
    user = UserFactory(email=PAUL["email"], person=PersonFactory(**PAUL))

    actions.claim(user)

    julie.refresh_from_db()
    assert (julie.closed_at, julie.email_confirmed_at) == (None, None)


def test_claim_waits_for_a_confirmed_address():
    filed = find_or_create()
    user = UserFactory(
        email=PAUL["email"], person=PersonFactory(**PAUL), confirmed_address=False
    )

    actions.claim(user)

    filed.refresh_from_db()
    user.person.refresh_from_db()
    assert (filed.merged_into, user.person.email_confirmed_at) == (None, None)


def test_claim_never_takes_from_another_login():
    other = UserFactory(person=PersonFactory(**PAUL))
    user = UserFactory(email="nouveau@example.org", person=PersonFactory(**PAUL))
    EmailAddress.objects.filter(user=user).update(email=PAUL["email"])

    actions.claim(user)

    other.person.refresh_from_db()
    assert other.person.merged_into is None


def test_claim_twice_does_no_more():
    user = UserFactory()
    before = actions.claim(user).email_confirmed_at

    assert actions.claim(user).email_confirmed_at == before


@pytest.fixture
def user():
    user = UserFactory(person__phone="+33536491247", person__city="Agen")
    organisation = Organisation.objects.create(name="CPAM", kind="cpam")
    PractitionerProfile.objects.create(person=user.person, profession="doctor")
    ContactPoint.objects.create(person=user.person, kind="email", value="b@example.org")
    Membership.objects.create(person=user.person, organisation=organisation)
    consents.give(user.person, "newsletter", wording="Oui")
    return user


def test_closing_empties_the_person_and_keeps_the_row(user, mailoutbox):
    address = user.email

    actions.close_account(user)

    person = Person.objects.get(pk=user.person_id)
    user.refresh_from_db()
    assert (person.full_name, person.phone, person.city) == ("Personne effacée", "", "")
    assert (user.is_active, user.has_usable_password()) == (False, False)
    assert user.email == f"compte-{user.pk}@ferme.invalid"
    assert not user.emailaddress_set.exists()
    assert not person.contact_points.exists()
    assert not person.memberships.exists()
    assert not hasattr(person, "practitionerprofile")
    assert Consent.objects.get().withdrawn_at is not None
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        ([address], "Votre compte est fermé")
    ]


@pytest.fixture
def receivers():
    connected = []

    def connect(signal, receiver):
        signal.connect(receiver, weak=False)
        connected.append((signal, receiver))

    yield connect
    for signal, receiver in connected:
        signal.disconnect(receiver)


def test_any_reason_refuses_to_close(user, receivers):
    receivers(account_closing, lambda **news: ["Un engagement court encore."])
    receivers(account_closing, lambda **news: [])

    with pytest.raises(ValidationError) as refusal:
        actions.close_account(user)

    assert refusal.value.messages == ["Un engagement court encore."]
    user.refresh_from_db()
    assert user.is_active


def test_a_check_that_fails_refuses_to_close(user, receivers):
    def fail(**news):
        raise RuntimeError("paul@example.org")

    receivers(account_closing, fail)

    with pytest.raises(ValidationError) as refusal:
        actions.close_account(user)

    assert len(refusal.value.messages) == 1
    assert refusal.value.messages[0].startswith("Une vérification n'a pas abouti.")


def test_a_copy_that_cannot_be_forgotten_cancels_everything(user, receivers):
    def fail(**news):
        raise RuntimeError

    receivers(person_emptied, fail)

    with pytest.raises(RuntimeError):
        actions.close_account(user)

    user.refresh_from_db()
    assert (user.is_active, user.person.city) == (True, "Agen")


def test_an_account_of_the_desk_is_not_closed_by_its_owner():
    with pytest.raises(ValidationError, match="la direction retire"):
        actions.close_account(UserFactory(is_staff=True))


def test_a_consent_is_given_once_and_withdrawn():
    person = PersonFactory()

    first = consents.give(person, "newsletter", wording="Je veux bien.")

    assert consents.give(person, "newsletter", wording="Autre texte.") == first
    assert consents.active(person, "newsletter")
    assert consents.withdraw(person, "newsletter")
    assert not consents.withdraw(person, "newsletter")
    assert not consents.active(person, "newsletter")


def test_a_consent_for_one_partner_is_not_for_another():
    person = PersonFactory()
    cpam = Organisation.objects.create(name="CPAM", kind="cpam")
    msa = Organisation.objects.create(name="MSA", kind="msa")

    consents.give(person, "share-profile", organisation=cpam, wording="Oui")

    assert consents.active(person, "share-profile", organisation=cpam)
    assert not consents.active(person, "share-profile", organisation=msa)
