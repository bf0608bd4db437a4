"""What makes an IBAN and a BIC plausible, within SEPA: pure, and in words."""

import re

# Countries of SEPA (EPC409-09) and the length of their IBAN (ISO 13616).
SEPA = {
    "AD": 24,
    "AL": 28,
    "AT": 20,
    "BE": 16,
    "BG": 22,
    "CH": 21,
    "CY": 28,
    "CZ": 24,
    "DE": 22,
    "DK": 18,
    "EE": 20,
    "ES": 24,
    "FI": 18,
    "FR": 27,
    "GB": 22,
    "GI": 23,
    "GR": 27,
    "HR": 21,
    "HU": 28,
    "IE": 22,
    "IS": 26,
    "IT": 27,
    "LI": 21,
    "LT": 20,
    "LU": 20,
    "LV": 21,
    "MC": 27,
    "MD": 24,
    "ME": 22,
    "MK": 19,
    "MT": 31,
    "NL": 18,
    "NO": 15,
    "PL": 28,
    "PT": 25,
    "RO": 24,
    "RS": 22,
    "SE": 24,
    "SI": 19,
    "SK": 24,
    "SM": 27,
    "VA": 22,
}
# Territories whose IBAN begins with that of the country: FR, and GB for Jersey…
_FRENCH = {"FR", "GF", "GP", "MQ", "RE", "YT", "PM", "BL", "MF"}
_SAME = {country: {country} for country in SEPA} | {
    "FR": _FRENCH,
    "GB": {"GB", "GG", "IM", "JE"},
}
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]+")
_BIC = re.compile(r"[A-Z]{4}([A-Z]{2})[A-Z0-9]{2}([A-Z0-9]{3})?")


def normalised(typed: str) -> str:
    """As banks exchange it: capitals, without the spaces and dashes of the paper."""
    return re.sub(r"[\s.\-]+", "", typed).upper().removeprefix("IBAN")


def grouped(iban: str) -> str:
    """As paper prints it, four by four."""
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))


def masked(iban: str) -> str:
    """« FR76 … 1234 »: enough to recognise one's own, no more."""
    return f"{iban[:4]} … {iban[-4:]}"


def refusal(iban: str) -> str:
    """Why this cannot be an account we may pay; nothing when it can."""
    if not _IBAN.fullmatch(iban) or not iban.isascii():
        return (
            "Un IBAN commence par deux lettres et deux chiffres, FR76 par exemple. "
            "Recopiez celui du RIB."
        )
    length = SEPA.get(iban[:2])
    if length is None:
        return (
            "Ce compte est hors de la zone SEPA : nous ne pouvons pas y verser la "
            "bourse. Donnez un compte de la zone SEPA."
        )
    if len(iban) != length:
        return (
            f"Un IBAN qui commence par {iban[:2]} compte {length} caractères ; il y "
            f"en a {len(iban)} ici."
        )
    if not _has_its_key(iban):
        return (
            "Cet IBAN contient une erreur : sa clé de contrôle ne correspond pas. "
            "Relisez-le sur le RIB."
        )
    return ""


def bic_refusal(bic: str, iban: str) -> str:
    found = _BIC.fullmatch(bic)
    if not found or not bic.isascii():
        return "Un BIC compte 8 ou 11 lettres et chiffres, par exemple AGRIFRPP."
    country = iban[:2]
    if country in _SAME and found[1] not in _SAME[country]:
        return (
            f"Ce BIC n’est pas celui d’une banque du pays de l’IBAN ({country}). "
            "Relisez-le, ou laissez-le vide : il est facultatif."
        )
    return ""


def _has_its_key(iban: str) -> bool:
    """ISO 7064: letters count from 10, and the whole leaves 1 divided by 97."""
    digits = "".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])
    return int(digits) % 97 == 1 and 2 <= int(iban[2:4]) <= 98
