"""What anyone may know of a document by its code: nothing about anybody."""

import hashlib
from dataclasses import dataclass

from documents.models import CODE_ALPHABET, CODE_LENGTH, SignatureRequest

# What is read wrong on paper, and what was meant.
_MISREAD = str.maketrans({"-": "", " ": "", "\u00a0": "", "\u202f": "", "\t": ""})


def normalised(typed: str) -> str:
    """The code as it is kept; empty when no code is written so."""
    code = typed.translate(_MISREAD).upper()
    is_one = len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET)
    return code if is_one else ""


def find(typed: str) -> SignatureRequest | None:
    code = normalised(typed)
    if not code:
        return None
    circuits = SignatureRequest.objects.select_related(
        "document", "signed_document", "replaced_by"
    ).prefetch_related("signatories__scan")
    return circuits.filter(code=code).first()


@dataclass(frozen=True)
class Verdict:
    """What comparing a file with ours tells, in words."""

    title: str
    text: str
    look: str


SAME = Verdict(
    "Ce fichier est identique à l’original",
    "C’est, à l’octet près, le document signé que nous conservons.",
    "success",
)
PREVIOUS = Verdict(
    "Ce fichier est le document présenté à la signature",
    "Il est identique à l’original, sans les signatures : demandez l’exemplaire signé.",
    "info",
)
SCAN = Verdict(
    "Ce fichier est l’exemplaire papier numérisé que nous conservons",
    "Il est identique, à l’octet près, à celui qui nous a été remis.",
    "success",
)
OTHER = Verdict(
    "Ce fichier a été modifié, ou c’est un autre",
    "Il n’est pas identique à l’original : ne vous y fiez pas. Un document imprimé "
    "puis numérisé, ou enregistré de nouveau, donne aussi cette réponse.",
    "danger",
)


def digest(uploaded) -> str:
    sha256 = hashlib.sha256()
    for chunk in uploaded.chunks():
        sha256.update(chunk)
    return sha256.hexdigest()


def compare(request: SignatureRequest, sha256: str) -> Verdict:
    """Digests stay after the files have gone: this answers as long as the code does."""
    if request.signed_document and sha256 == request.signed_document.sha256:
        return SAME
    if sha256 == request.document.sha256:
        return PREVIOUS
    if any(one.scan and one.scan.sha256 == sha256 for one in request.signatories.all()):
        return SCAN
    return OTHER
