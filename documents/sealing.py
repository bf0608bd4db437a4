"""The Département's seal: a PAdES signature over a whole file, added at its end.

An electronic seal says where a file comes from and that nothing changed since
(eIDAS, article 3 (25)); ETSI EN 319 142-1 says how a PDF bears one. Sealing a file
that bears a seal or a signature already adds to it, and breaks neither.
"""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers, timestamps

from documents.models import SealCertificate

FIELD = "Cachet"
TSA_SECONDS = 10


class SealUnavailable(RuntimeError):
    """The seal cannot be set now; the sentence says what to mend."""


@dataclass(frozen=True)
class Key:
    """What the configured PKCS#12 holds."""

    certificate: x509.Certificate
    signer: signers.SimpleSigner

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()


def is_configured() -> bool:
    return bool(settings.SEAL_PKCS12)


def seal(pdf: bytes, *, reason: str) -> tuple[bytes, SealCertificate]:
    """The same file, sealed, and with what; time-stamped where an authority is named.

    Raises `SealUnavailable` when the key cannot be opened, is out of date or was
    declared revoked, and when the time stamp authority does not answer.
    """
    key = opened_key()
    certificate = _registered(key)
    if not certificate.is_usable(timezone.now()):
        raise SealUnavailable("The seal's certificate is revoked or out of date.")
    writer = _ArchivableWriter(io.BytesIO(pdf), strict=False)
    count = sum(1 for _ in fields.enumerate_sig_fields(writer))
    name = f"{FIELD}{count + 1}"
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(
            field_name=name,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            reason=reason,
        ),
        signer=key.signer,
        timestamper=_timestamper(),
        new_field_spec=fields.SigFieldSpec(
            name, on_page=0, readable_field_name="Cachet électronique"
        ),
    )
    sealed = io.BytesIO()
    # In a thread of its own: it runs an event loop, and its caller may run one.
    with ThreadPoolExecutor(1) as thread:
        try:
            thread.submit(signer.sign_pdf, writer, output=sealed).result()
        except timestamps.TimestampRequestError as error:
            raise SealUnavailable(f"The time stamp authority: {error}") from error
    return sealed.getvalue(), certificate


def opened_key() -> Key:
    """The configured key, read each time: it may be replaced without a restart."""
    password = settings.SEAL_PASSWORD.encode()
    try:
        content = Path(settings.SEAL_PKCS12).read_bytes()
    except OSError as error:
        raise SealUnavailable(f"SEAL_PKCS12 cannot be read: {error}") from error
    try:
        held = pkcs12.load_pkcs12(content, password or None)
    except ValueError as error:
        raise SealUnavailable(
            "SEAL_PASSWORD does not open SEAL_PKCS12, or it is not a PKCS#12 file."
        ) from error
    if held.key is None or held.cert is None:
        raise SealUnavailable("SEAL_PKCS12 holds no private key with its certificate.")
    signer = signers.SimpleSigner.load_pkcs12_data(
        content, other_certs=[], passphrase=password or None
    )
    return Key(held.cert.certificate, signer)


def _registered(key: Key) -> SealCertificate:
    """The certificate's row, written at its first use."""
    certificate = key.certificate
    return SealCertificate.objects.get_or_create(
        fingerprint=key.fingerprint,
        defaults={
            "subject": _common_name(certificate.subject),
            "issuer": _common_name(certificate.issuer),
            "not_before": certificate.not_valid_before_utc,
            "not_after": certificate.not_valid_after_utc,
        },
    )[0]


def _common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(found[0].value if found else name.rfc4514_string())[:300]


def _timestamper() -> timestamps.TimeStamper | None:
    if not settings.SEAL_TSA_URL:
        return None
    return timestamps.HTTPTimeStamper(settings.SEAL_TSA_URL, timeout=TSA_SECONDS)


class _ArchivableWriter(IncrementalPdfFileWriter):
    """PDF/A-3 ends at PDF 1.7 (ISO 19005-3, 6.1.2): a seal must not say 2.0."""

    def ensure_output_version(self, version):
        super().ensure_output_version(min(version, (1, 7)))
