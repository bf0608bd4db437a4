import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from documents.forms import UploadField, UploadsField
from documents.models import Document
from tests.documents import samples
from tests.documents.samples import sent


class OneForm(forms.Form):
    piece = UploadField()


class SeveralForm(forms.Form):
    pieces = UploadsField(required=False, max_files=2)


def several(*files):
    return SeveralForm({}, MultiValueDict({"pieces": list(files)}))


def test_the_field_gives_a_checked_upload_and_stores_nothing(stored):
    form = OneForm({}, {"piece": sent(samples.pdf(), "cv.pdf")})

    assert form.is_valid()
    upload = form.cleaned_data["piece"]
    assert (upload.name, upload.media_type) == ("cv.pdf", "application/pdf")
    assert not Document.objects.exists()
    assert stored() == []


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "Choisissez un fichier."),
        ({"piece": SimpleUploadedFile("a.pdf", b"")}, "Ce fichier est vide."),
        (
            {"piece": sent(b"MZ", "a.pdf")},
            "Un programme n'est pas accepté. Déposez un PDF, une photo (JPEG, "
            "PNG, HEIC) ou un texte (DOCX, ODT).",
        ),
    ],
)
def test_the_field_refuses_with_a_sentence(files, sentence):
    assert OneForm({}, files).errors == {"piece": [sentence]}


def test_the_field_tells_the_browser_what_it_accepts():
    html = str(OneForm()["piece"])

    assert 'accept=".pdf,.jpg,.jpeg,.png,.heic,.heif,.docx,.odt"' in html


def test_several_files_are_several_uploads():
    form = several(sent(samples.pdf(), "a.pdf"), sent(samples.jpeg(), "b.jpg"))

    assert form.is_valid()
    assert [upload.name for upload in form.cleaned_data["pieces"]] == ["a.pdf", "b.jpg"]


def test_no_file_is_an_empty_list():
    form = several()

    assert form.is_valid()
    assert form.cleaned_data["pieces"] == []


def test_several_files_are_refused_by_name():
    form = several(sent(samples.pdf(), "a.pdf"), sent(b"", "b.pdf"))

    assert form.errors == {"pieces": ["« b.pdf » : Ce fichier est vide."]}


def test_too_many_files_at_once_are_refused():
    form = several(*[sent(samples.pdf()) for _ in range(3)])

    assert form.errors == {"pieces": ["Envoyez 2 fichiers au plus à la fois."]}


def test_several_files_may_be_required():
    class RequiredForm(forms.Form):
        pieces = UploadsField()

    assert RequiredForm({}, {}).errors == {"pieces": ["Choisissez un fichier."]}
