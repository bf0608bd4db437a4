import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from documents import intake, quarantine, tasks
from documents.models import Document
from documents.scanning import ScannerUnavailable, find_threat
from documents.signals import document_quarantined
from tests.documents import samples
from tests.documents.clamd import clamd_on_path, clamd_on_port
from tests.documents.factories import DocumentFactory
from tests.documents.samples import EICAR, sent


@pytest.fixture
def clamd(settings):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clamd.ctl"
        with clamd_on_path(path) as server:
            settings.CLAMAV_SOCKET = str(path)
            yield server


@pytest.fixture
def no_clamd(settings):
    settings.CLAMAV_SOCKET = "/nowhere/clamd.ctl"


def test_the_scanner_is_sent_every_byte(clamd, settings):
    chunks = [b"a" * 70_000, b"b" * 70_000, b"c"]

    assert find_threat(chunks, address=settings.CLAMAV_SOCKET) == ""
    assert clamd.received == [b"".join(chunks)]


def test_the_scanner_names_the_threat_by_tcp_too():
    with clamd_on_port() as (_, address):
        assert find_threat([EICAR], address=address) == "Eicar-Test-Signature"


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: odd\0", b"\0"]
)
def test_an_answer_that_is_no_verdict_is_no_verdict(answer):
    with clamd_on_port(answer) as (_, address), pytest.raises(ScannerUnavailable):
        find_threat([b"a"], address=address)


@pytest.mark.parametrize("address", ["/nowhere/clamd.ctl", "tcp://127.0.0.1:1"])
def test_a_scanner_that_is_away_is_unavailable(address):
    with pytest.raises(ScannerUnavailable):
        find_threat([b"a"], address=address)


def test_a_file_is_held_then_released(clamd, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        document = intake.receive(sent(samples.pdf()))
    assert document.scan_state == "held"

    for callback in callbacks:
        callback()

    document.refresh_from_db()
    assert document.scan_state == "clean"


def test_an_infected_file_is_quarantined_and_told_once(
    clamd, django_capture_on_commit_callbacks
):
    told = []

    def tell(sender, document, **kwargs):
        told.append(document)

    document_quarantined.connect(tell)
    infected = samples.docx({"word/eicar.xml": EICAR}, compression=0)
    with django_capture_on_commit_callbacks(execute=True):
        document = intake.receive(sent(infected))
    tasks.scan_document(document.pk)
    document_quarantined.disconnect(tell)

    document.refresh_from_db()
    assert (document.scan_state, document.threat) == (
        "quarantined",
        "Eicar-Test-Signature",
    )
    assert told == [document]


def test_a_file_stays_held_while_the_scanner_is_away(no_clamd):
    document = DocumentFactory(held=True)

    with pytest.raises(ScannerUnavailable):
        quarantine.scan(document.pk)

    document.refresh_from_db()
    assert document.scan_state == "held"


def test_a_judged_file_is_not_scanned_again(no_clamd):
    quarantine.scan(DocumentFactory().pk)
    quarantine.scan(DocumentFactory(quarantined=True).pk)
    quarantine.scan(0)


def test_the_sweep_rings_for_files_left_behind(clamd):
    an_hour_ago = timezone.now() - timedelta(hours=1)
    forgotten = DocumentFactory(held=True, created_at=an_hour_ago)
    recent = DocumentFactory(held=True)

    tasks.sweep_held_documents()

    forgotten.refresh_from_db()
    recent.refresh_from_db()
    assert (forgotten.scan_state, recent.scan_state) == ("clean", "held")


def test_the_sweep_rests_without_a_scanner(settings, monkeypatch):
    settings.CLAMAV_SOCKET = ""
    monkeypatch.setattr(quarantine, "left_behind", None)

    tasks.sweep_held_documents()


@pytest.mark.parametrize("state", ["clean", "quarantined", "discarded"])
@pytest.mark.parametrize("transition", ["release", "quarantine"])
def test_only_a_held_file_is_judged(state, transition):
    if state == "discarded":
        document = DocumentFactory(held=True)
        document.discard()
    else:
        document = DocumentFactory(quarantined=state == "quarantined")
    before = Document.objects.filter(pk=document.pk).values().get()

    with pytest.raises(ValidationError, match="Seul un document en attente"):
        getattr(document, transition)(*["Threat"] * (transition == "quarantine"))

    assert Document.objects.filter(pk=document.pk).values().get() == before
