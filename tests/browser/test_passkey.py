"""A passkey from its creation to the day it opens the door, in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.accounts.factories import PASSWORD, UserFactory


@pytest.fixture
def passkeys(page):
    """A virtual authenticator: the fingerprint reader of a laptop."""
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    key = browser.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )["authenticatorId"]

    def credentials():
        answer = browser.send("WebAuthn.getCredentials", {"authenticatorId": key})
        return answer["credentials"]

    return credentials


@pytest.fixture
def address(live_server):
    """Passkeys refuse bare IP addresses."""

    def address(name):
        return live_server.url.replace("127.0.0.1", "localhost") + reverse(name)

    return address


def sign_in(page, address, user):
    page.goto(address("account_login"))
    page.get_by_label("Courriel").fill(user.email)
    page.get_by_label("Mot de passe").first.fill(PASSWORD)
    page.get_by_role("button", name="Entrer", exact=True).click()


def confirm(page):
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Continuer").click()


def test_a_passkey_opens_the_door(page, address, passkeys, look):
    user = UserFactory()
    look_at_the_door(page, address, look)
    sign_in(page, address, user)

    page.goto(address("mfa_add_webauthn"))
    look(page, "compte-c-est-bien-vous")
    confirm(page)
    look(page, "compte-cle-ajouter")
    page.get_by_label("Nom de la clé").fill("Ordinateur du cabinet")
    page.get_by_role("button", name="Ajouter cette clé").click()
    expect(page.get_by_text("La clé d'accès est ajoutée.")).to_be_visible()
    assert len(passkeys()) == 1

    page.goto(address("mfa_list_webauthn"))
    expect(page.get_by_text("Ordinateur du cabinet").first).to_be_visible()
    look(page, "compte-cles")
    page.goto(address("account_logout"))
    page.get_by_role("main").get_by_role("button", name="Me déconnecter").click()

    page.goto(address("account_login"))
    page.get_by_role("button", name="Entrer avec une clé d’accès").click()

    page.wait_for_url("**/mon-espace/")


def look_at_the_door(page, address, look):
    for name in (
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_request_login_code",
    ):
        page.goto(address(name))
        look(page, f"compte-{name.removeprefix('account_')}")


def test_the_pages_of_an_account(page, address, look):
    user = UserFactory()
    user.person.consents.create(purpose="newsletter", wording="Je veux bien.")
    sign_in(page, address, user)
    page.goto(address("accounts:close"))
    confirm(page)

    for name in (
        "accounts:close",
        "accounts:profile",
        "accounts:consents",
        "accounts:my-data",
        "account_email",
        "account_change_password",
        "account_logout",
        "mfa_index",
        "mfa_activate_totp",
        "usersessions_list",
        "socialaccount_connections",
    ):
        page.goto(address(name))
        look(page, f"compte-{name.split(':')[-1]}")
