import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pikepdf.pdfa import validate_written

from casework.models import Entry, Message
from documents import binding, consistency, filing, intake, retention, signing, tasks
from documents.models import Document, Signatory, SignatureRequest
from tests.accounts.factories import PersonFactory, UserFactory
from tests.documents import samples
from tests.documents.factories import DocumentFactory, open_circuit, produced_pdf
from tests.territory.factories import DeskFactory

HERE = "192.0.2.10"
State = SignatureRequest.State


@pytest.fixture(autouse=True)
def _desk():
    DeskFactory()


@pytest.fixture
def circuit():
    return open_circuit()


def both(circuit):
    return list(circuit.signatories.all())


def sign_here(signatory, by=None, **change):
    options = {"typed_name": signatory.name, "address": HERE, "by": by} | change
    return signing.sign_on_spot(signatory, **options)


def mailed_code(signatory) -> str:
    signing.send_code(signatory)
    message = Message.objects.about(signatory).latest("pk")
    text, _html = message.parts()
    return re.search(r"(\d{3} \d{3})", text)[1]


def test_both_sign_on_the_spot_and_one_file_is_made(
    circuit, django_capture_on_commit_callbacks
):
    owner, tenant = both(circuit)
    by = UserFactory()

    with django_capture_on_commit_callbacks(execute=True):
        sign_here(owner, by)
        sign_here(tenant, by, typed_name="MARTY léa")

    circuit.refresh_from_db()
    tenant.refresh_from_db()
    assert circuit.state == State.SIGNED
    assert circuit.signed_document.kind == filing.KIND
    assert (tenant.means, tenant.recorded_by) == ("spot", by)
    assert tenant.evidence == {
        "name": "Léa Marty",
        "capacity": "locataire",
        "at": tenant.signed_at.isoformat(),
        "sha256": circuit.document.sha256,
        "typed_name": "MARTY léa",
        "address": HERE,
        "consent": signing.CONSENT,
    }


def test_the_final_file_is_what_was_signed_then_the_evidence(circuit):
    for signatory in both(circuit):
        sign_here(signatory)
    filing.file(circuit.pk)

    circuit.refresh_from_db()
    written = circuit.signed_document.file.read()
    findings = validate_written(io.BytesIO(written), "3b").findings
    # The seal is a form, which it does not judge: test_sealing does.
    assert [one.where.split()[-1] for one in findings] == ["/AcroForm"]
    with (
        pikepdf.open(io.BytesIO(written)) as final,
        pikepdf.open(io.BytesIO(produced_pdf())) as signed,
    ):
        assert len(final.pages) > len(signed.pages)
        for before, after in zip(signed.pages, final.pages, strict=False):
            assert before.Contents.read_bytes() == after.Contents.read_bytes()
        assert final.Root.Lang == "fr"
        numbers = [int(n) for n in list(final.Root.StructTreeRoot.ParentTree.Nums)[::2]]
        assert numbers == sorted(set(numbers))
        assert {int(page.obj.StructParents) for page in final.pages} <= set(numbers)


def test_pages_bound_keep_their_tags_page_by_page():
    bound = binding.bind(produced_pdf(), produced_pdf())

    with pikepdf.open(io.BytesIO(bound)) as document:
        parents = document.Root.StructTreeRoot.ParentTree.Nums
        tags = dict(zip(list(parents)[::2], list(parents)[1::2], strict=True))
        for page in document.pages:
            for element in tags[page.obj.StructParents]:
                assert element.Pg.objgen == page.obj.objgen
    assert validate_written(io.BytesIO(bound), "3b").findings == []


def test_a_code_by_mail_signs_at_a_distance(circuit):
    owner, tenant = both(circuit)
    code = mailed_code(tenant)

    signing.sign_by_code(tenant, code, address=HERE)

    tenant.refresh_from_db()
    assert (tenant.means, tenant.evidence["email"]) == ("link", "lea@example.org")
    assert tenant.code_hash == ""
    circuit.refresh_from_db()
    assert circuit.state == State.OPEN
    assert circuit.waiting() == [owner]


def test_a_code_is_not_kept_in_clear(circuit):
    tenant = both(circuit)[1]
    code = mailed_code(tenant).replace(" ", "")

    tenant.refresh_from_db()
    message = Message.objects.about(tenant).get()
    assert code not in tenant.code_hash
    assert message.is_secret
    assert message.text == ""


