"""The e-mails about an application for a bursary."""

from bursaries.models import BursaryApplication
from casework.money_letters import MoneyLetters

LETTERS = MoneyLetters("bursaries.application")


def new_application(application: BursaryApplication) -> None:
    LETTERS.to_desk(application, "new", application, {"aide": application.scheme.name})
