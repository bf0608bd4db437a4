import datetime as dt
import io
import re
import uuid
import zipfile

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework import links
from casework.actions import announce_absence
from casework.models import Message
from documents.models import Document
from installation import actions
from installation.models import InstallationRequest
from territory.models import Topic
from tests.accounts.factories import UserFactory
from tests.documents import samples
from tests.installation.factories import (
    AttachmentFactory,
    ExchangeFactory,
    NeedFactory,
    ReferralFactory,
    RequestFactory,
    desk_user,
    request_in,
)
from tests.territory.factories import OrganisationFactory

State = InstallationRequest.State
WHO = {
    "title": "dre",
    "first_name": "Inès",
    "last_name": "Caubet",
    "email": "ines@example.org",
    "phone": "05 53 00 00 00",
    "address": "2 rue des Tanneurs",
    "postal_code": "33000",
    "city": "Bordeaux",
}
PRACTICE = {
    "profession": "doctor",
    "specialty": "médecine générale",
    "situation": "locum",
    "rpps": "10000000009",
    "mode": "liberal",
    "days_a_week": "4",
}
PROJECT = {
    "horizon": "year",
    "places": ["47195"],
    "structures": ["health_house"],
    "message": "Une équipe déjà en place.",
}
ALONE = {"wants_family_help": "non"}
# Session and user; then what is shown, whatever its length.
DOSSIER_QUERIES = 31
SPACE_QUERIES = 14
PAGES = [WHO, PRACTICE, PROJECT, ALONE, {"is_exact": "on"}]


def step(number):
    return reverse("installation:request-step", args=[number])


def start_of(kind):
    return f"{reverse('installation:request-start')}?nature={kind}"


def fill(client, upto=5):
    """Answer the first pages in order; the last answer received."""
    response = None
    for number, answers in enumerate(PAGES[:upto], 1):
        response = client.post(step(number), answers)
        assert response.status_code == 302, response.content.decode()
    return response


def dossier_url(request):
    return reverse("installation:dossier-detail", args=[request.reference])


def follow(client, request):
    """Open the dossier with a link, as the e-mail says: look, then confirm."""
    token = links.issue("installation.follow", request, to_email=request.email)
    url = reverse("casework:link", args=[token])
    assert client.get(url).status_code == 200
    return client.post(url)


@pytest.fixture
def owner(client):
    user = UserFactory()
    client.force_login(user)
    return user


# --- The form ---------------------------------------------------------------------


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


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "get"])
def test_pages_answer_only_the_methods_they_know(client, owner, method):
    request = RequestFactory(in_support=True, applicant=owner.person)
    only_get = [url for url in pages(request) if "retirer" not in url][1:]
    discard = reverse("installation:request-discard")

    assert getattr(client, method)(discard).status_code == 405
    if method != "get":
        for url in [*only_get, dossier_url(request), step(1)]:
            assert getattr(client, method)(url).status_code == 405, url
    for url in only_get:
        assert client.post(url).status_code == 405, url


@pytest.mark.parametrize(
    "reference", ["bd47-2025-0001", "BD47", "0", "x" * 5000, "BD47-2025-0001%00", "é"]
)
def test_a_reference_made_up_is_not_found(client, owner, reference):
    RequestFactory(in_support=True, reference="BD47-2025-0001")

    for path in (
        f"/mon-espace/installation/{reference}/",
        f"/mon-espace/installation/{reference}/documents/{'9' * 30}/",
        f"/installation/demande/recu/{reference}/",
    ):
        assert client.get(path).status_code == 404


def test_a_document_of_another_dossier_is_not_found(client, owner):
    mine = RequestFactory(in_support=True, applicant=owner.person)
    theirs = AttachmentFactory()

    for pk in (theirs.pk, 10**30):
        url = reverse("installation:dossier-document", args=[mine.reference, pk])
        assert client.get(url).status_code == 404


def test_an_expired_link_opens_nothing_and_offers_another(client):
    request = RequestFactory(in_support=True)
    with time_machine.travel(timezone.now() - dt.timedelta(days=31)):
        token = links.issue("installation.follow", request, to_email=request.email)
    url = reverse("casework:link", args=[token])

    assert "Recevoir un nouveau lien" in client.get(url).content.decode()
    client.post(url)

    assert client.get(dossier_url(request)).status_code == 302


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


