"""The e-mails about a request for the Département's aid."""

from casework.money_letters import MoneyLetters
from casework.typography import euros
from installation.models import AidRequest

LETTERS = MoneyLetters("installation.aid")


def new_request(request: AidRequest) -> None:
    LETTERS.to_desk(request, "new", request, {"aide": request.get_kind_display()})


def granted(request: AidRequest, entry) -> None:
    LETTERS.to_person(
        request,
        "granted",
        entry,
        {
            "montant": euros(request.amount_granted),
            "conditions": request.decision_text or "Aucune condition particulière.",
            "mois": str(request.commitment_months),
        },
    )
