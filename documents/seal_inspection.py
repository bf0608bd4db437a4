"""Run as a script: a PDF on standard input, its signatures as JSON on standard output.

For each, from the first to the last: `fingerprint` of the certificate (SHA-256),
`intact` (the bytes it covers are those that were signed, by that key), `later` (what
came after it: `none`, `allowed` as another signature is, or `forbidden`) and `at` (the
moment it claims, which it covers). It knows nothing of the portal, and does not judge
whose certificate it is.
"""

import hashlib
import io
import json
import sys

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

ALLOWED = (ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)


def signatures(content: bytes) -> list[dict]:
    reader = PdfFileReader(io.BytesIO(content))
    return [_told(one) for one in reader.embedded_regular_signatures]


def _told(embedded) -> dict:
    certificate = embedded.signer_cert
    # Trust is judged by the portal: here its own certificate vouches for it.
    context = ValidationContext(
        trust_roots=[certificate],
        moment=embedded.self_reported_timestamp,
        allow_fetching=False,
    )
    status = validate_pdf_signature(embedded, signer_validation_context=context)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    at = embedded.self_reported_timestamp
    return {
        "fingerprint": hashlib.sha256(certificate.dump()).hexdigest(),
        "intact": bool(status.intact and status.valid),
        "later": "none" if whole else _later(status.modification_level),
        "at": at.isoformat() if at else "",
    }


def _later(level: ModificationLevel | None) -> str:
    if level == ModificationLevel.NONE:
        return "none"
    return "allowed" if level in ALLOWED else "forbidden"


if __name__ == "__main__":
    json.dump(signatures(sys.stdin.buffer.read()), sys.stdout)
