"""What anyone may know of a document by its code or its seal: nothing of anybody."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Q

from documents import apart
from documents.models import (
    CODE_ALPHABET,
    CODE_LENGTH,
    SealCertificate,
    SignatureRequest,
)

INSPECTION = Path(__file__).with_name("seal_inspection.py")
SECONDS = 10
MAX_SIZE = 20 * 1024 * 1024

# What is read wrong on paper, and what was meant.
_MISREAD = str.maketrans({"-": "", " ": "", "\u00a0": "", "\u202f": "", "\t": ""})


def normalised(typed: str) -> str:
    """The code as it is kept; empty when no code is written so."""
    code = typed.translate(_MISREAD).upper()
    is_one = len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET)
    return code if is_one else ""


def find(typed: str) -> SignatureRequest | None:
    code = normalised(typed)
    return _circuits().filter(code=code).first() if code else None


def find_by_digest(sha256: str) -> SignatureRequest | None:
    """The circuit that knows this very file, whatever its part in it."""
    known = Q(document__sha256=sha256) | Q(signed_document__sha256=sha256)
    scanned = Q(signatories__scan__sha256=sha256)
    for which in (known, scanned):
        if circuit := _circuits().filter(which).order_by("-pk").first():
            return circuit
    return None


def _circuits():
    return SignatureRequest.objects.select_related(
        "document", "signed_document", "replaced_by", "seal"
    ).prefetch_related("signatories__scan")


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


# --- By its seal: a file that is none of those we keep ----------------------------

SEALED = Verdict(
    "Ce fichier porte le cachet du Département, intact",
    "Rien n’y a changé depuis que le cachet a été posé.",
    "success",
)
COUNTERSIGNED = Verdict(
    "Ce fichier porte le cachet du Département, intact",
    "Une autre signature y a été ajoutée depuis, sans rien changer au reste. "
    "Nous ne disons rien de cette autre signature.",
    "info",
)
ALTERED = Verdict(
    "Ce fichier a été modifié après la pose du cachet",
    "Le cachet du Département y figure, et ne correspond plus au contenu : ne vous y "
    "fiez pas.",
    "danger",
)
REVOKED = Verdict(
    "Le certificat de ce cachet a été révoqué",
    "Un cachet qui en vient ne prouve plus rien : demandez le document au guichet.",
    "danger",
)
FOREIGN = Verdict(
    "Ce fichier est signé, mais pas par nous",
    "Aucune de ses signatures ne vient du cachet du Département.",
    "neutral",
)
UNSEALED = Verdict(
    "Nous ne reconnaissons pas ce fichier",
    "Il n’est aucun de ceux que nous conservons, et ne porte pas notre cachet. Un "
    "document imprimé puis numérisé, ou enregistré de nouveau, donne aussi cette "
    "réponse : vérifiez-le par son code.",
    "neutral",
)
UNREADABLE = Verdict(
    "Ce fichier ne se lit pas",
    "Ce n’est pas un PDF, ou il est incomplet ou abîmé : ne vous y fiez pas.",
    "danger",
)


@dataclass(frozen=True)
class Sealed:
    """What the seal of a file tells; `at` is the moment it was set, if known."""

    verdict: Verdict
    at: dt.datetime | None = None


def judge_seal(content: bytes) -> Sealed:
    """Read the signatures of a file apart, and judge the last one that is ours."""
    told = apart.run(INSPECTION, content, seconds=SECONDS)
    if not told:
        return Sealed(UNREADABLE)
    signatures = json.loads(told)
    if not signatures:
        return Sealed(UNSEALED)
    ours = SealCertificate.objects.in_bulk(
        [one["fingerprint"] for one in signatures], field_name="fingerprint"
    )
    sealed = [one for one in signatures if one["fingerprint"] in ours]
    if not sealed:
        return Sealed(FOREIGN)
    # Every seal must hold: a later one would hide what a former one denounces.
    if any(not one["intact"] or one["later"] == "forbidden" for one in sealed):
        return Sealed(ALTERED)
    last = sealed[-1]
    if any(ours[one["fingerprint"]].revoked_at for one in sealed):
        verdict = REVOKED
    elif last is not signatures[-1]:
        verdict = COUNTERSIGNED
    else:
        verdict = SEALED
    at = dt.datetime.fromisoformat(last["at"]) if last["at"] else None
    return Sealed(verdict, at)
