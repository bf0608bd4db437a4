import functools
import io
import re
import subprocess
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pikepdf.pdfa import validate_written
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject

from documents import actions, checks, filing, sealing, self_signed, tasks, verifying
from documents.models import Document, SealCertificate
from tests.accounts.factories import UserFactory
from tests.documents import tsa
from tests.documents.factories import open_circuit, produced_pdf
from tests.documents.test_signing import sign_here
from tests.territory.factories import DeskFactory


@pytest.fixture(autouse=True)
def _desk():
    DeskFactory()


@functools.cache
def another_key() -> bytes:
    return self_signed.create(password="autre", name="Quelqu'un d'autre")


@pytest.fixture
def foreign(settings, tmp_path):
    """Seal as somebody else would, with a key that is not ours."""

    def sign(pdf):
        ours = settings.SEAL_PKCS12, settings.SEAL_PASSWORD
        path = tmp_path / "other.p12"
        path.write_bytes(another_key())
        settings.SEAL_PKCS12, settings.SEAL_PASSWORD = str(path), "autre"
        signed, certificate = sealing.seal(pdf, reason="Contresigné")
        certificate.delete()
        settings.SEAL_PKCS12, settings.SEAL_PASSWORD = ours
        return signed

    return sign


def sealed(pdf=None) -> bytes:
    return sealing.seal(pdf or produced_pdf(), reason="Document signé de tous")[0]


def all_signed(circuit):
    for signatory in circuit.signatories.all():
        sign_here(signatory)
    return circuit


def pdfsig(content: bytes, folder: Path) -> str:
    path = folder / "sealed.pdf"
    path.write_bytes(content)
    run = subprocess.run(
        ["pdfsig", "-nocert", path], capture_output=True, text=True, check=True
    )
    return run.stdout


# --- Setting it -------------------------------------------------------------------


def test_the_signed_file_is_sealed_and_another_program_agrees(tmp_path):
    circuit = all_signed(open_circuit())
    filing.file(circuit.pk)

    circuit.refresh_from_db()
    content = circuit.signed_document.file.read()
    told = pdfsig(content, tmp_path)

    assert circuit.seal == SealCertificate.objects.get()
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told


def test_a_sealed_file_is_still_archivable_and_tagged():
    content = sealed(sealed())

    findings = validate_written(io.BytesIO(content), "3b").findings

    # It does not judge forms: what the standard asks of this one is read here.
    assert {finding.where.split()[-1] for finding in findings} <= {"/AcroForm"}
    with pikepdf.open(io.BytesIO(content)) as document:
        for field in document.Root.AcroForm.Fields:
            assert (int(field.F) & 4, list(field.Rect)) == (4, [0, 0, 0, 0])
        assert "/NeedAppearances" not in document.Root.AcroForm
        assert document.open_metadata().pdfa_status == "3B"
        assert document.Root.MarkInfo.Marked
        assert document.pdf_version == "1.7"
        assert "/Version" not in document.Root


def test_a_second_seal_adds_to_the_first_and_both_hold(tmp_path):
    first = sealed()
    second = sealed(first)

    assert second.startswith(first)
    assert pdfsig(second, tmp_path).count("Signature is Valid") == 2
    assert verifying.judge_seal(second).verdict == verifying.SEALED
    assert SealCertificate.objects.count() == 1


def test_nothing_is_sealed_where_no_seal_is_configured(settings):
    settings.SEAL_PKCS12 = ""
    circuit = all_signed(open_circuit())

    filing.file(circuit.pk)

    circuit.refresh_from_db()
    content = circuit.signed_document.file.read()
    assert circuit.seal is None
    assert verifying.judge_seal(content).verdict == verifying.UNSEALED


def broken_password(settings, tmp_path):
    settings.SEAL_PASSWORD = "faux"


def broken_path(settings, tmp_path):
    settings.SEAL_PKCS12 = str(tmp_path / "missing.p12")


def broken_file(settings, tmp_path):
    path = tmp_path / "broken.p12"
    path.write_bytes(b"not a key")
    settings.SEAL_PKCS12 = str(path)


