"""The e-mails that every request for money owes, to its person and to the desk."""

from django.conf import settings
from django.urls import reverse

from casework import remedies
from casework.audience import desk_addresses
from casework.days import said
from casework.models import Entry, MoneyRequest, Receipt
from casework.outbox import post


class MoneyLetters:
    """`prefix` begins the keys of the messages: `installation.aid`, say."""

    def __init__(self, prefix: str):
        self.prefix = prefix

    # --- To the person ---------------------------------------------------------------

    def receipt(self, request: MoneyRequest, receipt: Receipt) -> None:
        due = request.implicit_refusal_on
        self.to_person(request, "receipt", request, {"texte": receipt.text, "le": due})

    def pieces_missing(self, request: MoneyRequest, missing, entry: Entry) -> None:
        lines = [
            f"- {piece.label}{f' : {piece.note}' if piece.note else ''}"
            for piece in missing
        ]
        said_of_them = {"pieces": "\n".join(lines), "avant_le": request.pieces_by}
        self.to_person(request, "pieces-missing", entry, said_of_them)

    def complete(self, request: MoneyRequest, entry: Entry) -> None:
        days = {"depuis": request.complete_on, "le": request.implicit_refusal_on}
        self.to_person(request, "complete", entry, days)

    def refused(self, request: MoneyRequest, entry: Entry) -> None:
        why = {"motif": request.decision_text, "recours": remedies.text()}
        self.to_person(request, "refused", entry, why)

    def withdrawn(self, request: MoneyRequest, entry: Entry) -> None:
        self.to_person(request, "withdrawn", entry, {})
        self.to_desk(request, "withdrawn-desk", entry, {})

    # --- To the desk -----------------------------------------------------------------

    def pieces_received(self, request: MoneyRequest, entry: Entry) -> None:
        self.to_desk(request, "pieces-received", entry, {})

    # --- How -----------------------------------------------------------------------

    def about(self, request: MoneyRequest) -> dict:
        """What a message to the desk says of it."""
        opts = request._meta
        name = f"admin:{opts.app_label}_{opts.model_name}_change"
        due = request.implicit_refusal_on
        return {
            "reference": request.reference,
            "nom": request.full_name,
            "le": said(due) if due else "",
            "lien": f"{settings.SITE_URL}{reverse(name, args=[request.pk])}",
        }

    def to_person_context(self, request: MoneyRequest) -> dict:
        return {
            "personne": request.full_name,
            "reference": request.reference,
            "lien": f"{settings.SITE_URL}{request.get_absolute_url()}",
        }

    def to_person(self, request: MoneyRequest, name: str, once, context: dict) -> None:
        """Owe the message once for the row `once`: the request, or a journal entry."""
        address = request.person.email or request.email
        if not address:
            return
        template = f"{self.prefix}-{name}"
        post(
            f"{template}:{once.pk}",
            to=address,
            template=template,
            context={**self.to_person_context(request), **context},
            about=request,
        )

    def to_desk(self, request: MoneyRequest, name: str, once, context: dict) -> None:
        template = f"{self.prefix}-{name}"
        for address in desk_addresses():
            post(
                f"{template}:{once.pk}:{address}"[:200],
                to=address,
                template=template,
                context={**self.about(request), **context},
                about=request,
            )