# --- The dossier ------------------------------------------------------------------


def pages(request):
    attachment = AttachmentFactory(request=request)
    names = ["dossier-detail", "dossier-archive", "dossier-withdraw"]
    return [
        *(reverse(f"installation:{name}", args=[request.reference]) for name in names),
        reverse(
            "installation:dossier-document", args=[request.reference, attachment.pk]
        ),
    ]


@pytest.mark.parametrize("state", ["submitted", "in_support", "paused", "closed"])
def test_the_owner_reads_every_page_in_every_state(client, owner, state):
    request = RequestFactory(**{state: True}, applicant=owner.person)

    for url in [*pages(request), reverse("space")]:
        assert client.get(url).status_code == 200, url


def test_a_stranger_does_not_find_the_dossier(client, owner):
    request = RequestFactory(in_support=True)
    receipt = reverse("installation:request-receipt", args=[request.reference])

    for url in [*pages(request), receipt]:
        assert client.get(url).status_code == 404, url
    assert client.post(dossier_url(request), {"body": "x"}).status_code == 404


def test_a_visitor_signs_in_first_whatever_the_reference(client):
    request = RequestFactory(in_support=True)

    for url in [*pages(request), "/mon-espace/installation/BD47-1999-0001/"]:
        response = client.get(url)
        assert response.status_code == 302, url
        assert response.url.startswith(reverse("account_login"))


def test_a_link_opens_one_dossier_and_no_other(client):
    request, other = RequestFactory(in_support=True), RequestFactory(in_support=True)

    assert follow(client, request).url == dossier_url(request)

    assert client.get(dossier_url(request)).status_code == 200
    assert client.get(dossier_url(other)).status_code == 404


def test_the_person_writes_with_documents(client, owner):
    request = RequestFactory(in_support=True, applicant=owner.person)
    message = {
        "body": "Voici mon diplôme.",
        "files": [samples.sent(samples.pdf(), "diplome.pdf")],
        "submission": uuid.uuid4(),
    }

    response = client.post(dossier_url(request), message)

    assert response.status_code == 302
    page = client.get(dossier_url(request)).content.decode()
    assert "Voici mon diplôme." in page
    assert "diplome.pdf" in page


@pytest.mark.parametrize(
    "message",
    [
        {"body": ""},
        {"body": "x" * 10_000},
        {"body": "a\0"},
        {"body": "x", "submission": "nope"},
        {"body": "x", "files": [samples.sent(b"MZ\x90\0", "photo.pdf")]},
    ],
)
def test_a_message_refused_leaves_nothing(client, owner, message):
    request = RequestFactory(in_support=True, applicant=owner.person)

    response = client.post(
        dossier_url(request), {"submission": uuid.uuid4(), **message}
    )

    assert response.status_code == 200
    assert response.context["form"].errors
    assert (request.exchanges.count(), Document.objects.count()) == (0, 0)


def test_notes_of_the_desk_are_never_shown(client, owner):
    request = RequestFactory(in_support=True, applicant=owner.person)
    author = request.case_worker
    ExchangeFactory(request=request, author=author, audience="internal", body="Secret")
    hidden = AttachmentFactory(
        request=request, audience="internal", from_applicant=False
    )

    page = client.get(dossier_url(request)).content.decode()
    archive = client.get(
        reverse("installation:dossier-archive", args=[request.reference])
    )
    content = zipfile.ZipFile(io.BytesIO(archive.getvalue()))

    assert "Secret" not in page
    assert content.namelist() == ["dossier.txt"]
    assert "Secret" not in content.read("dossier.txt").decode()
    url = reverse("installation:dossier-document", args=[request.reference, hidden.pk])
    assert client.get(url).status_code == 404


def test_the_archive_says_which_file_the_storage_has_lost(client, owner):
    request = RequestFactory(in_support=True, applicant=owner.person)
    document = AttachmentFactory(request=request).document
    document.file.storage.delete(document.file.name)

    archive = client.get(
        reverse("installation:dossier-archive", args=[request.reference])
    )

    content = zipfile.ZipFile(io.BytesIO(archive.getvalue()))
    assert content.namelist() == ["dossier.txt"]
    text = content.read("dossier.txt").decode()
    assert f"{document.name} : fichier introuvable" in text


