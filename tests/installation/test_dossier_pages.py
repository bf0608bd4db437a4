"""What somebody reads and writes in their dossier."""

import datetime as dt
import io
import re
import uuid
import zipfile

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework import links
from casework.actions import announce_absence
from documents.models import Document
from installation import actions
from installation.models import InstallationRequest
from territory.models import Topic
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
from tests.installation.filling import dossier_url, follow, step

State = InstallationRequest.State
# Session and user; then what is shown, whatever its length.
DOSSIER_QUERIES = 32
SPACE_QUERIES = 31


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
