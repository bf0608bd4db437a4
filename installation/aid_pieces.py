"""The pieces a request for the Département's aid is asked for, by what it asks."""

from dataclasses import dataclass

PROFESSIONAL, CENTRE = "professional", "health_centre"
BOTH = (PROFESSIONAL, CENTRE)


@dataclass(frozen=True)
class Expected:
    """One piece: what it is called, for whom and for which kinds of aid."""

    code: str
    label: str
    beneficiaries: tuple[str, ...] = BOTH
    kinds: tuple[str, ...] = ()
    is_required: bool = True


PIECES = (
    Expected(
        "ordre",
        "Attestation d’inscription à l’Ordre, ou demande d’inscription",
        (PROFESSIONAL,),
    ),
    Expected("projet", "Présentation du projet et calendrier"),
    Expected(
        "financement",
        "Plan de financement, autres aides comprises",
        kinds=("investment",),
    ),
    Expected("devis", "Devis ou factures pro forma", kinds=("investment",)),
    Expected(
        "locaux",
        "Bail, promesse de bail ou accord du propriétaire",
        kinds=("premises",),
    ),
    Expected("foyer", "Justificatif du lieu de vie actuel", kinds=("dwelling",)),
    Expected("statuts", "Statuts du gestionnaire et numéro FINESS", (CENTRE,)),
    Expected(
        "deliberation",
        "Décision du gestionnaire qui autorise la demande",
        (CENTRE,),
    ),
    Expected(
        "de-minimis", "Déclaration des aides de minimis reçues", is_required=False
    ),
)


def expected(kind: str, beneficiary: str) -> list[Expected]:
    return [
        piece
        for piece in PIECES
        if beneficiary in piece.beneficiaries
        and (not piece.kinds or kind in piece.kinds)
    ]
