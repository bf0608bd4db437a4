"""What is written to somebody who does not keep an agreement: kind, and exact."""

import datetime as dt

from bursaries.agreement_letters import to_person
from bursaries.instalments import Instalment
from bursaries.models import BreachCase, RepaymentSheet
from casework import remedies
from casework.typography import euros


def notice_pdf(case: BreachCase, text: str, day: dt.date, until: dt.date) -> bytes:
    """The letter of formal notice: facts, deadline, legal basis, what comes next."""
    # Web processes read this module: the engine weighs 40 MB.
    from documents import rendering

    context = {
        "case": case,
        "agreement": case.agreement,
        "root": case.agreement.root,
        "text": text,
        "day": day,
        "until": until,
        "court": remedies.court(),
    }
    return rendering.pdf("bursaries/pdf/formal_notice.html", context)


def certificate_pdf(agreement, fulfilled_on: dt.date, day: dt.date) -> bytes:
    """« Vous avez tenu votre engagement »: what the person may show."""
    from documents import rendering

    context = {"agreement": agreement, "fulfilled_on": fulfilled_on, "day": day}
    return rendering.pdf("bursaries/pdf/certificate.html", context)


def notice_given(case: BreachCase, entry) -> None:
    said = {"avant_le": case.notice_until}
    to_person(case.agreement, "notice-given", entry.pk, said)


def due(case: BreachCase, sheet: RepaymentSheet, entry) -> None:
    said = {"montant": euros(sheet.due), "recours": remedies.text()}
    to_person(case.agreement, "repayment-due", entry.pk, said)


def spread(case: BreachCase, plan: list[Instalment], entry) -> None:
    said = {
        "montant": euros(plan[0].amount),
        "nombre": str(len(plan)),
        "le": plan[0].due_on,
    }
    to_person(case.agreement, "repayment-spread", entry.pk, said)
