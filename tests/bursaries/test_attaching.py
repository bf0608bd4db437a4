"""A signed copy finds its agreement by the code of its pages."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bursaries.actions import agreements
from bursaries.models import Agreement, Deed
from documents import binding, rendering
from documents.keeping import Upload
from documents.models import Document
from tests.accounts.factories import UserFactory
from tests.bursaries.binding import again, drafted, mailed_code, sent, sign_all, signer
from tests.bursaries.factories import SchemeVersionFactory
from tests.documents import scans
from tests.documents.factories import produced_pdf
from tests.territory.factories import DeskFactory

State = Deed.State
PDF = Document.MediaType.PDF


@pytest.fixture(autouse=True)
def _desk(_database):
    DeskFactory()


@pytest.fixture
def version():
    return SchemeVersionFactory(published=dt.date(2026, 1, 1))


@pytest.fixture
def to_sign(version, claire, monkeypatch, django_capture_on_commit_callbacks):
    """Two pages, put to the signature."""

    def make(**more) -> Deed:
        two = binding.bind(produced_pdf(), produced_pdf())
        monkeypatch.setattr(rendering, "pdf", lambda *args: two)
        with django_capture_on_commit_callbacks(execute=True):
            deed = sent(drafted(version, claire, **more), claire)
        return again(deed)

    return make


def pictures(deed: Deed) -> list:
    return scans.pictures(again(deed).circuit.document.file.read())


def copy(pages) -> Upload:
    return Upload("copie.pdf", PDF, scans.bound(pages))


def test_the_copy_signs_for_both_whoever_it_is_of(to_sign, claire):
    other, deed = to_sign(), to_sign()

    found = agreements.attach_scan(copy(pictures(deed)), by=claire)

    signatories = list(again(deed).circuit.signatories.all())
    assert found == deed
    assert [one.means for one in signatories] == ["paper", "paper"]
    assert again(deed).state == State.SIGNED
    assert again(other).state == State.TO_SIGN


def test_the_copy_bears_the_one_signature_that_is_missing(to_sign, claire):
    deed = to_sign()
    student = deed.circuit.signatories.first()
    agreements.sign_by_code(deed, student, mailed_code(student), address="192.0.2.10")

    agreements.attach_scan(copy(pictures(deed)), by=claire)

    means = [one.means for one in again(deed).circuit.signatories.all()]
    assert means == ["link", "paper"]


def of_nothing(deed, claire):
    return [scans.blank()]


def without_a_page(deed, claire):
    return pictures(deed)[1:]


def of_a_text_taken_back(deed, claire):
    pages = pictures(deed)
    agreements.reopen(deed, by=claire)
    agreements.approve(again(deed), power=signer(), by=claire)
    return pages


def of_a_signed_text(deed, claire):
    pages = pictures(deed)
    sign_all(deed)
    return pages


@pytest.mark.parametrize(
    ("choose", "sentence"),
    [
        (of_nothing, "Aucune page ne porte un code lisible"),
        (without_a_page, "La page 1 manque"),
        (of_a_signed_text, "n'est pas à signer"),
        (of_a_text_taken_back, "n'est pas à signer|d'aucune convention"),
    ],
)
def test_what_cannot_be_attached_is_explained(to_sign, claire, choose, sentence):
    deed = to_sign()
    pages = choose(deed, claire)
    before = Document.objects.count()

    with pytest.raises(ValidationError, match=sentence):
        agreements.attach_scan(copy(pages), by=claire)

    assert Document.objects.count() == before


def test_pages_of_two_agreements_sign_neither(to_sign, claire):
    one, other = to_sign(), to_sign()

    with pytest.raises(ValidationError, match="ne porte pas le code de ce document"):
        agreements.attach_scan(copy([*pictures(one), pictures(other)[0]]), by=claire)

    assert {again(one).state, again(other).state} == {State.TO_SIGN}


def test_a_picture_is_asked_for_as_a_pdf(claire):
    photo = Upload("copie.jpg", Document.MediaType.JPEG, b"")

    with pytest.raises(ValidationError, match="en PDF"):
        agreements.attach_scan(photo, by=claire)


def test_the_desk_drops_the_copy_and_arrives_on_its_deed(
    to_sign, claire, client, settings
):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(claire)
    deed = to_sign()
    page = reverse("admin:bursaries_attach_scan")

    refused = client.post(
        page, {"scan": SimpleUploadedFile("x.pdf", scans.bound([scans.blank()]))}
    )
    assert "code lisible" in refused.content.decode()

    content = scans.bound(pictures(deed))
    answer = client.post(page, {"scan": SimpleUploadedFile("x.pdf", content)})
    assert answer.url == deed.get_absolute_url()
    assert again(deed).state == State.SIGNED


def test_only_the_desk_attaches(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    finance = UserFactory(is_staff=True, groups=["finances"], second_factor=False)
    client.force_login(finance)

    assert client.get(reverse("admin:bursaries_attach_scan")).status_code == 403
    assert Agreement.objects.count() == 0