def broken_by_time(settings, tmp_path):
    path = tmp_path / "old.p12"
    path.write_bytes(
        self_signed.create(
            password="x", name="Passé", ends=timezone.now() - timedelta(1)
        )
    )
    settings.SEAL_PKCS12, settings.SEAL_PASSWORD = str(path), "x"


def broken_by_revocation(settings, tmp_path):
    sealed()
    actions.revoke_seal(SealCertificate.objects.get(), because="Clé volée", by=None)


def broken_authority(settings, tmp_path):
    with tsa.running() as address:
        settings.SEAL_TSA_URL = address  # it answers no more once left


@pytest.mark.parametrize(
    "broken",
    [
        broken_password,
        broken_path,
        broken_file,
        broken_by_time,
        broken_by_revocation,
        broken_authority,
    ],
)
def test_a_seal_that_cannot_be_set_stops_the_file_and_is_told(
    settings, tmp_path, stored, broken
):
    with settings_kept(settings):
        broken(settings, tmp_path)
        circuit = all_signed(open_circuit())
        before = stored()

        with pytest.raises(sealing.SealUnavailable):
            tasks.file_signed_document(circuit.pk)

        circuit.refresh_from_db()
        assert (circuit.signed_document, circuit.failure) == (None, "SealUnavailable")
        assert stored() == before

    SealCertificate.objects.update(revoked_at=None, revoked_because="")
    tasks.file_signed_document(circuit.pk)

    circuit.refresh_from_db()
    assert circuit.seal is not None
    assert circuit.failure == ""


class settings_kept:
    """What a test breaks is mended at the end of the block."""

    NAMES = ("SEAL_PKCS12", "SEAL_PASSWORD", "SEAL_TSA_URL")

    def __init__(self, settings):
        self.settings = settings
        self.values = {name: getattr(settings, name) for name in self.NAMES}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for name, value in self.values.items():
            setattr(self.settings, name, value)


def test_the_time_is_stamped_where_an_authority_is_named(settings, tmp_path):
    with tsa.running() as address:
        settings.SEAL_TSA_URL = address
        content = sealed()

    assert b"Horodatage".hex().encode() in content.lower()
    assert "Signature is Valid" in pdfsig(content, tmp_path)
    assert verifying.judge_seal(content).verdict == verifying.SEALED


# --- Reading it -------------------------------------------------------------------


def altered(foreign):
    content = sealed()
    assert content.count(b"Bienvenue Docteur</rdf:li>") > 1
    return content.replace(
        b"Bienvenue Docteur</rdf:li>", b"Bienvenue Facteur</rdf:li>", 1
    )


def one_bit_altered(foreign):
    content = sealed()
    return content[:600] + bytes([content[600] ^ 1]) + content[601:]


def page_added(foreign):
    """Whoever edits a sealed file writes at its end, as a seal does."""
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed()))
    drawn = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
    writer.insert_page(PageObject(contents=drawn, media_box=(0, 0, 595, 842)))
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def signature_moved(foreign):
    """The signature of one file, put into another of the same length."""
    pattern = re.compile(rb"/Contents <([0-9A-F]+)>")
    one, other = sealed(), sealed(produced_pdf().replace(b"/Lang", b"/Lung"))
    taken = pattern.search(one)[1]
    return pattern.sub(lambda _: b"/Contents <" + taken + b">", other)


@pytest.mark.parametrize(
    ("make", "verdict"),
    [
        (lambda foreign: sealed(), verifying.SEALED),
        (lambda foreign: sealed() + b"\n", verifying.SEALED),
        (lambda foreign: foreign(sealed()), verifying.COUNTERSIGNED),
        (lambda foreign: sealed(foreign(produced_pdf())), verifying.SEALED),
        (lambda foreign: foreign(produced_pdf()), verifying.FOREIGN),
        (lambda foreign: produced_pdf(), verifying.UNSEALED),
        (lambda foreign: sealed()[:-40], verifying.UNREADABLE),
        (lambda foreign: b"%PDF-1.7 nothing", verifying.UNREADABLE),
        (lambda foreign: b"\x89PNG", verifying.UNREADABLE),
        (altered, verifying.ALTERED),
        (one_bit_altered, verifying.ALTERED),
        (page_added, verifying.ALTERED),
        (signature_moved, verifying.ALTERED),
        (lambda foreign: foreign(altered(foreign)), verifying.ALTERED),
    ],
)
def test_a_file_is_judged_by_its_seal(foreign, make, verdict):
    assert verifying.judge_seal(make(foreign)).verdict == verdict


