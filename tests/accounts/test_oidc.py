"""ProConnect and its kind, against a real OpenID Connect server run by the test."""

import re

import httpx
import oidc_provider_mock
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse
from environ import Env

from accounts.models import Person, User
from accounts.oidc import configuration
from tests.accounts.factories import PASSWORD, UserFactory

LOGIN = "/compte/service/proconnect/"
CALLBACK = "/compte/service/proconnect/retour/"


@pytest.fixture(scope="module")
def provider():
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def _configured(settings, provider, monkeypatch):
    monkeypatch.setenv("PROCONNECT_CLIENT_ID", "portal")
    monkeypatch.setenv("PROCONNECT_CLIENT_SECRET", "secret")
    monkeypatch.setenv("PROCONNECT_URL", provider)
    apps = configuration.apps(Env())
    # The server of the test gives the given name with the scope of the standard.
    apps[0]["settings"]["scope"].append("profile")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}


@pytest.fixture
def claire(provider):
    """An agent as the provider knows her."""

    def with_claims(**claims):
        identity = {
            "given_name": "Claire",
            "usual_name": "Dumas",
            "email": "claire.dumas@example.org",
            "email_verified": True,
        }
        identity = {
            name: value
            for name, value in (identity | claims).items()
            if value is not None
        }
        httpx.put(f"{provider}/users/claire", json=identity).raise_for_status()

    return with_claims


def go_through(client, start=LOGIN, **changes):
    """Follow the redirections as a browser does, through the provider's form."""
    asked = client.post(start)
    assert asked.status_code == 302, asked.content
    answered = httpx.post(asked.url, data={"sub": "claire"}, follow_redirects=False)
    back = httpx.URL(answered.headers["location"])
    params = dict(back.params) | changes
    return client.get(back.path, params, follow=False)


def test_the_button_is_there_when_configured(client, settings):
    page = client.get(reverse("account_login")).content.decode()
    assert "Entrer avec ProConnect" in page

    settings.SOCIALACCOUNT_PROVIDERS = {}
    page = client.get(reverse("account_login")).content.decode()
    assert "ProConnect" not in page


def test_what_we_ask_the_provider(client):
    asked = httpx.URL(client.post(LOGIN).url)

    assert set(asked.params["scope"].split()) >= {"openid", "usual_name", "siret"}
    assert asked.params["redirect_uri"] == f"http://testserver{CALLBACK}"
    assert len(asked.params["nonce"]) == 32
    assert asked.params["code_challenge_method"] == "S256"


def test_a_get_goes_nowhere(client):
    response = client.get(LOGIN)

    assert response.status_code == 200
    assert "Continuer vers ProConnect" in response.content.decode()


def test_a_newcomer_gets_an_account_with_a_confirmed_address(client, claire):
    claire()

    response = go_through(client)

    user = User.objects.get()
    assert response.url == "/mon-espace/"
    assert (user.email, user.person.full_name) == (
        "claire.dumas@example.org",
        "Claire Dumas",
    )
    assert not user.is_staff
    assert EmailAddress.objects.get().verified
    assert user.person.email_confirmed_at is not None


def test_a_newcomer_finds_what_was_filed(client, claire):
    claire()
    filed = Person.objects.create(
        first_name="Claire",
        last_name="Dumas",
        email="claire.dumas@example.org",
        city="Agen",
    )

    go_through(client)

    filed.refresh_from_db()
    assert filed.merged_into == User.objects.get().person


def test_a_known_address_signs_its_owner_in(client, claire):
    claire()
    user = UserFactory(email="claire.dumas@example.org")

    response = go_through(client)

    assert response.url == "/mon-espace/"
    assert SocialAccount.objects.get().user == user


@pytest.mark.parametrize("verified", [False, None, "true"])
def test_an_address_the_provider_did_not_check_is_not_believed(
    client, claire, verified
):
    claire(email_verified=verified)
    UserFactory(email="claire.dumas@example.org")

    response = go_through(client)

    assert response.url == reverse("socialaccount_signup")
    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.exists()


