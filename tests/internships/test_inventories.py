import io
import re
from decimal import Decimal

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.db import IntegrityError, transaction
from django.urls import reverse
from pikepdf.pdfa import validate_written

from casework.models import Message
from documents import filing, intake
from documents.models import Document, SignatureRequest
from internships import (
    inventories,
    inventory_checks,
    inventory_documents,
    inventory_keeping,
    inventory_space,
    inventory_week,
    tasks,
)
from internships.actions import inventories as acts
from internships.models import Inventory, InventoryLine, Stay
from internships.models.inventories import LineKind
from tests.accounts.factories import UserFactory
from tests.documents import samples
from tests.documents.factories import produced_pdf
from tests.internships.factories import BEGINS
from tests.internships.inventory_filling import (
    HERE,
    fill,
    member_of,
    sign,
    stay_of_lea,
    to_sign,
)
from tests.territory.factories import DeskFactory

REAL_PDF = inventory_documents.pdf
State = Inventory.State
Condition = InventoryLine.Condition


@pytest.fixture(autouse=True)
def _storage(tmp_path, monkeypatch):
    folder = FileSystemStorage(tmp_path / "media")
    monkeypatch.setattr(Document._meta.get_field("file"), "storage", folder)


@pytest.fixture(autouse=True)
def _desk():
    DeskFactory()


@pytest.fixture(autouse=True)
def _quick_pdf(monkeypatch):
    """Most tests are about what is done with the document, not about its pages."""
    monkeypatch.setattr(inventory_documents, "pdf", lambda *args: produced_pdf())


@pytest.fixture
def real_pdf(monkeypatch):
    monkeypatch.setattr(inventory_documents, "pdf", REAL_PDF)


@pytest.fixture
def stay():
    return stay_of_lea()


@pytest.fixture
def owner(client, stay):
    user = member_of(stay)
    client.force_login(user)
    return user


def page(inventory, name="detail", *more):
    address = [inventory.stay_id, inventory.moment, *more]
    return reverse(f"internships:inventory-{name}", args=address)


def test_an_inventory_begins_with_the_usual_list_once(stay, owner):
    first = acts.start(stay, "entry", by=owner)
    again = acts.start(stay, "entry", by=owner)

    assert first == again
    lines = first.lines.values_list("section", "label", "kind")
    assert list(lines) == inventories.usual_lines()


def test_a_dwelling_keeps_its_own_list(stay, owner):
    inventory = acts.start(stay, "entry", by=owner)
    inventory.lines.exclude(section="Cuisine").delete()
    acts.add_line(inventory, "Cuisine", "Lave-vaisselle")
    acts.keep_as_list(inventory, by=owner)
    Inventory.objects.all().delete()

    again = acts.start(stay, "entry", by=owner)

    assert again.lines.count() == len(inventories.USUAL["Cuisine"]) + 1


def test_nothing_is_finished_while_something_is_missing(stay, owner):
    inventory = acts.start(stay, "entry", by=owner)

    with pytest.raises(ValidationError, match="Lit et matelas"):
        acts.finish(inventory, done_on=BEGINS, owner_name="P. G.", remark="", by=owner)


def test_the_document_is_archivable_and_bears_its_code(stay, owner, real_pdf):
    inventory = fill(acts.start(stay, "entry", by=owner))
    line = inventory.lines.first()
    upload = intake.examine(samples.sent(samples.png(), "lit.png"))
    acts.add_photos(inventory, line, [upload], by=owner)
    acts.finish(inventory, done_on=BEGINS, owner_name="P. G.", remark="Vu.", by=owner)

    assert inventory_documents.prepare(inventory.pk)
    assert not inventory_documents.prepare(inventory.pk)

    inventory.refresh_from_db()
    written = inventory.circuit.document.file.read()
    assert validate_written(io.BytesIO(written), "3b").findings == []
    with pikepdf.open(io.BytesIO(written)) as document:
        assert document.Root.MarkInfo.Marked
        assert any("/XObject" in str(p.Resources.keys()) for p in document.pages)
    assert inventory.state == State.TO_SIGN
    assert Document.objects.filter(kind=inventory_documents.KIND).count() == 1


