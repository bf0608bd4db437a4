"""A request for aid in the words of whoever asked: state, road, facts, pieces."""

from datetime import date

from django.urls import reverse
from django.utils.text import capfirst

from casework import remedies
from casework.days import said, short
from casework.findings import Finding
from casework.typography import euros
from documents import pieces as document_pieces
from installation.actions import aid_requests
from installation.models import AidRequest, AidState

# Label, look and icon of the badge in each state.
_BADGES = {
    AidState.DRAFT: ("Brouillon à envoyer", "you", ""),
    AidState.SUBMITTED: ("Reçue", "info", ""),
    AidState.INCOMPLETE: ("À vous de jouer", "you", ""),
    AidState.COMPLETE: ("Complète", "run", ""),
    AidState.ARS_OPINION: ("À l’avis de l’ARS", "run", ""),
    AidState.GRANTED: ("Accord de principe", "success", "flag"),
    AidState.REFUSED: ("Refusée", "neutral", "x"),
    AidState.WITHDRAWN: ("Retirée", "neutral", "x"),
}


def badge(request: AidRequest, day: date) -> dict:
    label, look, icon = _BADGES[request.state]
    if request.is_deemed_refused(day):
        label, look, icon = "Réputée rejetée", "warning", ""
    return {"label": label, "look": look, "icon": icon}


def situation(request: AidRequest, day: date) -> list[str]:
    """Where things stand, what comes next and by when."""
    end = request.implicit_refusal_on
    if request.is_deemed_refused(day):
        return [
            f"Le Département n’a pas répondu avant le {said(end)} : votre demande est "
            "réputée rejetée. Vous pouvez contester ce rejet ; une réponse écrite "
            "reste possible, appelez-nous."
        ]
    known = {
        AidState.SUBMITTED: [
            "Nous vérifions que votre dossier est complet.",
            f"En l’absence de réponse avant le {said(end)}, et s’il est complet, "
            "votre demande sera réputée rejetée.",
        ],
        AidState.INCOMPLETE: [
            "Il manque des pièces : envoyez-les avant le "
            f"{said(request.pieces_by)}. Le délai de réponse du service ne court qu’à "
            "compter de la réception d’un dossier complet.",
        ],
        AidState.COMPLETE: [
            f"Votre dossier est complet depuis le {said(request.complete_on)}. Nous "
            "demandons l’avis de l’ARS.",
            f"En l’absence de réponse avant le {said(end)}, votre demande sera "
            "réputée rejetée.",
        ],
        AidState.ARS_OPINION: [
            "L’agence régionale de santé donne son avis sur le projet de convention "
            "(article R. 1511-46 du CGCT). Nous vous répondons ensuite.",
            f"En l’absence de réponse avant le {said(end)}, votre demande sera "
            "réputée rejetée.",
        ],
        AidState.GRANTED: [
            "Le Département vous donne un accord de principe : "
            f"{euros(request.amount_granted)} proposés au vote, pour "
            f"{request.commitment_months} mois d’exercice dans la zone.",
            "L’aide est acquise après le vote de l’assemblée et la signature de la "
            "convention.",
        ],
        AidState.REFUSED: ["Votre demande n’a pas été acceptée, pour ce motif."],
        AidState.WITHDRAWN: [
            f"Vous avez retiré cette demande le {said(request.withdrawn_at)}."
        ],
    }
    return known[request.state]


def remedies_of(request: AidRequest, day: date) -> str:
    refused = request.state == AidState.REFUSED
    if refused or request.is_deemed_refused(day):
        return remedies.text()
    return ""