def test_without_an_address_we_ask_for_one_and_check_it(client, claire, mailoutbox):
    claire(email=None, email_verified=None)

    form = go_through(client)
    page = client.get(form.url).content.decode()
    response = client.post(
        form.url,
        {
            "email": "claire@example.org",
            "first_name": "Claire",
            "last_name": "Dumas",
        },
    )

    assert 'value="Dumas"' in page
    assert response.url == reverse("account_email_verification_sent")
    assert [mail.to for mail in mailoutbox] == [["claire@example.org"]]
    assert "_auth_user_id" not in client.session


def test_a_provider_never_opens_the_desk(client, claire, mailoutbox):
    claire()
    UserFactory(email="claire.dumas@example.org", is_staff=True, groups=["accueil"])

    response = go_through(client)

    assert response.url == reverse("account_email_verification_sent")
    assert [mail.subject for mail in mailoutbox] == ["Vous avez déjà un compte"]
    assert "_auth_user_id" not in client.session


def test_a_provider_never_opens_the_desk_by_another_address(client, claire):
    claire()
    user = UserFactory(is_staff=True, groups=["accueil"])
    EmailAddress.objects.create(
        user=user, email="claire.dumas@example.org", verified=True
    )

    go_through(client)

    assert "_auth_user_id" not in client.session


def test_staff_who_linked_the_provider_still_show_a_second_factor(client, claire):
    claire()
    user = UserFactory(
        email="claire.dumas@example.org", is_staff=True, groups=["accueil"]
    )
    SocialAccount.objects.create(user=user, provider="proconnect", uid="claire")

    response = go_through(client)

    assert response.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_a_provider_is_linked_from_inside(client, claire):
    claire()
    user = UserFactory()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})

    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    go_through(client, f"{LOGIN}?process=connect")

    assert SocialAccount.objects.get().user == user
    page = client.get(reverse("socialaccount_connections")).content.decode()
    assert re.search(r"Délier.*ProConnect", page)


@pytest.mark.parametrize("changes", [{"state": "autre"}, {"code": "autre"}])
def test_a_forged_answer_is_refused(client, claire, changes):
    claire()

    response = go_through(client, **changes)

    assert response.status_code == 401
    assert "Le service n’a pas répondu" in response.content.decode()
    assert not User.objects.exists()


def test_an_answer_to_another_question_is_refused(client, claire):
    claire()
    asked = client.post(LOGIN)
    answered = httpx.post(asked.url, data={"sub": "claire"}, follow_redirects=False)
    session = client.session
    session["oidc_nonce"] = "another"
    session.save()

    back = httpx.URL(answered.headers["location"])
    response = client.get(back.path, dict(back.params))

    assert response.status_code == 401
    assert not User.objects.exists()


def test_a_provider_that_is_down_is_said_so(client, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://localhost:9"

    response = client.post(LOGIN)

    assert response.status_code == 401
    assert "Le service n’a pas répondu" in response.content.decode()


def test_an_unknown_provider_is_not_found(client):
    assert client.post("/compte/service/inconnu/").status_code == 404


def test_every_service_is_described_by_its_variables(monkeypatch):
    for name in ("PROCONNECT", "PROSANTECONNECT", "FRANCECONNECT"):
        monkeypatch.setenv(f"{name}_CLIENT_ID", name.lower())
        monkeypatch.setenv(f"{name}_CLIENT_SECRET", "secret")
    monkeypatch.delenv("PROCONNECT_URL", raising=False)
    monkeypatch.setenv(
        "OIDC_PROVIDERS",
        '[{"id": "cd47", "name": "Agents du 47", "url": "https://sso.example.org",'
        ' "client_id": "portal", "secret": "secret"}]',
    )

    apps = configuration.apps(Env())

    assert [(app["provider_id"], app["name"]) for app in apps] == [
        ("proconnect", "ProConnect"),
        ("prosanteconnect", "Pro Santé Connect"),
        ("franceconnect", "FranceConnect"),
        ("cd47", "Agents du 47"),
    ]
