"""Fields that a copy of the database must not give away.

The key comes from SECRET_KEY; SECRET_KEY_FALLBACKS still open what they sealed.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac


class Unreadable(ValueError):
    """Sealed with a key we no longer have, or tampered with."""


def encrypt(text: str) -> str:
    return _fernet().encrypt(text.encode()).decode()


def decrypt(sealed: str) -> str:
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable("This value was sealed with another key.") from error


def digest(purpose: str, text: str) -> str:
    """Keyed: the same text is found again, and cannot be guessed from a copy."""
    return salted_hmac(purpose, text, algorithm="sha256").hexdigest()


def _fernet() -> MultiFernet:
    return _fernet_of(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=4)
def _fernet_of(*secrets: str) -> MultiFernet:
    return MultiFernet([Fernet(_derived(secret)) for secret in secrets])


def _derived(secret: str) -> bytes:
    kdf = HKDF(hashes.SHA256(), length=32, salt=None, info=b"accounts.crypto")
    return base64.urlsafe_b64encode(kdf.derive(secret.encode()))
