"""The requests for the Département's own installation aid at the desk."""

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html

from casework.typography import euros
from documents.desk import MoneyRequestAdmin, MoneyStateFilter
from installation import aid_following
from installation.actions import aid_requests
from installation.admin.aid_decisions import DECISIONS
from installation.models import AidRequest, AidState


@admin.register(AidRequest)
class AidRequestAdmin(MoneyRequestAdmin):
    area = aid_requests.AREA
    url_name = "installation_aid"
    decisions = DECISIONS
    page_template = "gestion/aid_request.html"

    empty_text = (
        "Aucune demande d’aide dans cette vue. Elles arrivent ici quand elles sont "
        "déposées sur la page des aides ; « toutes » montre aussi celles qui sont "
        "closes."
    )
    list_display = ["who", "aid", "place", "standing", "clock"]
    list_filter = [MoneyStateFilter, "kind"]

    def whole(self, rows):
        return rows.select_related("commune__departement", "zoning", "dossier")

    @admin.display(description="aide")
    def aid(self, asked):
        return format_html(
            '{}<span class="desk-detail">{}</span>',
            asked.get_kind_display().capitalize(),
            euros(asked.amount_asked),
        )

    @admin.display(description="commune")
    def place(self, asked):
        return format_html(
            '{}<span class="desk-detail">{}</span>',
            asked.commune,
            asked.zone_label or asked.zone_code or "zone à vérifier",
        )

    def badge(self, asked):
        return desk_badge(asked)

    def facts(self, asked):
        return aid_following.facts(asked)

    def pieces(self, asked):
        return aid_following.pieces(asked)

    def rules(self, asked):
        return aid_requests.findings(asked, timezone.localdate())

    def more(self, asked):
        return {
            "amount_granted": euros(asked.amount_granted),
            "local_aids": asked.person.local_aids.all(),
        }


def desk_badge(aid_request: AidRequest) -> dict:
    """The state as the desk says it: yellow when it is its turn."""
    found = aid_following.badge(aid_request, timezone.localdate())
    ours = {
        AidState.SUBMITTED: ("Nouvelle", "info", "inbox"),
        AidState.INCOMPLETE: ("Pièces attendues", "neutral", "hourglass"),
        AidState.COMPLETE: ("Complète", "you", "hand"),
        AidState.ARS_OPINION: ("Avis de l’ARS attendu", "run", "hourglass"),
    }
    if found["look"] == "warning" or aid_request.state not in ours:
        return found
    label, look, icon = ours[aid_request.state]
    if aid_request.state == AidState.ARS_OPINION and aid_request.opinion_received_at:
        label, look, icon = "À décider", "you", "hand"
    return {"label": label, "look": look, "icon": icon}
