"""The applications for a bursary at the desk."""

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html

from bursaries import application_following as following
from bursaries.actions import applications
from bursaries.models import ApplicationState, BursaryApplication
from documents.desk import (
    AskPiecesForm,
    Decision,
    MoneyRequestAdmin,
    RefuseForm,
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
        act=applications.complete,
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
        act=applications.ask_pieces,
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
        act=applications.refuse,
        form=RefuseForm,
        shows_rules=True,
    ),
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
        return {"estimate": following.estimate(asked, timezone.localdate())}


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