def test_a_seal_of_a_revoked_certificate_proves_nothing():
    content = sealed()
    actions.revoke_seal(SealCertificate.objects.get(), because="Clé volée", by=None)

    assert verifying.judge_seal(content).verdict == verifying.REVOKED


def test_a_trap_ends_its_own_process_alone(monkeypatch):
    monkeypatch.setattr(verifying, "SECONDS", 0.05)

    assert verifying.judge_seal(sealed()).verdict == verifying.UNREADABLE


def drop(client, content, name="convention.pdf"):
    sent = SimpleUploadedFile(name, content)
    return client.post(reverse("documents:verify"), {"file": sent})


def test_a_dropped_file_that_we_keep_leads_to_its_code(client):
    circuit = all_signed(open_circuit())
    filing.file(circuit.pk)
    circuit.refresh_from_db()

    answer = drop(client, circuit.signed_document.file.read())

    page = answer.content.decode()
    assert answer.context["verdict"] == verifying.SAME
    assert circuit.get_absolute_url() in page
    assert "Marty" not in page


def test_a_dropped_file_that_we_do_not_keep_is_judged_by_its_seal(client):
    page = drop(client, sealed()).content.decode()

    assert "porte le cachet du Département, intact" in page
    assert f"{timezone.localdate().year}" in page
    assert Document.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "est vide"), (b"x" * (verifying.MAX_SIZE + 1), "dépasse 20 Mo")],
)
def test_a_file_that_cannot_be_ours_is_refused_in_words(client, content, sentence):
    assert sentence in drop(client, content).content.decode()


def test_the_page_of_a_document_says_that_its_certificate_is_revoked(client):
    circuit = all_signed(open_circuit())
    filing.file(circuit.pk)
    assert (
        "Cachet de démonstration"
        in client.get(circuit.get_absolute_url()).content.decode()
    )

    actions.revoke_seal(SealCertificate.objects.get(), because="Clé volée", by=None)

    page = client.get(circuit.get_absolute_url()).content.decode()
    assert "Certificat révoqué" in page


# --- Keeping the key --------------------------------------------------------------


def test_the_demonstration_makes_its_key_once(settings, tmp_path):
    path = tmp_path / "new" / "seal.p12"
    settings.SEAL_PKCS12 = str(path)

    call_command("make_demo_seal")
    first = path.read_bytes()
    call_command("make_demo_seal")

    assert path.read_bytes() == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [*path.parent.iterdir()] == [path]
    assert sealing.opened_key().fingerprint


def test_a_key_is_made_nowhere_when_none_is_named(settings):
    settings.SEAL_PKCS12 = ""

    with pytest.raises(CommandError):
        call_command("make_demo_seal")


def test_the_check_before_deployment_opens_the_key(settings):
    assert checks.check_seal(None) == []

    settings.SEAL_PASSWORD = "faux"
    [error] = checks.check_seal(None)
    assert "SEAL_PASSWORD" in error.msg

    settings.SEAL_PKCS12 = ""
    assert checks.check_seal(None) == []


def test_the_head_declares_a_certificate_revoked(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    sealed()
    certificate = SealCertificate.objects.get()
    address = reverse("admin:documents_sealcertificate_change", args=[certificate.pk])
    head = UserFactory(is_staff=True, groups=["direction"], second_factor=False)
    client.force_login(head)

    for sent in ({"revoked_because": "Clé volée"}, {"confirmed": "on"}):
        assert client.post(address, sent).status_code == 200
    certificate.refresh_from_db()
    assert certificate.revoked_at is None

    client.post(address, {"revoked_because": "Clé volée", "confirmed": "on"})
    certificate.refresh_from_db()
    assert certificate.revoked_at is not None
    assert client.get(address).status_code == 200
    assert client.post(address, {"confirmed": "on"}).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [{"revoked_because": "sans date"}, {"revoked_at": timezone.now()}],
)
def test_the_database_keeps_revocations_whole(wrong):
    sealed()

    with pytest.raises(IntegrityError), transaction.atomic():
        SealCertificate.objects.update(**wrong)
