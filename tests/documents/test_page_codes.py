"""Each page of a document to sign says what it is, and its scan is read again."""

import functools
import io

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from pikepdf.pdfa import validate_written

from documents import binding, page_codes
from tests.documents import scans
from tests.documents.factories import produced_pdf
from tests.territory.factories import DeskFactory

URL = "https://bienvenue.departement.example/verifier/{}/"
CODE, OTHER = "ABCDEFGH2345", "ZYXWVTSR9876"


@pytest.fixture(autouse=True)
def _desk(_database):
    DeskFactory()


def spaced(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, 12, 4))


@functools.cache
def three_pages(code: str) -> bytes:
    page = produced_pdf()
    return page_codes.stamp(binding.bind(page, page, page), URL.format(spaced(code)))


@functools.cache
def pages(code: str = CODE) -> list:
    return scans.pictures(three_pages(code))


def test_stamped_pages_are_still_archivable_tagged_and_the_same_twice():
    first = three_pages(CODE)

    assert validate_written(io.BytesIO(first), "3b").findings == []
    assert three_pages.__wrapped__(CODE) == first
    with pikepdf.open(io.BytesIO(first)) as document:
        assert "/StructTreeRoot" in document.Root
        assert len(document.pages) == page_codes.count_pages(first) == 3


def test_a_file_and_its_scan_read_alike():
    expected = tuple((CODE, rank) for rank in (1, 2, 3))

    assert page_codes.read(three_pages(CODE)).pages == expected
    assert page_codes.read(scans.bound(pages())).pages == expected


@pytest.mark.parametrize("turned", [0, -3, 90, 180])
def test_a_page_is_read_whichever_way_it_went_in(turned):
    scan = scans.bound(scans.pictures(three_pages(CODE), turned=turned))

    assert page_codes.read(scan).code == CODE


@pytest.mark.parametrize(
    ("choose", "sentence"),
    [
        (lambda: pages()[:2], "La page 3 manque"),
        (lambda: pages()[1:2], "Les pages 1 et 3 manquent"),
        (lambda: [*pages(), pages()[0]], "La page 1 y est deux fois"),
        (lambda: [*pages()[:2], scans.blank()], "La page 3 de la copie ne porte pas"),
        (lambda: [*pages(), pages(OTHER)[0]], "La page 4 de la copie ne porte pas"),
        (
            lambda: [*pages(), scans.blank(), scans.blank()],
            "Les pages 4 et 5 de la copie ne portent pas",
        ),
    ],
)
def test_a_copy_that_is_not_whole_is_told_page_by_page(choose, sentence):
    reading = page_codes.read(scans.bound(choose()))

    assert reading.code == CODE
    with pytest.raises(ValidationError, match=sentence):
        reading.require_whole(3)


def test_pages_may_come_in_any_order():
    reading = page_codes.read(scans.bound(pages()[::-1]))

    reading.require_whole(3)


def test_a_copy_without_a_code_has_none():
    assert page_codes.read(scans.bound([scans.blank()])).code == ""


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 nothing",
        b"",
        lambda: scans.bound([scans.blank()] * 61),
    ],
)
def test_what_cannot_be_read_is_said(content):
    content = content() if callable(content) else content
    with pytest.raises(ValidationError, match="ne se lit pas"):
        page_codes.read(content)