def test_a_code_stops_after_a_quarter_of_an_hour(circuit):
    tenant = both(circuit)[1]
    code = mailed_code(tenant)
    past = timezone.now() - timedelta(minutes=16)
    Signatory.objects.filter(pk=tenant.pk).update(code_sent_at=past)

    with pytest.raises(ValidationError, match="expiré"):
        signing.sign_by_code(tenant, code, address=HERE)


def test_wrong_codes_are_counted_and_end_the_right_one(circuit):
    tenant = both(circuit)[1]
    code = mailed_code(tenant)
    wrong = "000000" if code != "000 000" else "000001"

    for _ in range(5):
        with pytest.raises(ValidationError):
            signing.sign_by_code(tenant, wrong, address=HERE)

    with pytest.raises(ValidationError):
        signing.sign_by_code(tenant, code, address=HERE)
    tenant.refresh_from_db()
    assert (tenant.code_tries, tenant.has_signed) == (6, False)


def test_a_new_code_replaces_the_former_and_five_go_in_an_hour(circuit):
    tenant = both(circuit)[1]
    first = mailed_code(tenant)
    codes = [mailed_code(tenant) for _ in range(4)]

    with pytest.raises(ValidationError, match="Plusieurs codes"):
        signing.send_code(tenant)
    if first != codes[-1]:
        with pytest.raises(ValidationError):
            signing.sign_by_code(tenant, first, address=HERE)
    assert signing.sign_by_code(tenant, codes[-1], address=HERE).has_signed


def test_the_code_of_one_signatory_is_nothing_for_another():
    parties = [
        signing.Party("Léa Marty", "locataire", email="lea@example.org"),
        signing.Party("Hugo Roux", "locataire", email="hugo@example.org"),
    ]
    lea, hugo = both(open_circuit(parties=parties))
    code = mailed_code(lea)
    mailed_code(hugo)
    Signatory.objects.filter(pk=hugo.pk).update(
        code_hash=Signatory.objects.get(pk=lea.pk).code_hash
    )

    with pytest.raises(ValidationError):
        signing.sign_by_code(hugo, code, address=HERE)


def test_another_name_does_not_sign_on_the_spot(circuit):
    tenant = both(circuit)[1]

    with pytest.raises(ValidationError, match="Léa Marty"):
        sign_here(tenant, typed_name="Mairie de Nérac")


def test_to_sign_again_changes_nothing(circuit):
    owner = both(circuit)[0]
    first = sign_here(owner)

    second = sign_here(owner)

    assert second.signed_at == first.signed_at
    assert Entry.objects.filter(verb="documents.signature.given").count() == 1


def test_an_ordered_circuit_waits_for_the_first():
    owner, tenant = both(open_circuit(is_ordered=True))

    with pytest.raises(ValidationError, match="avant"):
        sign_here(tenant)
    sign_here(owner)
    assert sign_here(tenant).has_signed


def test_paper_is_signed_by_its_scan(circuit):
    owner, tenant = both(circuit)
    by = UserFactory()
    sign_here(owner)

    scan = intake.receive(samples.sent(samples.pdf(), "scan.pdf"), by=by)

    signing.sign_on_paper(tenant, scan, by=by)

    tenant.refresh_from_db()
    circuit.refresh_from_db()
    assert tenant.evidence["scan_sha256"] == tenant.scan.sha256
    assert circuit.state == State.SIGNED
    assert filing.file(circuit.pk)


@pytest.mark.parametrize("end", ["signed", "abandoned"])
def test_a_closed_circuit_takes_no_signature(circuit, end):
    owner, tenant = both(circuit)
    if end == "signed":
        sign_here(owner)
        sign_here(tenant)
    else:
        signing.abandon(circuit)

    circuit.refresh_from_db()
    with pytest.raises(ValidationError):
        signing.abandon(circuit)
    with pytest.raises(ValidationError):
        signing.send_code(tenant)


def test_to_begin_again_keeps_what_was_signed(circuit):
    owner = sign_here(both(circuit)[0])

    again = open_circuit(replaces=circuit)

    circuit.refresh_from_db()
    owner.refresh_from_db()
    assert (circuit.state, owner.has_signed) == (State.ABANDONED, True)
    assert circuit.replaced_by == again
    assert again.code != circuit.code


def test_an_altered_file_is_not_signed(circuit, storage):
    owner = both(circuit)[0]
    with open(storage.path(circuit.document.file.name), "ab") as file:
        file.write(b"%")

    with pytest.raises(ValidationError, match="abîmé"):
        sign_here(owner)


