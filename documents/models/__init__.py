from .documents import DISCARDED_NAME, Document, unguessable_path
from .pieces import Piece
from .powers import SigningPower
from .seals import SealCertificate
from .signatures import CODE_ALPHABET, CODE_LENGTH, Signatory, SignatureRequest

__all__ = [
    "CODE_ALPHABET",
    "CODE_LENGTH",
    "DISCARDED_NAME",
    "Document",
    "Piece",
    "SealCertificate",
    "Signatory",
    "SignatureRequest",
    "SigningPower",
    "unguessable_path",
]
