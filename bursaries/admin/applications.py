"""The applications for a bursary at the desk."""

from datetime import timedelta

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html

from bursaries import application_following as following
from bursaries.actions import applications, votes
from bursaries.models import (
    Agreement,
    ApplicationState,
    BursaryApplication,
    CommitteeOpinion,
    CommitteeSession,
)
from casework import findings
from casework.forms import DayField, capitalised
from documents.desk import (
    Decision,
    DecisionForm,
    MoneyRequestAdmin,
    asking_pieces,
    completing,
    refusing,
)
from territory.models import Organisation


class OpinionRequestForm(DecisionForm):
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Demandé à", empty_label="Choisir"
    )
    due_on = DayField(label="Attendu avant le")

    def prepare(self):
        active = Organisation.objects.active().order_by("sort_key")
        self.fields["organisation"].queryset = active
        limit = timezone.localdate() + timedelta(days=votes.OPINION_DAYS)
        self.initial.setdefault("due_on", limit)


class OpinionForm(DecisionForm):
    opinion = forms.ModelChoiceField(
        CommitteeOpinion.objects.none(), label="L’avis", empty_label=None
    )
    sense = forms.ChoiceField(
        label="Son sens",
        choices=capitalised(CommitteeOpinion.Sense.choices),
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="Son texte",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def prepare(self):
        awaited = self.asked.opinions.awaited().select_related("organisation")
        self.fields["opinion"].queryset = awaited


class AgendaForm(DecisionForm):
    session = forms.ModelChoiceField(
        CommitteeSession.objects.none(), label="La séance", empty_label="Choisir"
    )
    in_spite_because = forms.CharField(
        label="Pourquoi passer outre",
        help_text="Le motif reste dans la demande ; le journal garde la règle.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def prepare(self):
        coming = CommitteeSession.objects.prepared().order_by("held_on")
        self.fields["session"].queryset = coming
        found = applications.findings(self.asked, timezone.localdate())
        if not findings.warnings(found):
            del self.fields["in_spite_because"]


def _receive(asked, *, by, opinion, sense, text):
    votes.receive_opinion(opinion, sense, text, by=by)


DECISIONS = [
    completing(applications.complete),
    Decision(
        slug="seance",
        verb="put_to_vote",
        label="Inscrire à une séance",
        icon="calendar-days",
        lead="La demande rejoint l’ordre du jour de la commission permanente. La page "
        "de la séance dit ce qu’elle coûterait à l’enveloppe.",
        button="Inscrire",
        done="La demande est inscrite à l’ordre du jour.",
        act=votes.put_to_vote,
        form=AgendaForm,
        shows_rules=True,
    ),
    Decision(
        slug="avis",
        verb="ask_opinion",
        label="Demander un avis",
        icon="send",
        lead="Écrivez à l’organisme, puis notez ici que son avis est demandé et pour "
        "quand. « Ma semaine » le rappelle s’il tarde.",
        button="L’avis est demandé",
        done="L’avis est noté comme demandé.",
        act=votes.ask_opinion,
        form=OpinionRequestForm,
    ),
    Decision(
        slug="avis-recu",
        verb="ask_opinion",
        label="Noter un avis",
        icon="inbox",
        lead="L’avis reste dans la demande, avec sa date. C’est un avis, non un vote.",
        button="Enregistrer l’avis",
        done="L’avis est enregistré.",
        act=_receive,
        form=OpinionForm,
        when=lambda asked: asked.opinions.awaited().exists(),
    ),
    asking_pieces(applications.ask_pieces),
    refusing(applications.refuse),
]


@admin.register(BursaryApplication)
class BursaryApplicationAdmin(MoneyRequestAdmin):
    area = applications.AREA
    url_name = "bursaries_application"
    decisions = DECISIONS
    page_template = "gestion/bursary_application.html"

    empty_text = (
        "Aucune demande de bourse dans cette vue. Elles arrivent ici quand elles sont "
        "déposées sur la page des bourses ; « toutes » montre aussi celles qui sont "
        "closes."
    )
    list_display = ["who", "bursary", "studies", "standing", "clock"]

    @admin.display(description="bourse")
    def bursary(self, asked):
        return format_html(
            '{}<span class="desk-detail">{} mois demandés</span>',
            asked.scheme,
            asked.months,
        )

    @admin.display(description="études")
    def studies(self, asked):
        return format_html(
            '{}<span class="desk-detail">{}</span>',
            asked.get_level_display().capitalize(),
            asked.faculty,
        )

    def badge(self, asked):
        return desk_badge(asked)

    def facts(self, asked):
        return following.facts(asked)

    def pieces(self, asked):
        return following.pieces(asked)

    def rules(self, asked):
        return applications.findings(asked, timezone.localdate())

    def more(self, asked):
        items = asked.agenda_items.select_related("session").order_by("pk")
        return {
            "estimate": following.estimate(asked, timezone.localdate()),
            "agreement": Agreement.objects.filter(application=asked).first(),
            "may_draft": asked.state == ApplicationState.GRANTED,
            "opinions": asked.opinions.select_related("organisation"),
            "agenda_items": items,
        }


def desk_badge(asked: BursaryApplication) -> dict:
    """The state as the desk says it: yellow when it is its turn."""
    found = following.badge(asked, timezone.localdate())
    ours = {
        ApplicationState.SUBMITTED: ("Nouvelle", "info", "inbox"),
        ApplicationState.INCOMPLETE: ("Pièces attendues", "neutral", "hourglass"),
        ApplicationState.COMPLETE: ("Complète", "you", "hand"),
    }
    if found["look"] == "warning" or asked.state not in ours:
        return found
    label, look, icon = ours[asked.state]
    return {"label": label, "look": look, "icon": icon}