def test_only_a_pdf_that_can_be_read_is_signed():
    for document in [DocumentFactory(held=True), DocumentFactory(media_type="x")]:
        with pytest.raises(ValidationError, match="PDF disponible"):
            open_circuit(document=document)


def test_one_document_has_one_open_circuit(circuit):
    with pytest.raises(ValidationError, match="déjà à la signature"):
        open_circuit(document=circuit.document)


def test_the_file_is_made_once(circuit):
    for signatory in both(circuit):
        sign_here(signatory)

    assert [filing.file(circuit.pk), filing.file(circuit.pk)] == [True, False]
    assert Document.objects.filter(kind=filing.KIND).count() == 1


def test_a_failure_is_noted_and_mended_by_the_sweep(circuit, monkeypatch):
    for signatory in both(circuit):
        sign_here(signatory)

    def broken(*args):
        raise OSError("no font")

    with monkeypatch.context() as patched:
        patched.setattr(binding, "bind", broken)
        with pytest.raises(OSError, match="no font"):
            tasks.file_signed_document.run(circuit.pk)
    circuit.refresh_from_db()
    assert (circuit.failure, circuit.signed_document) == ("OSError", None)

    past = timezone.now() - timedelta(hours=2)
    SignatureRequest.objects.update(closed_at=past)
    assert list(consistency._signatures()) == [
        f"Circuit de signature {circuit.pk} : signé, sans document final."
    ]
    tasks.sweep_signed_documents()

    circuit.refresh_from_db()
    assert circuit.failure == ""
    assert circuit.signed_document is not None
    assert list(consistency._signatures()) == []


def test_a_circuit_signed_of_all_and_open_is_noticed(circuit):
    for signatory in both(circuit):
        sign_here(signatory)
    SignatureRequest.objects.update(state="open", closed_at=None)

    assert list(consistency._signatures()) == [
        f"Circuit de signature {circuit.pk} : signé de tous, pourtant ouvert."
    ]


def test_what_is_forgotten_leaves_nobody_and_no_file(
    circuit, stored, django_capture_on_commit_callbacks
):
    for signatory in both(circuit):
        sign_here(signatory)
    filing.file(circuit.pk)

    with django_capture_on_commit_callbacks(execute=True):
        signing.forget(circuit)
        signing.forget(circuit)

    circuit.refresh_from_db()
    assert stored() == []
    assert circuit.title == "Document effacé"
    assert [(one.name, one.email, one.evidence) for one in both(circuit)] == [
        ("", "", {"sha256": circuit.document.sha256})
    ] * 2


def test_a_person_takes_away_what_they_signed():
    person = PersonFactory(first_name="Léa", last_name="Marty")
    party = signing.Party(person.full_name, "locataire", person=person)
    signatory = sign_here(both(open_circuit(parties=[party]))[0])

    [line] = retention.export(person)["signatures"]

    assert line["preuve"] == signatory.evidence


@pytest.mark.parametrize(
    "change",
    [
        {"state": "signed"},
        {"closed_at": timezone.now()},
        {"code": "AAAA-AAAA-00"},
        {"signed_document": "own"},
        {"replaces": "self"},
    ],
)
def test_the_database_refuses_a_circuit_that_lies(circuit, change):
    if change.get("signed_document"):
        change = {"signed_document": DocumentFactory()}
    if change.get("replaces"):
        change = {"replaces": circuit}

    with pytest.raises(IntegrityError), transaction.atomic():
        SignatureRequest.objects.filter(pk=circuit.pk).update(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"signed_at": timezone.now()},
        {"means": "spot"},
        {"evidence": {"name": "Léa"}},
        {"means": "paper", "signed_at": timezone.now(), "evidence": {"sha256": ""}},
        {"rank": 0},
        {"rank": 1},
        {"code_hash": "abc"},
    ],
)
def test_the_database_refuses_a_signature_without_evidence(circuit, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Signatory.objects.filter(pk=both(circuit)[1].pk).update(**change)


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_at_once_complete_it_once(circuit):
    def sign(signatory):
        try:
            return sign_here(signatory).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(sign, both(circuit) * 2))

    circuit.refresh_from_db()
    assert circuit.state == State.SIGNED
    assert Entry.objects.filter(verb="documents.signature.given").count() == 2
    assert Entry.objects.filter(verb="documents.signature.completed").count() == 1
