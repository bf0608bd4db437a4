"""A key for demonstrations and tests: nobody outside this machine trusts it."""

import datetime as dt
import os
from contextlib import suppress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    pkcs12,
)

# A demonstration moves in time: its key is good before and after today.
BEGINS = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
ENDS = dt.datetime(2060, 1, 1, tzinfo=dt.UTC)


def ensure(path: Path, *, password: str, name: str) -> bool:
    """Write a PKCS#12 where there is none; say whether it was made now.

    Two processes at once keep the same one.
    """
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_bytes(create(password=password, name=name))
    try:
        with suppress(FileExistsError):
            os.link(draft, path)
            return True
    finally:
        draft.unlink()
    return False


def create(*, password: str, name: str, ends: dt.datetime = ENDS) -> bytes:
    """A new key and its own certificate, as a PKCS#12."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "FR"),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, name[:64]),
            x509.NameAttribute(
                x509.NameOID.COMMON_NAME, f"Cachet de démonstration, {name}"[:64]
            ),
        ]
    )
    usage = dict.fromkeys(
        [
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ],
        False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGINS)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage),
            True,
        )
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"cachet", key, certificate, None, BestAvailableEncryption(password.encode())
    )
