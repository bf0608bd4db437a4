"""The decisions on a request for the Département's aid: a button and a page each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.utils import timezone

from casework import findings, receipts
from casework.forms import EurosField
from installation.actions import aid_requests
from installation.admin.decisions import DayField
from installation.models import AidRequest


class DecisionForm(forms.Form):
    """What a decision asks; it knows the request."""

    use_required_attribute = False

    def __init__(self, *args, aid_request: AidRequest, **kwargs):
        super().__init__(*args, **kwargs)
        self.aid_request = aid_request
        self.prepare()

    def prepare(self) -> None:
        """Adapt the fields to the request."""


class AskPiecesForm(DecisionForm):
    by_day = DayField(label="À envoyer avant le")
    more = forms.CharField(
        label="Autres pièces à demander",
        help_text="Une par ligne.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def prepare(self):
        limit = timezone.localdate() + timedelta(days=receipts.PIECES_DAYS)
        self.initial.setdefault("by_day", limit)

    def clean_more(self):
        lines = (line.strip() for line in self.cleaned_data["more"].splitlines())
        return [line for line in lines if line]


class OpinionForm(DecisionForm):
    opinion = forms.ChoiceField(
        label="Sens de l’avis", choices=AidRequest.Opinion, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="Texte de l’avis",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class GrantForm(DecisionForm):
    amount = EurosField(label="Montant proposé au vote, en euros", required=True)
    text = forms.CharField(
        label="Conditions",
        help_text="Elles figurent dans le courriel et dans l’espace de la personne.",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    in_spite_because = forms.CharField(
        label="Pourquoi passer outre",
        help_text="Le motif reste dans la demande ; le journal garde la règle.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def prepare(self):
        self.initial.setdefault("amount", self.aid_request.amount_asked)
        found = aid_requests.findings(self.aid_request, timezone.localdate())
        if not findings.warnings(found):
            del self.fields["in_spite_because"]


class RefuseForm(DecisionForm):
    reason = forms.CharField(
        label="Motif du refus",
        help_text="Écrit à la personne, suivi des voies et délais de recours.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class RejectForm(DecisionForm):
    why = forms.CharField(
        label="Ce qui ne va pas",
        help_text="La personne le lit à côté de la pièce.",
        max_length=300,
    )


@dataclass(frozen=True)
class Decision:
    """One button of a request: what its page says and asks, what it does."""

    slug: str
    verb: str
    label: str
    icon: str
    lead: str
    button: str
    done: str
    act: Callable
    form: type[DecisionForm] = DecisionForm
    shows_rules: bool = False

    def is_offered(self, aid_request: AidRequest) -> bool:
        if not aid_request.allows(self.verb):
            return False
        if self.verb == "grant":
            return aid_request.opinion_received_at is not None
        if self.verb == "receive_opinion":
            return aid_request.opinion_received_at is None
        return True


def _grant(aid_request, *, by, amount, text, in_spite_because=""):
    aid_requests.grant(
        aid_request, amount, text, by=by, in_spite_because=in_spite_because
    )


DECISIONS = [
    Decision(
        slug="completer",
        verb="complete",
        label="Déclarer complète",
        icon="circle-check",
        lead="Le délai de deux mois court du jour où la dernière pièce est arrivée. La "
        "personne reçoit la nouvelle date.",
        button="Déclarer complète",
        done="La demande est complète. La personne en est prévenue.",
        act=lambda one, *, by: aid_requests.complete(one, by=by),
        shows_rules=True,
    ),
    Decision(
        slug="avis",
        verb="request_opinion",
        label="Demander l’avis de l’ARS",
        icon="send",
        lead="Transmettez le projet de convention à l’ARS, puis notez ici que l’avis "
        "est demandé (article R. 1511-46 du CGCT).",
        button="L’avis est demandé",
        done="L’avis de l’ARS est noté comme demandé.",
        act=lambda one, *, by: aid_requests.request_opinion(one, by=by),
    ),
    Decision(
        slug="avis-recu",
        verb="receive_opinion",
        label="Noter l’avis de l’ARS",
        icon="inbox",
        lead="L’avis reste dans la demande, avec sa date.",
        button="Enregistrer l’avis",
        done="L’avis de l’ARS est enregistré.",
        act=lambda one, *, by, opinion, text: aid_requests.receive_opinion(
            one, opinion, text, by=by
        ),
        form=OpinionForm,
    ),
    Decision(
        slug="accorder",
        verb="grant",
        label="Donner un accord de principe",
        icon="check",
        lead="La personne l’apprend aussitôt. Le vote de l’assemblée et la convention "
        "viennent ensuite.",
        button="Donner l’accord de principe",
        done="L’accord de principe est donné. La personne en est prévenue.",
        act=_grant,
        form=GrantForm,
        shows_rules=True,
    ),
    Decision(
        slug="pieces",
        verb="ask_pieces",
        label="Demander des pièces",
        icon="file-text",
        lead="La personne reçoit la liste des pièces attendues et la date limite. Le "
        "délai de réponse attend qu’elles soient là.",
        button="Demander ces pièces",
        done="Les pièces sont demandées.",
        act=lambda one, *, by, by_day, more: aid_requests.ask_pieces(
            one, by_day=by_day, more=more, by=by
        ),
        form=AskPiecesForm,
    ),
    Decision(
        slug="refuser",
        verb="refuse",
        label="Refuser",
        icon="x",
        lead="Le refus dit pourquoi, comment le contester et devant quel tribunal.",
        button="Refuser la demande",
        done="La demande est refusée. La personne en est prévenue.",
        act=lambda one, *, by, reason: aid_requests.refuse(one, reason, by=by),
        form=RefuseForm,
        shows_rules=True,
    ),
]
BY_SLUG = {decision.slug: decision for decision in DECISIONS}
