import pytest
from django.http import Http404

from documents.serving import attachment
from tests.documents.factories import DocumentFactory


def test_a_file_is_handed_over_to_be_saved():
    document = DocumentFactory(name="diplôme « été ».pdf", content=b"%PDF-1.7")

    response = attachment(document)

    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert dict(response.headers) == {
        "Content-Type": "application/pdf",
        "Content-Length": "8",
        "Content-Disposition": (
            "attachment; filename*=utf-8''"
            "dipl%C3%B4me%20%C2%AB%20%C3%A9t%C3%A9%20%C2%BB.pdf"
        ),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


@pytest.mark.parametrize("state", ["held", "quarantined", "discarded", "missing"])
def test_a_file_not_to_be_read_is_not_found(state, storage):
    traits = {state: True} if state in ("held", "quarantined") else {}
    document = DocumentFactory(**traits)
    if state == "discarded":
        document.discard()
    if state == "missing":
        storage.delete(document.file.name)

    with pytest.raises(Http404):
        attachment(document)