def test_both_sign_and_the_keys_may_follow(
    stay, owner, django_capture_on_commit_callbacks
):
    inventory = to_sign(stay, owner)
    assert stay.entry_signed_at is None

    with django_capture_on_commit_callbacks(execute=True):
        sign(inventory, owner)

    stay.refresh_from_db()
    inventory.refresh_from_db()
    assert inventory.state == State.SIGNED
    assert stay.entry_signed_at is not None
    final = inventory.circuit.signed_document.file.read()
    findings = validate_written(io.BytesIO(final), "3b").findings
    assert [one.where.split()[-1] for one in findings] == ["/AcroForm"]  # the seal
    told = Message.objects.filter(template_key="internships.inventory-signed")
    assert {message.recipient for message in told} == {"lea@example.org", owner.email}


def test_one_scan_signs_for_both(stay, owner):
    inventory = to_sign(stay, owner)

    acts.sign_on_paper(inventory, samples.sent(samples.pdf()), by=owner)

    inventory.refresh_from_db()
    assert inventory.state == State.SIGNED
    assert Document.objects.filter(kind=acts.SCAN_KIND).count() == 1


def test_what_is_corrected_is_signed_anew(stay, owner):
    inventory = to_sign(stay, owner)
    first = inventory.circuit
    signatory = first.signatories.first()
    acts.sign_on_spot(
        inventory, signatory, typed_name=signatory.name, address=HERE, by=owner
    )

    acts.reopen(inventory, correction="La lampe ne marche pas.")
    acts.finish(inventory, done_on=BEGINS, owner_name="P. G.", remark="", by=owner)
    inventory_documents.prepare(inventory.pk)

    first.refresh_from_db()
    inventory.refresh_from_db()
    assert first.state == SignatureRequest.State.ABANDONED
    assert inventory.circuit.replaces == first
    with pytest.raises(ValidationError, match="relisez le nouveau"):
        acts.sign_on_spot(
            inventory, signatory, typed_name="Paul Garrigue", address=HERE, by=owner
        )


def test_a_signed_inventory_changes_no_more(stay, owner):
    inventory = sign(to_sign(stay, owner), owner)
    line = inventory.lines.first()

    for act in (
        lambda: acts.reopen(inventory, by=owner),
        lambda: acts.add_line(inventory, "Cuisine", "Four"),
        lambda: acts.remove_line(inventory, line, by=owner),
        lambda: acts.save_lines(inventory, [line]),
    ):
        with pytest.raises(ValidationError):
            act()


def test_a_failure_is_seen_and_mended(stay, owner, monkeypatch):
    inventory = fill(acts.start(stay, "entry", by=owner))
    acts.finish(inventory, done_on=BEGINS, owner_name="P. G.", remark="", by=owner)

    def broken(*args):
        raise OSError("no font")

    with monkeypatch.context() as patched:
        patched.setattr(inventory_documents, "pdf", broken)
        with pytest.raises(OSError, match="no font"):
            tasks.prepare_inventory.run(inventory.pk)
    inventory.refresh_from_db()
    assert (inventory.state, inventory.failure) == (State.PREPARING, "OSError")

    tasks.sweep_inventories()

    inventory.refresh_from_db()
    assert (inventory.state, inventory.failure) == (State.TO_SIGN, "")


def test_an_exit_follows_a_signed_entry(stay, owner):
    with pytest.raises(ValidationError, match="d'entrée"):
        acts.start(stay, "exit", by=owner)
    entry = sign(to_sign(stay, owner), owner)

    leaving = acts.start(stay, "exit", by=owner)

    assert [line.before for line in leaving.lines.all()] == list(entry.lines.all())
    with pytest.raises(ValidationError, match="figure à l'entrée"):
        acts.remove_line(leaving, leaving.lines.first(), by=owner)


def item(condition):
    return InventoryLine(kind=LineKind.ITEM, condition=condition)


def meter(reading):
    return InventoryLine(kind=LineKind.METER, reading=Decimal(reading))


def keys(count):
    return InventoryLine(kind=LineKind.KEYS, count=count)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (item("good"), item("good"), ""),
        (item("good"), item("damaged"), "moins bon"),
        (item("worn"), item("new"), "meilleur"),
        (item("new"), item("absent"), "disparu"),
        (None, item("new"), "ajouté à la sortie"),
        (item("new"), item(""), "à remplir"),
        (meter("1204"), meter("1350.5"), "146,5 consommés"),
        (meter("1204"), meter("1200"), "relevé plus bas qu'à l'entrée"),
        (keys(2), keys(1), "1 clé manquante"),
        (keys(3), keys(1), "2 clés manquantes"),
        (keys(1), keys(2), "1 clé de plus"),
        (keys(2), keys(2), ""),
    ],
)
def test_what_changed_is_said_in_words(before, after, told):
    assert inventories.change(before, after) == told


