import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts import limits
from documents import filing, signing, verifying
from tests.accounts.factories import UserFactory
from tests.documents.factories import open_circuit, produced_pdf
from tests.documents.test_signing import sign_here
from tests.territory.factories import DeskFactory


@pytest.fixture(autouse=True)
def _desk():
    DeskFactory()


@pytest.fixture
def circuit():
    return open_circuit()


@pytest.fixture
def signed(circuit):
    for signatory in circuit.signatories.all():
        sign_here(signatory)
    filing.file(circuit.pk)
    circuit.refresh_from_db()
    return circuit


def drop(client, circuit, content):
    sent = SimpleUploadedFile("copie.pdf", content)
    answer = client.post(circuit.get_absolute_url(), {"file": sent})
    return answer.context["verdict"]


@pytest.mark.parametrize(
    "write", [str, str.lower, lambda code: " ".join(code), lambda code: code + "  "]
)
def test_a_code_is_found_however_it_is_typed(circuit, write):
    assert verifying.find(write(circuit.spaced_code)) == circuit


def test_anyone_learns_that_it_is_signed_and_nobody_is_named(client, signed):
    page = client.get(signed.get_absolute_url()).content.decode()

    assert "Ce document est authentique" in page
    assert "2 sur 2" in page
    assert "État des lieux d&#x27;entrée" in page
    for secret in ("Marty", "Nérac", "lea@", signed.document.sha256):
        assert secret not in page


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda circuit: None, "n’est pas encore signé de tous"),
        (signing.abandon, "il n’engage personne"),
        (lambda circuit: open_circuit(replaces=circuit), "remplacé"),
    ],
)
def test_what_became_of_a_circuit_is_said(client, circuit, act, sentence):
    act(circuit)

    assert sentence in client.get(circuit.get_absolute_url()).content.decode()


def test_the_very_file_is_recognised(client, signed):
    final = signed.signed_document.file.read()

    assert drop(client, signed, final) == verifying.SAME
    assert drop(client, signed, produced_pdf()) == verifying.PREVIOUS


@pytest.mark.parametrize("harm", ["altered", "truncated", "longer", "another"])
def test_any_other_file_is_not(client, signed, harm):
    final = signed.signed_document.file.read()
    middle = len(final) // 2
    content = {
        "altered": final[:middle] + bytes([final[middle] ^ 1]) + final[middle + 1 :],
        "truncated": final[:-1],
        "longer": final + b"\n",
        "another": b"%PDF-1.7 nothing",
    }[harm]

    assert drop(client, signed, content) == verifying.OTHER


def test_a_file_is_still_compared_once_all_is_forgotten(client, signed):
    final = signed.signed_document.file.read()
    signing.forget(signed)

    assert drop(client, signed, final) == verifying.SAME


def test_an_empty_file_is_refused_in_words(client, circuit):
    sent = SimpleUploadedFile("vide.pdf", b"")

    answer = client.post(circuit.get_absolute_url(), {"file": sent})

    assert "ce n’est pas l’original" in answer.content.decode()


@pytest.mark.parametrize("code", ["ABCD-EFGH-2345", "n'importe-quoi", "A" * 300])
def test_an_unknown_code_is_said_so(client, code):
    answer = client.get(reverse("documents:verify-code", args=[code]))

    assert answer.status_code == 404
    assert "Aucun document ne porte ce code" in answer.content.decode()


def test_codes_are_not_tried_one_after_another(client, circuit, monkeypatch):
    monkeypatch.setattr(limits, "FROM_ONE_SENDER", 2)
    address = reverse("documents:verify-code", args=["ABCD-EFGH-2345"])

    answers = [client.get(address).status_code for _ in range(3)]

    assert answers == [404, 404, 429]
    assert client.get(circuit.get_absolute_url()).status_code == 200


def test_the_code_typed_leads_to_its_page(client, circuit):
    answer = client.get(reverse("documents:verify"), {"code": circuit.code.lower()})

    assert answer.url == circuit.get_absolute_url()


@pytest.mark.parametrize("typed", ["", "ABCD", "O0I1-O0I1-O0I1"])
def test_a_code_badly_typed_is_explained(client, typed):
    answer = client.get(reverse("documents:verify"), {"code": typed})

    assert answer.status_code == 200
    assert answer.context["form"].errors["code"]


def test_the_desk_follows_the_circuits(client, signed, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    for page in (
        reverse("admin:documents_signaturerequest_changelist"),
        reverse("admin:documents_signaturerequest_change", args=[signed.pk]),
    ):
        assert client.get(page).status_code == 200
