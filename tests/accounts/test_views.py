import io
import json
from zipfile import ZipFile

import pytest
from django.urls import reverse

from accounts import consents, personal_data
from accounts.models import ContactPoint, PractitionerProfile, StudentProfile
from accounts.signals import account_closing
from territory.models import Organisation
from tests.accounts.factories import PASSWORD, PersonFactory, UserFactory

PROFILE = {
    "title": "dr",
    "first_name": "Paul",
    "last_name": "Garrigue",
    "phone": "05 36 49 12 47",
    "address": "1 place Fallières",
    "postal_code": "47000",
    "city": "Agen",
    "praticien-profession": "doctor",
    "praticien-specialty": "Médecine générale",
    "praticien-rpps": "1000 0000 009",
    "praticien-situation": "locum",
    "etudes-studies": "",
    "etudes-cycle": "",
    "etudes-faculty": "",
}


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def mine(client, user):
    client.force_login(user)
    return client


@pytest.fixture
def confirmed(mine):
    mine.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return mine


def test_the_profile_is_written_once(mine, user):
    response = mine.post(reverse("accounts:profile"), PROFILE)

    user.person.refresh_from_db()
    profile = PractitionerProfile.objects.get()
    assert response.url == reverse("accounts:profile")
    assert (user.person.formal_name, user.person.phone) == (
        "Dr Paul Garrigue",
        "+33536491247",
    )
    assert (profile.person, profile.rpps) == (user.person, "10000000009")
    assert not StudentProfile.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"first_name": ""}, "obligatoire"),
        ({"phone": "12"}, "Ce numéro de téléphone n&#x27;existe pas"),
        ({"praticien-rpps": "10000000001"}, "Ce numéro RPPS n&#x27;est pas valable"),
        ({"last_name": "x" * 10_000}, "100 caractères"),
        ({"city": "Ag\0en"}, "caractère nul"),
        ({"title": "roi"}, "roi"),
    ],
)
def test_the_profile_refuses_in_words_and_keeps_what_was_typed(
    mine, user, values, sentence
):
    page = mine.post(reverse("accounts:profile"), PROFILE | values).content.decode()

    assert sentence in page
    assert "1 place Fallières" in page
    user.person.refresh_from_db()
    assert user.person.city == ""


def test_the_profile_takes_names_as_people_write_them(mine, user):
    mine.post(reverse("accounts:profile"), PROFILE | {"first_name": "Zoé 🌻 \u202eabc"})

    user.person.refresh_from_db()
    assert user.person.first_name.startswith("Zoé 🌻")


def test_a_consent_is_withdrawn_in_one_gesture(mine, user):
    consent = consents.give(user.person, "newsletter", wording="Je veux bien.")
    assert "Je veux bien." in mine.get(reverse("accounts:consents")).content.decode()

    mine.post(reverse("accounts:consents"), {"consent": consent.pk})

    assert not consents.active(user.person, "newsletter")


@pytest.mark.parametrize("value", ["", "abc", "999999999999999999999"])
def test_a_consent_that_is_not_there_changes_nothing(mine, value):
    response = mine.post(reverse("accounts:consents"), {"consent": value})

    assert response.status_code == 302


def test_nobody_withdraws_the_consent_of_another(mine):
    other = consents.give(PersonFactory(), "newsletter", wording="Oui")

    mine.post(reverse("accounts:consents"), {"consent": other.pk})

    other.refresh_from_db()
    assert other.is_active


@pytest.mark.parametrize("count", [1, 5])
def test_consents_cost_the_same(mine, user, count, django_assert_max_num_queries):
    for number in range(count):
        organisation = Organisation.objects.create(name=f"O{number}", kind="other")
        consents.give(
            user.person, "share-profile", organisation=organisation, wording="Oui"
        )
    mine.get(reverse("accounts:consents"))

    with django_assert_max_num_queries(5):
        mine.get(reverse("accounts:consents"))


def test_my_data_asks_who_i_am_again(mine):
    response = mine.get(reverse("accounts:my-data-archive"))

    assert response.url.startswith(reverse("account_reauthenticate"))


def test_my_data_come_in_one_archive(confirmed, user):
    ContactPoint.objects.create(
        person=user.person, kind="email", value="cabinet@example.org"
    )
    PractitionerProfile.objects.create(person=user.person, profession="doctor")
    consents.give(user.person, "newsletter", wording="Je veux bien.")

    response = confirmed.get(reverse("accounts:my-data-archive"))

    archive = ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    data = json.loads(archive.read("donnees.json"))["accounts"]
    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]
    assert data["personne"]["courriel"] == user.person.email
    assert data["autres coordonnées"] == ["cabinet@example.org"]
    assert data["praticien"]["profession"] == "médecin"
    assert data["accords"][0]["texte"] == "Je veux bien."
    assert user.password not in json.dumps(data)


def test_my_data_carry_the_files_of_every_app(monkeypatch):
    def files(person):
        for _ in range(2):
            yield "Lettre.pdf", io.BytesIO(b"%PDF")

    module = type("Module", (), {"files": staticmethod(files)})
    monkeypatch.setattr(
        personal_data.discovery, "modules", lambda name: [("installation", module)]
    )

    archive = ZipFile(personal_data.archive(PersonFactory()))

    assert archive.namelist() == [
        "donnees.json",
        "installation/Lettre.pdf",
        "installation/Lettre-2.pdf",
    ]


def test_closing_asks_to_confirm(confirmed, user):
    page = confirmed.post(reverse("accounts:close"), {}).content.decode()

    user.refresh_from_db()
    assert "Cochez cette case pour confirmer." in page
    assert user.is_active


def test_closing_ends_the_session(confirmed, user):
    response = confirmed.post(reverse("accounts:close"), {"understood": "on"})

    user.refresh_from_db()
    assert response.url == "/"
    assert not user.is_active
    assert "_auth_user_id" not in confirmed.session


def test_a_refusal_to_close_is_shown_with_its_reason(confirmed, user):
    def refuse(**news):
        return ["Un engagement court jusqu'au 4 décembre 2031."]

    account_closing.connect(refuse, weak=False)
    try:
        page = confirmed.post(reverse("accounts:close"), {"understood": "on"})
    finally:
        account_closing.disconnect(refuse)

    user.refresh_from_db()
    assert "Un engagement court" in page.content.decode()
    assert user.is_active


@pytest.mark.parametrize("name", ["profile", "consents", "my-data", "close"])
def test_pages_refuse_other_methods(confirmed, name):
    assert confirmed.put(reverse(f"accounts:{name}")).status_code == 405
