"""The e-mails about an application for a bursary."""

from bursaries.models import AgendaItem, BursaryApplication
from casework import remedies
from casework.money_letters import MoneyLetters
from casework.typography import euros

LETTERS = MoneyLetters("bursaries.application")


def new_application(application: BursaryApplication) -> None:
    LETTERS.to_desk(application, "new", application, {"aide": application.scheme.name})


def granted(application: BursaryApplication, item: AgendaItem, entry) -> None:
    LETTERS.to_person(
        application,
        "granted",
        entry,
        {
            "bourse": application.scheme.name,
            "mois": str(item.months),
            "montant": euros(item.total),
            "seance": item.session.held_on,
            "deliberation": item.session.number,
            "conditions": item.reason or "Aucune condition particulière.",
            "recours": remedies.text(),
        },
    )


def adjourned(application: BursaryApplication, reason: str, entry) -> None:
    LETTERS.to_person(
        application,
        "adjourned",
        entry,
        {"motif": reason, "le": application.implicit_refusal_on},
    )
