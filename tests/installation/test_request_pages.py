"""The pages of a request, from the first to the receipt."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from casework import links
from casework.models import Message
from installation.models import InstallationRequest
from territory.models import Topic
from tests.accounts.factories import UserFactory
from tests.installation.factories import (
    RequestFactory,
)
from tests.installation.filling import (
    ALONE,
    PAGES,
    PRACTICE,
    PROJECT,
    WHO,
    fill,
    start_of,
    step,
)
from tests.territory.factories import OrganisationFactory

State = InstallationRequest.State


@pytest.mark.parametrize("name", ["home", "callback", "request-start"])
def test_anyone_may_read_the_public_pages(client, name):
    assert client.get(reverse(f"installation:{name}")).status_code == 200


def test_the_five_pages_end_with_a_receipt(client):
    response = fill(client)

    request = InstallationRequest.objects.get()
    assert response.url == reverse(
        "installation:request-receipt", args=[request.reference]
    )
    page = client.get(response.url).content.decode()
    assert request.reference in page
    assert "05" in page
    assert [commune.name for commune in request.communes.all()] == ["Nérac"]
    assert (request.days_a_week, request.wants_family_help) == (4, False)


def test_each_page_is_saved_and_one_may_walk_back(client):
    fill(client, upto=3)

    draft = InstallationRequest.objects.get()
    assert (draft.step_reached, draft.specialty) == (4, "médecine générale")
    assert "Caubet" in client.get(step(1)).content.decode()
    client.post(step(1), {**WHO, "city": "Agen"})
    draft.refresh_from_db()
    assert (draft.step_reached, draft.city) == (4, "Agen")


def test_the_start_leads_to_where_one_left(client):
    fill(client, upto=2)

    assert client.get(reverse("installation:request-start")).url == step(3)


def test_a_page_too_far_leads_back(client):
    fill(client, upto=1)

    assert client.get(step(4)).url == step(2)
    assert client.post(step(5), {"is_exact": "on"}).url == step(2)
    assert InstallationRequest.objects.get().state == State.DRAFT


@pytest.mark.parametrize("number", [0, 6, 99999999999999999999])
def test_a_page_that_is_not_one_is_not_found(client, number):
    assert client.get(f"/installation/demande/{number}/").status_code == 404


def test_sending_twice_leads_to_the_same_receipt(client):
    fill(client, upto=4)
    draft = InstallationRequest.objects.get()
    last = {"is_exact": "on", "draft": draft.pk}

    first = client.post(step(5), last)
    second = client.post(step(5), last)

    assert first.url == second.url
    assert InstallationRequest.objects.count() == 1


def test_a_page_written_for_another_draft_changes_nothing(client):
    other = RequestFactory()
    fill(client, upto=1)

    response = client.post(step(1), {**WHO, "city": "Agen", "draft": other.pk})

    assert response.status_code == 404
    assert set(InstallationRequest.objects.values_list("city", flat=True)) == {
        "Bordeaux"
    }


def test_nobody_reaches_the_draft_of_another(client):
    other = RequestFactory(applicant=UserFactory().person)

    assert client.get(step(2)).url == step(1)
    resume = reverse("installation:request-resume", args=[other.pk])
    assert client.get(resume).status_code == 404


def test_a_draft_is_resumed_by_its_link(client):
    fill(client, upto=2)
    draft = InstallationRequest.objects.get()
    client.post(step(3), {**PROJECT, "then": "link"})
    assert Message.objects.get().template_key == "installation.resume"
    token = links.issue("installation.resume", draft, to_email=draft.email)
    client.logout()

    opened = client.post(reverse("casework:link", args=[token]), follow=True)

    assert opened.redirect_chain[-1][0] == step(4)


def test_an_account_has_nothing_to_repeat(client, owner):
    page = client.get(start_of("installation")).content.decode()
    assert owner.email in page

    # The address of an account is not typed over.
    client.post(step(1), {**WHO, "email": "autre@example.org"})

    assert InstallationRequest.objects.get().email == owner.email


def test_signing_in_on_the_way_keeps_the_request(client):
    fill(client, upto=4)
    user = UserFactory()
    session = dict(client.session)
    client.force_login(user)
    kept = client.session
    kept.update({key: session[key] for key in ["installation.draft"]})
    kept.save()

    client.post(step(5), PAGES[4])

    assert InstallationRequest.objects.get().applicant == user.person


def test_a_draft_can_be_thrown_away(client):
    fill(client, upto=1)

    client.post(reverse("installation:request-discard"))

    assert InstallationRequest.objects.count() == 0


REFUSED = [
    (1, {**WHO, "address": ""}, "address"),
    (1, {**WHO, "last_name": "x" * 10_000}, "last_name"),
    (1, {**WHO, "first_name": "Inès\0"}, "first_name"),
    (1, {**WHO, "first_name": "🌻"}, "first_name"),
    (1, {**WHO, "phone": "12"}, "phone"),
    (1, {**WHO, "email": "ines@"}, "email"),
    (1, {**WHO, "postal_code": "é"}, "postal_code"),
    (1, {**WHO, "title": "roi"}, "title"),
    (2, {**PRACTICE, "rpps": "10000000008"}, "rpps"),
    (2, {**PRACTICE, "specialty": ""}, "specialty"),
    (2, {**PRACTICE, "days_a_week": "9"}, "days_a_week"),
    (3, {**PROJECT, "places": []}, "places"),
    (3, {**PROJECT, "places": ["99999"]}, "places"),
    (3, {**PROJECT, "places_unknown": "on"}, "places_unknown"),
    (3, {**PROJECT, "structures": ["unknown", "group"]}, "structures"),
    (3, {**PROJECT, "topics": ["\0"]}, "topics"),
    (3, {**PROJECT, "horizon": ""}, "horizon"),
    (4, {}, "wants_family_help"),
    (4, {"wants_family_help": "oui"}, "household"),
    (4, {"wants_family_help": "oui", "household": "couple"}, "topics"),
    (5, {}, "is_exact"),
]


@pytest.mark.parametrize(("number", "answers", "field"), REFUSED)
def test_a_refusal_is_said_beside_the_field_and_keeps_what_was_typed(
    client, number, answers, field
):
    fill(client, upto=number - 1)

    response = client.post(step(number), answers)

    assert response.status_code == 200
    form = response.context["form"]
    assert field in form.errors
    page = response.content.decode()
    assert 'id="erreurs"' in page
    if number == 1:
        assert answers["city"] in page


def test_marks_no_one_sees_are_dropped(client):
    client.post(step(1), {**WHO, "first_name": "\u202eInès\u200f"})

    assert InstallationRequest.objects.get().first_name == "Inès"


def test_a_family_that_wants_no_help_is_not_kept(client):
    fill(client, upto=3)
    topic = Topic.objects.get(slug="housing")

    client.post(
        step(4),
        {
            "wants_family_help": "non",
            "household": "couple_children",
            "children_3_5": 2,
            "topics": [topic.pk],
            "partner_occupation": "infirmier",
        },
    )

    draft = InstallationRequest.objects.get()
    assert (draft.household, draft.children_3_5, draft.partner_occupation) == (
        "",
        0,
        "",
    )
    assert draft.topics.count() == 0


def test_a_family_that_wants_help_says_for_what(client):
    fill(client, upto=3)
    job = Topic.objects.get(slug="partner-job")
    answers = {
        "wants_family_help": "oui",
        "household": "couple_children",
        "topics": [job.pk],
    }

    refused = client.post(step(4), answers).context["form"].errors
    assert set(refused) == {"partner_occupation", "children_under_3"}
    answers |= {"children_3_5": 2, "partner_occupation": "comptable"}
    assert client.post(step(4), answers).url == step(5)

    draft = InstallationRequest.objects.get()
    assert (draft.children, list(draft.topics.all())) == ([("de 3 à 5 ans", 2)], [job])


def test_consents_are_asked_for_each_partner_and_never_ticked(client):
    topic = Topic.objects.get(slug="premises")
    partner = OrganisationFactory()
    partner.topics.add(topic)
    fill(client, upto=2)
    client.post(step(3), {**PROJECT, "topics": [topic.pk]})
    client.post(step(4), ALONE)

    page = client.get(step(5)).content.decode()
    assert partner.name in page
    assert "checked" not in page
    client.post(step(5), {"is_exact": "on", "share_with": [partner.pk]})

    person = InstallationRequest.objects.get().applicant
    assert person.consents.get().organisation == partner


def test_the_question_leads_to_a_receipt_once(client):
    url = reverse("installation:callback")
    asked = {
        **{name: WHO[name] for name in ("first_name", "last_name", "email", "phone")},
        "subject": "stage",
        "message": "Le matin.",
        "submission": uuid.uuid4(),
    }

    first, second = client.post(url, asked), client.post(url, asked)

    assert first.url == second.url
    assert client.get(first.url).status_code == 200
    refused = client.post(url, {**asked, "submission": "\0", "phone": ""})
    assert {"submission", "phone"} <= set(refused.context["form"].errors)


@pytest.mark.parametrize("subject", ["stage", "n'importe quoi", "\0", ""])
def test_a_link_may_say_what_the_question_is_about(client, subject):
    response = client.get(reverse("installation:callback"), {"sujet": subject})

    assert response.status_code == 200


def test_a_body_too_big_gets_a_page(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    response = client.post(step(1), {**WHO, "address": "x" * 2000})

    assert response.status_code in (400, 413)
    assert InstallationRequest.objects.count() == 0


HUGE = "9" * 10_000


@pytest.mark.parametrize(
    ("number", "tampered"),
    [
        (1, {**WHO, "draft": HUGE}),
        (1, {**WHO, "draft": "-1"}),
        (1, {**WHO, "draft": "\0"}),
        (1, {**WHO, "draft": "٣"}),
        (3, {**PROJECT, "topics": [HUGE]}),
        (3, {**PROJECT, "places": [HUGE]}),
        (3, {**PROJECT, "places": ["\0"]}),
        (4, {**ALONE, "children_3_5": HUGE}),
        (5, {"is_exact": "on", "share_with": [HUGE]}),
    ],
)
def test_a_tampered_page_is_refused_and_keeps_nothing(client, number, tampered):
    fill(client, upto=number - 1)
    before = list(InstallationRequest.objects.values())

    response = client.post(step(number), tampered)

    assert response.status_code in (200, 302, 404)
    if response.status_code == 302:
        # What is beside the point is set aside, and the page is read without it.
        assert number in (4, 5)
    else:
        assert list(InstallationRequest.objects.values()) == before


def test_too_many_fields_get_a_page(client):
    fill(client, upto=2)

    response = client.post(step(3), {**PROJECT, "topics": list(range(2000))})

    assert response.status_code == 400
    assert InstallationRequest.objects.get().step_reached == 3


@pytest.mark.parametrize(
    "path",
    ["-1", "1.0", "%00", "１", "1e3", "../5", "5/../../recu/BD47-2025-0001"],
)
def test_a_number_made_up_is_not_found(client, path):
    response = client.get(f"/installation/demande/{path}/")

    assert response.status_code == 404


def test_a_blank_answer_is_asked_for_in_words(client):
    page = client.post(step(1), {"city": "Agen"}).content.decode()

    for sentence in ("Indiquez votre nom.", "Indiquez votre code postal."):
        # Beside the field, and above the form.
        assert page.count(sentence) == 2
    assert "Ce champ est obligatoire" not in page


def test_no_title_is_chosen_for_anybody(client):
    assert "checked" not in client.get(step(1)).content.decode()

    client.post(step(1), {**WHO, "title": "none"})

    assert InstallationRequest.objects.get().title == ""
    page = client.get(step(1)).content.decode()
    assert re.search(r'value="none"[^>]*checked', page)


def test_the_draft_tells_only_what_was_answered(client):
    fill(client, upto=1)

    page = client.get(step(2)).content.decode()

    assert "Docteure Inès Caubet" in page
    assert "Lieux cités" not in page
    client.post(step(2), PRACTICE)
    client.post(step(3), PROJECT)
    assert "Nérac" in client.get(step(4)).content.decode()


def test_a_form_from_elsewhere_is_refused(client):
    assert Client(enforce_csrf_checks=True).post(step(1), WHO).status_code == 403
