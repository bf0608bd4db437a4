"""The decisions on a request for the Département's aid: a button and a page each."""

from django import forms
from django.utils import timezone

from casework import findings
from casework.forms import EurosField
from documents.desk import (
    Decision,
    DecisionForm,
    asking_pieces,
    completing,
    refusing,
)
from installation.actions import aid_requests
from installation.models import AidRequest


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
        self.initial.setdefault("amount", self.asked.amount_asked)
        found = aid_requests.findings(self.asked, timezone.localdate())
        if not findings.warnings(found):
            del self.fields["in_spite_because"]


DECISIONS = [
    completing(aid_requests.complete),
    Decision(
        slug="avis",
        verb="request_opinion",
        label="Demander l’avis de l’ARS",
        icon="send",
        lead="Transmettez le projet de convention à l’ARS, puis notez ici que l’avis "
        "est demandé (article R. 1511-46 du CGCT).",
        button="L’avis est demandé",
        done="L’avis de l’ARS est noté comme demandé.",
        act=aid_requests.request_opinion,
    ),
    Decision(
        slug="avis-recu",
        verb="receive_opinion",
        label="Noter l’avis de l’ARS",
        icon="inbox",
        lead="L’avis reste dans la demande, avec sa date.",
        button="Enregistrer l’avis",
        done="L’avis de l’ARS est enregistré.",
        act=aid_requests.receive_opinion,
        form=OpinionForm,
        when=lambda one: one.opinion_received_at is None,
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
        act=aid_requests.grant,
        form=GrantForm,
        shows_rules=True,
        when=lambda one: one.opinion_received_at is not None,
    ),
    asking_pieces(aid_requests.ask_pieces),
    refusing(aid_requests.refuse),
]