@pytest.mark.parametrize(
    "change",
    [
        {"state": "signed"},
        {"state": "to_sign"},
        {"state": "preparing", "done_on": None},
    ],
)
def test_the_database_refuses_an_inventory_that_lies(stay, owner, change):
    inventory = acts.start(stay, "entry", by=owner)

    with pytest.raises(IntegrityError), transaction.atomic():
        Inventory.objects.filter(pk=inventory.pk).update(**change)


def test_a_section_keeps_what_is_typed_even_with_a_mistake(client, stay, owner):
    inventory = acts.start(stay, "entry", by=owner)
    parts = inventories.sections(inventory.lines.all())
    bed = parts[0].lines[0]
    power = next(line for line in parts[-1].lines if line.kind == LineKind.METER)

    client.post(
        page(inventory, "section", 1),
        {f"{bed.pk}-condition": "worn", f"{bed.pk}-remark": "Taché", "then": "next"},
    )
    refused = client.post(
        page(inventory, "section", len(parts)),
        {f"{power.pk}-reading": "beaucoup", f"{power.pk}-remark": "", "then": "next"},
    )

    bed.refresh_from_db()
    assert (bed.condition, bed.remark) == ("worn", "Taché")
    assert "Écrivez un nombre." in refused.content.decode()
    client.post(page(inventory, "section", len(parts)), {f"{power.pk}-reading": "88,5"})
    power.refresh_from_db()
    assert power.reading == Decimal("88.5")
    shown = client.get(page(inventory, "section", len(parts))).content.decode()
    assert 'value="88,50"' in shown


def test_buttons_of_a_section_do_what_they_say(client, stay, owner):
    inventory = acts.start(stay, "entry", by=owner)
    address = page(inventory, "section", 2)

    client.post(address, {"then": "add", "label": "Lave-vaisselle"})
    added = inventory.lines.get(label="Lave-vaisselle")
    sent = samples.sent(samples.jpeg(), "vue.jpg")
    client.post(address, {"then": "photos", "line": added.pk, "photos": sent})
    photo = added.photos.get()
    shown = client.get(page(inventory, "photo", photo.pk))
    client.post(address, {"then": "good"})

    assert shown["Content-Type"] == "image/jpeg"
    added.refresh_from_db()
    assert added.condition == Condition.GOOD
    client.post(address, {"then": f"unpin-{photo.pk}"})
    client.post(address, {"then": f"remove-{added.pk}"})
    assert not inventory.lines.filter(label="Lave-vaisselle").exists()


def test_the_tenant_signs_from_a_link(client, stay, owner):
    inventory = to_sign(stay, owner)
    client.post(page(inventory, "link"))
    client.logout()
    mine = page(inventory, "tenant")
    assert client.get(mine).status_code == 404

    sent = Message.objects.get(template_key="internships.inventory-to-sign")
    client.post(re.search(r"(/lien/[^\s/]+/)", sent.parts()[0])[1])
    client.post(mine, {"then": "code"})
    mail = Message.objects.get(template_key="documents.signature-code")
    code = re.search(r"\d{3} \d{3}", mail.parts()[0])[0]
    wrong = client.post(mine, {"then": "sign", "code": "12", "consent": "on"})
    client.post(mine, {"then": "sign", "code": code, "consent": "on"})

    assert "pas le bon" in wrong.content.decode()
    tenant = inventory.circuit.signatories.get(rank=2)
    assert (tenant.has_signed, tenant.means) == (True, "link")
    assert client.get(page(inventory, "tenant-document")).status_code == 200


def test_the_tenant_asks_for_a_correction(client, stay, owner):
    inventory = to_sign(stay, owner)
    client.force_login(UserFactory(person=stay.person, email="lea@example.org"))

    client.post(
        page(inventory, "tenant"), {"then": "correct", "correction": "La lampe."}
    )

    inventory.refresh_from_db()
    assert (inventory.state, inventory.correction) == (State.DRAFT, "La lampe.")
    asked = Message.objects.get(template_key="internships.inventory-correction")
    assert asked.recipient == owner.email
    assert client.get(page(inventory, "tenant")).status_code == 200