def road(request: AidRequest) -> list[dict]:
    """Filed, complete, opinion, answer: each with its date."""
    ended = request.state in (AidState.GRANTED, AidState.REFUSED, AidState.WITHDRAWN)
    position = {
        AidState.SUBMITTED: 1,
        AidState.INCOMPLETE: 1,
        AidState.COMPLETE: 2,
        AidState.ARS_OPINION: 2,
    }.get(request.state, 3)
    waits = request.state == AidState.INCOMPLETE
    opinion = short(request.opinion_received_at) or (
        "demandé" if request.opinion_requested_at else ""
    )
    last = "Retirée" if request.withdrawn_at else "Réponse"
    stages = [
        ("Demande déposée", short(request.submitted_at)),
        (
            "Dossier complet",
            f"pièces avant le {short(request.pieces_by)}"
            if waits
            else short(request.complete_on),
        ),
        ("Avis de l’ARS", opinion),
        (
            last,
            short(request.decided_at or request.withdrawn_at)
            or f"avant le {short(request.implicit_refusal_on)}"
            * bool(request.implicit_refusal_on),
        ),
    ]
    steps = []
    for number, (title, detail) in enumerate(stages, 1):
        index = number - 1
        state = "done" if index < position else "todo"
        if index == position:
            state = "now"
        if ended and index in (1, 2) and not detail:
            state = "todo"
        steps.append(
            {
                "number": number,
                "title": title,
                "state": state,
                "detail": detail,
                "is_past": number < position,
                "before": "",
            }
        )
    return steps


def form_road(current: int) -> list[dict]:
    from_here = ["Votre projet", "Les pièces et l’envoi"]
    words = {"done": "Fait", "now": "En cours", "todo": "À venir"}
    steps = []
    for number, title in enumerate(from_here, 1):
        state = "now" if number == current else "done" if number < current else "todo"
        steps.append(
            {"number": number, "title": title, "state": state, "detail": words[state]}
        )
    return steps


def facts(request: AidRequest) -> list[tuple[str, list[tuple[str, str]]]]:
    """What was asked, section by section; blanks are left out."""
    for_whom = request.get_beneficiary_display()
    if request.is_for_centre:
        for_whom = request.centre_name
    previous = ""
    if request.previous_on:
        previous = said(request.previous_on)
        if request.previous_from:
            previous = f"{previous}, {request.previous_from}"
    sections = [
        (
            "L’aide",
            [
                ("Aide demandée", capfirst(request.get_kind_display())),
                ("Pour", capfirst(for_whom)),
                ("Montant demandé", euros(request.amount_asked)),
                ("Budget du projet", euros(request.budget)),
            ],
        ),
        (
            "Le projet",
            [
                ("Commune d’exercice", str(request.commune or "")),
                ("Zone", zone(request)),
                ("Profession", capfirst(request.get_profession_display())),
                ("RPPS", request.rpps),
                ("Exercice", capfirst(request.get_mode_display())),
                ("Premier jour prévu", said(request.first_day_on)),
                ("Jours par semaine", str(request.days_a_week or "")),
                ("Engagement", f"{request.commitment_months} mois"),
                ("En quelques mots", request.project),
            ],
        ),
        (
            "Les autres aides",
            [
                ("Dernière aide locale", previous),
                ("Reçues ou demandées", request.other_aids),
                ("De minimis, trois ans", euros(request.de_minimis)),
            ],
        ),
        (
            "Vous",
            [
                ("Nom", request.full_name),
                ("Courriel", request.email),
                ("Téléphone", request.phone.as_national if request.phone else ""),
                (
                    "Adresse",
                    f"{request.address}\n{request.postal_code} {request.city}".strip(),
                ),
            ],
        ),
    ]
    told = [
        (title, [(label, value) for label, value in rows if value])
        for title, rows in sections
    ]
    return [(title, rows) for title, rows in told if rows]


def zone(request: AidRequest) -> str:
    """The zone under the version the request keeps, and that version's date."""
    if request.is_draft:
        return ""
    if request.zoning is None:
        return "Zonage non chargé au dépôt : à vérifier"
    found = request.zone_label or request.zone_code or "commune non classée"
    zoning = request.zoning
    return f"{found} ({zoning}, en vigueur depuis le {said(zoning.valid.lower)})"


def pieces(request: AidRequest) -> list[dict]:
    return document_pieces.lines(
        request.pieces.in_order(),
        url=lambda pk: reverse("installation:aid-piece", args=[pk]),
        send_url=lambda pk: reverse("installation:aid-piece-send", args=[pk]),
    )


def before_filing(draft: AidRequest, day: date) -> list[Finding]:
    """What the law says of the draft, the tick of the attestation left aside."""
    found = aid_requests.findings(draft, day)
    return [finding for finding in found if finding.rule != "R-22"]
