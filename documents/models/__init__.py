from .documents import DISCARDED_NAME, Document, unguessable_path
from .signatures import CODE_ALPHABET, CODE_LENGTH, Signatory, SignatureRequest

__all__ = [
    "CODE_ALPHABET",
    "CODE_LENGTH",
    "DISCARDED_NAME",
    "Document",
    "Signatory",
    "SignatureRequest",
    "unguessable_path",
]