PAGES = ["detail", "finish", "sign", "document", "comparison", "tenant"]


def test_a_stranger_finds_nothing(client, stay, owner):
    inventory = to_sign(stay, owner)
    client.force_login(UserFactory())

    assert {client.get(page(inventory, name)).status_code for name in PAGES} == {404}
    for more in [("section", 1), ("tenant-document",), ("photo", 1)]:
        assert client.get(page(inventory, *more)).status_code == 404
    for name in ["link", "reopen", "keep-list"]:
        assert client.post(page(inventory, name)).status_code == 404


def test_the_desk_and_the_owner_read_every_page(client, stay, owner, real_pdf):
    sign(to_sign(stay, owner), owner)
    leaving = acts.start(stay, "exit", by=owner)
    assert client.get(page(leaving, "section", 1)).status_code == 200
    leaving = to_sign(stay, owner, kind="exit")

    for user in (owner, UserFactory(is_staff=True, is_superuser=True)):
        client.force_login(user)
        for name in ["detail", "sign", "document", "comparison"]:
            assert client.get(page(leaving, name)).status_code == 200
    written = leaving.circuit.document.file.read()
    assert validate_written(io.BytesIO(written), "3b").findings == []


def test_the_desk_follows_what_is_filled(client, stay, owner):
    inventory = to_sign(stay, owner)
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    shown = client.get(reverse("admin:internships_inventory_changelist"))
    change = reverse("admin:internships_inventory_change", args=[inventory.pk])

    assert "Léa Marty" in shown.content.decode()
    assert page(inventory) in client.get(change).content.decode()


def test_an_arrival_without_inventory_is_due_at_the_desk(stay, owner):
    first = stay.occupation.period.lower

    [line] = inventory_week.lines(first)
    assert (line.due_on, line.url) == (
        first,
        reverse("internships:inventory-detail", args=[stay.pk, "entree"]),
    )
    sign(to_sign(stay, owner), owner)
    assert list(inventory_week.lines(first)) == []


def test_five_years_after_the_stay_nothing_is_left(stay, owner):
    inventory = sign(to_sign(stay, owner), owner)
    [rule] = inventory_keeping.RULES
    over = stay.occupation.period.upper

    assert not rule.queryset(over.replace(year=over.year + 4)).exists()
    assert rule.queryset(over.replace(year=over.year + 5)).get() == inventory
    rule.purge(inventory)
    assert not rule.queryset(over.replace(year=over.year + 5)).exists()


def test_the_tenant_s_space_asks_for_the_signature_until_it_is_there(stay, owner):
    assert list(inventory_space.lines(stay.person)) == []
    inventory = to_sign(stay, owner)

    [line] = inventory_space.lines(stay.person)
    assert line.task == "Votre signature : état des lieux d'entrée"
    assert list(inventory_space.lines(owner.person)) == []
    sign(inventory, owner)

    assert list(inventory_space.lines(stay.person)) == []


def test_a_signature_that_the_stay_does_not_know_is_told(stay, owner):
    inventory = sign(to_sign(stay, owner), owner)
    assert list(inventory_checks.checks()) == []

    Stay.objects.filter(pk=stay.pk).update(entry_signed_at=None)

    assert list(inventory_checks.checks()) == [
        f"État des lieux {inventory.pk} : signé, et le séjour ne le sait pas."
    ]


def test_a_tenant_takes_away_their_inventories(stay, owner):
    inventory = sign(to_sign(stay, owner), owner)
    filing.file(inventory.circuit_id)

    [told] = inventory_keeping.export(stay.person)

    assert told["état"] == "signé des deux"
    [(name, content)] = inventory_keeping.files(stay.person)
    assert name.startswith("états des lieux/")
    assert content.read(5) == b"%PDF-"


def test_all_goes_when_its_time_is_over(stay, owner):
    inventory = sign(to_sign(stay, owner), owner)
    filing.file(inventory.circuit_id)

    acts.forget(inventory)
    acts.forget(inventory)

    inventory.refresh_from_db()
    circuit = inventory.circuit
    assert not Document.objects.kept().exists()
    assert [one.name for one in circuit.signatories.all()] == ["", ""]
    assert inventory.owner_name == "effacé"