def test_what_is_expected_comes_first(client, owner):
    request = RequestFactory(in_support=True, applicant=owner.person)
    assert "À vous de jouer" not in client.get(dossier_url(request)).content.decode()
    actions.write(
        request,
        "Bonjour",
        by=request.case_worker,
        expected="Choisir une date de visite",
        expected_by=timezone.localdate(),
    )

    for url in (dossier_url(request), reverse("space")):
        page = client.get(url).content.decode()
        assert "À vous de jouer" in page
        assert "Choisir une date de visite" in page


def test_the_stand_in_is_named_during_an_absence(client, owner):
    request = RequestFactory(in_support=True, applicant=owner.person)
    mathilde, today = desk_user(), timezone.localdate()
    announce_absence(
        request.case_worker,
        first_day=today,
        last_day=today,
        stand_in=mathilde,
        by=mathilde,
    )

    page = client.get(dossier_url(request)).content.decode()

    assert mathilde.get_full_name() in page
    assert f"Remplace {request.case_worker.get_full_name()}" in page


def test_withdrawing_asks_before(client, owner):
    request = RequestFactory(in_support=True, applicant=owner.person)
    url = reverse("installation:dossier-withdraw", args=[request.reference])

    client.get(url)
    request.refresh_from_db()
    assert request.state == State.IN_SUPPORT
    client.post(url, {"sentence": ""})

    request.refresh_from_db()
    assert request.state == State.CLOSED


@pytest.mark.parametrize("count", [1, 6])
def test_the_dossier_costs_the_same_with_more_messages(
    client, owner, count, django_assert_num_queries
):
    request = RequestFactory(in_support=True, applicant=owner.person)
    for _ in range(count):
        exchange = ExchangeFactory(request=request, author=request.case_worker)
        AttachmentFactory(request=request, exchange=exchange, from_applicant=False)
    client.get(dossier_url(request))

    with django_assert_num_queries(DOSSIER_QUERIES):
        response = client.get(dossier_url(request))

    # Each document stands under its message and in the list.
    page = response.content.decode()
    assert len(re.findall(r"attestation-\d+\.pdf</p>", page)) == 2 * count


def test_the_dossier_costs_the_same_with_more_needs(client, owner):
    def queries(topics):
        for topic in topics:
            need = NeedFactory(request=request, topic=topic)
            ReferralFactory(need=need, taken=True)
        with CaptureQueriesContext(connection) as captured:
            client.get(dossier_url(request))
        return len(captured)

    request = RequestFactory(in_support=True, applicant=owner.person)
    first, *others = Topic.objects.all()[:5]
    client.get(dossier_url(request))
    assert queries([first]) == queries(others)


@pytest.mark.parametrize("count", [1, 6])
def test_the_space_costs_the_same_with_more_dossiers(
    client, owner, count, django_assert_num_queries
):
    worker = desk_user()
    for _ in range(count):
        RequestFactory(in_support=True, applicant=owner.person, case_worker=worker)
    client.get(reverse("space"))

    with django_assert_num_queries(SPACE_QUERIES):
        response = client.get(reverse("space"))

    assert len(response.context["lines"]) == count


@pytest.mark.parametrize("state", State.values)
def test_only_filed_dossiers_have_a_page(client, owner, state):
    request = request_in(state)
    request.applicant = owner.person
    request.save()
    reference = request.reference or "brouillon"

    response = client.get(reverse("installation:dossier-detail", args=[reference]))

    assert response.status_code == (404 if state == State.DRAFT else 200)


@pytest.mark.parametrize("scope", ["installation.follow", "installation.complete"])
def test_a_link_sent_to_an_address_since_corrected_opens_nothing(client, scope):
    request = RequestFactory(submitted=True, email="ines@exemple.org")
    token = links.issue(scope, request, to_email=request.email)
    link = reverse("casework:link", args=[token])
    client.post(link)

    InstallationRequest.objects.filter(pk=request.pk).update(email="ines@example.org")

    assert client.get(request.get_absolute_url()).status_code == 302
    assert client.post(link).status_code == 404
