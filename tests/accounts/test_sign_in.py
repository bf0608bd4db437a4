"""The door: signing up, in, out; forgotten passwords, codes, second factor."""

import re
import time

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
)
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.models import Person, User
from tests.accounts.factories import PASSWORD, UserFactory
from tests.accounts.hasher import CountingHasher

SIGN_UP = {
    "first_name": "Paul",
    "last_name": "Garrigue",
    "email": "Paul@Example.org",
    "password1": PASSWORD,
}


def sign_in(client, user, password=PASSWORD, **more):
    return client.post(
        reverse("account_login"), {"login": user.email, "password": password, **more}
    )


def confirm(client):
    """What touches the security of an account asks for the password again."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def link_in(mail):
    return re.search(r"https?://testserver(\S+)", mail.body)[1]


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_front_door_shows_the_way(client):
    assert client.get("/compte/").url == reverse("account_login")

    client.force_login(UserFactory())

    assert client.get("/compte/").url == reverse("accounts:profile")


def test_signing_up_asks_to_confirm_the_address(client, mailoutbox):
    response = client.post(reverse("account_signup"), SIGN_UP)

    user = User.objects.get()
    assert response.url == reverse("account_email_verification_sent")
    assert (user.email, user.person.full_name) == ("paul@example.org", "Paul Garrigue")
    assert user.person.email_confirmed_at is None
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["paul@example.org"], "Confirmez votre adresse pour ouvrir votre espace")
    ]
    assert not is_signed_in(client)


def test_confirming_the_address_finds_what_was_filed(client, mailoutbox):
    filed = actions.find_or_create_person(
        first_name="Paul",
        last_name="Garrigue",
        email="paul@example.org",
        phone="+33536491247",
        origin="phone",
    )
    client.post(reverse("account_signup"), SIGN_UP)
    link = link_in(mailoutbox[0])

    shown = client.get(link)
    assert "est bien la vôtre" in shown.content.decode()
    assert not EmailAddress.objects.get().verified

    response = client.post(link)

    filed.refresh_from_db()
    person = User.objects.get().person
    assert response.url == "/mon-espace/"
    assert is_signed_in(client)
    assert (filed.merged_into, person.phone) == (person, "+33536491247")


def test_the_owner_of_a_mailbox_never_opens_it_to_who_signed_up(client, mailoutbox):
    filed = actions.find_or_create_person(
        first_name="Paul",
        last_name="Garrigue",
        email="paul@example.org",
        origin="phone",
    )
    client.post(reverse("account_signup"), SIGN_UP)
    link = link_in(mailoutbox[0])
    owner = type(client)()

    shown = owner.get(link).content.decode()
    refused = owner.post(link)
    guessed = owner.post(link, {"password": "un-autre-mot-de-passe"})

    assert "donnez le mot de passe" in shown
    assert "error-summary" in guessed.content.decode()
    assert refused.status_code == guessed.status_code == 200
    sign_in(client, User.objects.get())
    assert not is_signed_in(client)
    assert not EmailAddress.objects.get().verified
    filed.refresh_from_db()
    assert filed.merged_into is None


def test_the_link_opens_elsewhere_with_the_password(client, mailoutbox):
    client.post(reverse("account_signup"), SIGN_UP)
    elsewhere = type(client)()

    elsewhere.post(link_in(mailoutbox[0]), {"password": PASSWORD})

    assert EmailAddress.objects.get().verified
    assert sign_in(elsewhere, User.objects.get()).url == "/mon-espace/"


def test_the_owner_takes_the_account_over_with_a_new_password(client, mailoutbox):
    client.post(reverse("account_signup"), SIGN_UP)
    user, owner = User.objects.get(), type(client)()
    user.socialaccount_set.create(provider="openid_connect", uid="stranger")
    owner.post(reverse("account_reset_password"), {"email": user.email})
    form = owner.get(link_in(mailoutbox[1]), follow=True)
    new = "encore-un-mot-long"
    owner.post(form.request["PATH_INFO"], {"password1": new, "password2": new})

    sign_in(owner, user, new)
    owner.post(link_in(mailoutbox[0]))

    assert is_signed_in(owner)
    assert not user.socialaccount_set.exists()
    sign_in(client, user)
    assert not is_signed_in(client)


def test_a_forgotten_password_leaves_the_services_of_a_confirmed_account(
    client, mailoutbox
):
    user = UserFactory()
    user.socialaccount_set.create(provider="openid_connect", uid="own")
    client.post(reverse("account_reset_password"), {"email": user.email})
    form = client.get(link_in(mailoutbox[0]), follow=True)
    new = "encore-un-mot-long"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})

    assert user.socialaccount_set.exists()


def test_guessing_the_password_behind_a_link_closes_the_door(
    client, mailoutbox, settings
):
    settings.AXES_ENABLED = True
    client.post(reverse("account_signup"), SIGN_UP)
    link, elsewhere = link_in(mailoutbox[0]), type(client)()
    for _ in range(5):
        elsewhere.post(link, {"password": "faux"})

    assert elsewhere.post(link, {"password": PASSWORD}).status_code == 429
    assert not EmailAddress.objects.get().verified


def test_an_unconfirmed_address_receives_no_code(client, mailoutbox):
    client.post(reverse("account_signup"), SIGN_UP)

    type(client)().post(
        reverse("account_request_login_code"), {"email": "paul@example.org"}
    )

    assert mailoutbox[1].subject == "Aucun compte à cette adresse"


def test_an_address_wished_for_resets_no_password(client, mailoutbox):
    user = UserFactory(email="ancienne@example.org")
    EmailAddress.objects.create(user=user, email="paul@example.org")

    client.post(reverse("account_reset_password"), {"email": "paul@example.org"})

    assert [mail.subject for mail in mailoutbox] == ["Aucun compte à cette adresse"]


def test_a_used_link_says_so(client, mailoutbox):
    response = client.get(reverse("account_confirm_email", args=["faux:lien:usé"[:4]]))

    assert "Ce lien ne sert plus" in response.content.decode()


@pytest.mark.parametrize("verified", [True, False])
def test_signing_up_twice_tells_only_the_owner(client, mailoutbox, verified):
    owner = UserFactory(email="paul@example.org")
    EmailAddress.objects.update(verified=verified)

    response = client.post(reverse("account_signup"), SIGN_UP)

    assert response.url == reverse("account_email_verification_sent")
    assert list(User.objects.all()) == [owner]
    assert [mail.subject for mail in mailoutbox] == ["Vous avez déjà un compte"]
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"first_name": ""},
        {"last_name": "x" * 10_000},
        {"email": "pas-une-adresse"},
        {"first_name": "Pa\0ul"},
        {"password1": "court"},
        {"password1": "garrigue-paul"},
        {"password1": "123456789012"},
    ],
)
def test_sign_up_refuses_in_words(client, values):
    response = client.post(reverse("account_signup"), SIGN_UP | values)

    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("values", "landing"),
    [
        ({}, "/mon-espace/"),
        ({"is_staff": True, "second_factor": False}, "/gestion/"),
    ],
)
def test_each_lands_at_home(client, values, landing):
    user = UserFactory(**values)

    assert sign_in(client, user).url == landing


def test_case_never_matters(client):
    UserFactory(email="paul@example.org")

    response = client.post(
        reverse("account_login"), {"login": "PAUL@Example.org", "password": PASSWORD}
    )

    assert response.url == "/mon-espace/"


def test_a_wrong_password_and_an_unknown_address_look_alike(client):
    user = UserFactory()
    pages = [
        sign_in(client, someone, "faux").content.decode()
        for someone in (user, User(email="inconnue@example.org"))
    ]

    for page in pages:
        assert "error-summary" in page
    bare = [re.sub(r'value="[^"]*"|nonce="[^"]*"', "", page) for page in pages]
    assert bare[0] == bare[1]


def test_five_wrong_passwords_close_the_door(client, settings):
    settings.AXES_ENABLED = True
    user, other = UserFactory(), UserFactory()
    statuses = [sign_in(client, user, "faux").status_code for _ in range(5)]

    refused = sign_in(client, user)
    welcome = sign_in(client, other)

    assert statuses[:4] == [200] * 4
    assert refused.status_code == 429
    assert "Trop d’essais" in refused.content.decode()
    assert welcome.url == "/mon-espace/"


def test_an_unconfirmed_login_gets_another_message(client, mailoutbox):
    user = UserFactory(confirmed_address=False)
    EmailAddress.objects.create(user=user, email=user.email, primary=True)

    response = sign_in(client, user)

    assert response.url == reverse("account_email_verification_sent")
    assert [mail.to for mail in mailoutbox] == [[user.email]]
    assert not is_signed_in(client)


def test_a_closed_login_is_told_nothing(client):
    user = UserFactory(is_active=False)

    sign_in(client, user)

    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("known", "subject"),
    [
        (True, "Choisissez un nouveau mot de passe"),
        (False, "Aucun compte à cette adresse"),
    ],
)
def test_forgotten_password_tells_nothing_on_screen(client, mailoutbox, known, subject):
    if known:
        UserFactory(email="paul@example.org")

    response = client.post(
        reverse("account_reset_password"), {"email": "paul@example.org"}
    )

    assert response.url == reverse("account_reset_password_done")
    assert [mail.subject for mail in mailoutbox] == [
        "Choisissez un nouveau mot de passe"
        if known
        else "Aucun compte à cette adresse"
    ]


def test_a_new_password_closes_the_other_sessions(client, mailoutbox):
    user = UserFactory()
    other_device = type(client)()
    other_device.force_login(user)
    client.post(reverse("account_reset_password"), {"email": user.email})

    form = client.get(link_in(mailoutbox[0]), follow=True)
    client.post(
        form.request["PATH_INFO"],
        {"password1": "encore-un-mot-long", "password2": "encore-un-mot-long"},
    )

    assert sign_in(client, user, "encore-un-mot-long").status_code == 302
    assert other_device.get(reverse("accounts:profile")).status_code == 302


def test_changing_password_keeps_this_session_and_closes_the_others(client):
    user = UserFactory()
    other_device = type(client)()
    sign_in(client, user)
    sign_in(other_device, user)

    confirm(client)
    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "encore-un-mot-long",
            "password2": "encore-un-mot-long",
        },
    )

    assert client.get(reverse("accounts:profile")).status_code == 200
    assert other_device.get(reverse("accounts:profile")).status_code == 302


def test_a_code_opens_the_door_once(client, mailoutbox):
    user = UserFactory()
    client.post(reverse("account_request_login_code"), {"email": user.email})
    code = re.search(r"^([A-Z0-9-]{6,12})$", mailoutbox[0].body, re.M)[1]

    response = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert response.url == "/mon-espace/"


def test_a_code_for_nobody_looks_the_same(client, mailoutbox):
    response = client.post(
        reverse("account_request_login_code"), {"email": "inconnue@example.org"}
    )

    assert response.url == reverse("account_confirm_login_code")


def totp_code(user, steps_ago=0):
    secret = Authenticator.objects.get(user=user, type="totp").wrap().instance.data
    step = int(time.time()) // 30 - steps_ago
    return format_hotp_value(hotp_value(get_adapter().decrypt(secret["secret"]), step))


def test_staff_enter_with_a_second_factor(client):
    user = UserFactory(is_staff=True, groups=["accueil"])

    first = sign_in(client, user)
    assert first.url == reverse("mfa_authenticate")
    assert not is_signed_in(client)

    second = client.post(first.url, {"code": totp_code(user)})

    assert second.url == "/gestion/"


@pytest.mark.parametrize(("steps_ago", "enters"), [(1, True), (2, False)])
def test_a_code_that_has_just_changed_is_still_taken(client, steps_ago, enters):
    user = UserFactory(is_staff=True, groups=["accueil"])

    with time_machine.travel(timezone.now(), tick=False):
        first = sign_in(client, user)
        client.post(first.url, {"code": totp_code(user, steps_ago)})

    assert is_signed_in(client) is enters


def test_the_second_factor_is_not_guessed_from_many_places(client):
    user = UserFactory(is_staff=True, groups=["accueil"])
    sign_in(client, user)
    for place in range(10):
        guess(client, "000000", f"192.0.2.{place}")

    refused = guess(client, totp_code(user), "192.0.2.99")

    assert refused.status_code == 200
    assert not is_signed_in(client)


def guess(client, code, place):
    url = reverse("mfa_authenticate")
    return client.post(url, {"code": code}, REMOTE_ADDR=place)


@pytest.mark.parametrize(
    ("required", "has_factor", "is_staff", "status"),
    [
        (True, True, True, 200),
        (True, False, True, 302),
        (False, False, True, 200),
    ],
)
def test_no_back_office_without_a_second_factor(
    client, settings, required, has_factor, is_staff, status
):
    settings.SECOND_FACTOR_REQUIRED = required
    user = UserFactory(
        is_staff=is_staff, second_factor=has_factor, groups=["direction"]
    )
    client.force_login(user)

    response = client.get(reverse("admin:accounts_person_changelist"))

    assert response.status_code == status
    if status == 302:
        assert response.url == reverse("mfa_index")


def test_recovery_codes_alone_are_no_second_factor(client):
    user = UserFactory(is_staff=True, second_factor=False)
    Authenticator.objects.create(user=user, type="recovery_codes", data={})
    client.force_login(user)

    assert client.get("/gestion/").url == reverse("mfa_index")


def test_a_visitor_is_never_let_in(client):
    user = UserFactory()
    client.force_login(user)

    assert client.get("/gestion/accounts/person/").status_code != 200


def test_changing_address_waits_for_the_new_one(client, mailoutbox):
    user = UserFactory(email="ancienne@example.org")
    sign_in(client, user)
    confirm(client)

    client.post(
        reverse("account_email"), {"action_add": "", "email": "Nouvelle@example.org"}
    )
    user.refresh_from_db()
    assert user.email == "ancienne@example.org"
    assert mailoutbox[0].to == ["nouvelle@example.org"]

    client.post(link_in(mailoutbox[0]))

    user.refresh_from_db()
    assert (user.email, user.person.email) == (
        "nouvelle@example.org",
        "nouvelle@example.org",
    )
    assert user.person.email_confirmed_at is not None


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_request_login_code",
        "account_email_verification_sent",
        "account_inactive",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
    ],
)
def test_pages_of_the_door_are_ours(client, name):
    response = client.get(reverse(name))
    page = response.content.decode()

    assert response.status_code in {200, 401}
    assert page.count("<h1") == 1
    assert "site-header" in page
    for english in ("Sign", "Password", "E-mail address", "Forgot"):
        assert english not in page


@pytest.mark.parametrize(
    "name",
    [
        "accounts:profile",
        "accounts:consents",
        "accounts:my-data",
        "accounts:close",
        "account_logout",
        "account_email",
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "usersessions_list",
        "socialaccount_connections",
    ],
)
def test_pages_of_the_account_are_ours(client, name):
    sign_in(client, UserFactory())
    confirm(client)

    response = client.get(reverse(name))
    page = response.content.decode()

    assert response.status_code == 200
    assert page.count("<h1") == 1
    assert "site-header" in page
    for english in ("Sign", "Password:", "Enter", "Security", "Remove"):
        assert english not in page


@pytest.mark.parametrize(
    "name",
    [
        "accounts:profile",
        "accounts:consents",
        "accounts:my-data",
        "accounts:my-data-archive",
        "accounts:close",
        "account_email",
        "mfa_index",
        "usersessions_list",
        "socialaccount_connections",
    ],
)
def test_pages_of_the_account_ask_to_sign_in(client, name):
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("is_known", [True, False])
def test_signing_up_takes_as_long_for_a_known_address(client, settings, is_known):
    known = UserFactory().email
    settings.PASSWORD_HASHERS = ["tests.accounts.hasher.CountingHasher"]
    CountingHasher.count = 0

    client.post(
        reverse("account_signup"),
        {
            "first_name": "Paul",
            "last_name": "Cazaux",
            "email": known if is_known else "inconnu@example.org",
            "password1": "pruneaux-et-tilleul-82",
        },
    )

    assert CountingHasher.count == 1
