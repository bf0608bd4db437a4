"""An application in the words of whoever asked: state, road, facts, estimate."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst

from bursaries import application_rules
from bursaries.actions import applications
from bursaries.models import ApplicationState, BursaryApplication
from casework import remedies
from casework.days import said, short
from casework.findings import Finding
from casework.typography import NBSP, euros
from documents import pieces as document_pieces

# Label, look and icon of the badge in each state.
_BADGES = {
    ApplicationState.DRAFT: ("Brouillon à envoyer", "you", ""),
    ApplicationState.SUBMITTED: ("Reçue", "info", ""),
    ApplicationState.INCOMPLETE: ("À vous de jouer", "you", ""),
    ApplicationState.COMPLETE: ("Complète", "run", ""),
    ApplicationState.TO_VOTE: ("Au vote", "run", ""),
    ApplicationState.GRANTED: ("Accordée", "success", "flag"),
    ApplicationState.REFUSED: ("Refusée", "neutral", "x"),
    ApplicationState.WITHDRAWN: ("Retirée", "neutral", "x"),
}


def badge(application: BursaryApplication, day: date) -> dict:
    label, look, icon = _BADGES[application.state]
    if application.is_deemed_refused(day):
        label, look, icon = "Réputée rejetée", "warning", ""
    return {"label": label, "look": look, "icon": icon}


def situation(application: BursaryApplication, day: date) -> list[str]:
    """Where things stand, what comes next and by when."""
    end = application.implicit_refusal_on
    if application.is_deemed_refused(day):
        return [
            f"Le Département n’a pas répondu avant le {said(end)} : votre demande est "
            "réputée rejetée. Vous pouvez contester ce rejet ; une réponse écrite "
            "reste possible, appelez-nous."
        ]
    silence = (
        f"En l’absence de réponse avant le {said(end)}, votre demande sera réputée "
        "rejetée."
    )
    known = {
        ApplicationState.SUBMITTED: [
            "Nous vérifions que votre dossier est complet.",
            f"En l’absence de réponse avant le {said(end)}, et s’il est complet, "
            "votre demande sera réputée rejetée.",
        ],
        ApplicationState.INCOMPLETE: [
            "Il manque des pièces : envoyez-les avant le "
            f"{said(application.pieces_by)}. Le délai de réponse du service ne court "
            "qu’à compter de la réception d’un dossier complet.",
        ],
        ApplicationState.COMPLETE: [
            f"Votre dossier est complet depuis le {said(application.complete_on)}. Un "
            "comité donne son avis, puis la commission permanente du Département vote.",
            silence,
        ],
        ApplicationState.TO_VOTE: [
            "Votre demande est inscrite à une séance de la commission permanente du "
            "Département.",
            silence,
        ],
        ApplicationState.GRANTED: [
            "La commission permanente vous accorde la bourse, pour "
            f"{application.months_granted} mois.",
            "Une convention vous engage ensuite : nous vous l’envoyons à relire et à "
            "signer. Rien n’est versé avant elle.",
        ],
        ApplicationState.REFUSED: [
            "Votre demande n’a pas été acceptée, pour ce motif."
        ],
        ApplicationState.WITHDRAWN: [
            f"Vous avez retiré cette demande le {said(application.withdrawn_at)}."
        ],
    }
    return known[application.state]


def remedies_of(application: BursaryApplication, day: date) -> str:
    refused = application.state == ApplicationState.REFUSED
    return remedies.text() if refused or application.is_deemed_refused(day) else ""


# How many stages lie behind in each state; an ended one has them all.
_BEHIND = {
    ApplicationState.SUBMITTED: 1,
    ApplicationState.INCOMPLETE: 1,
    ApplicationState.COMPLETE: 2,
    ApplicationState.TO_VOTE: 3,
}


def road(application: BursaryApplication) -> list[dict]:
    """Filed, complete, on the agenda, answered: each with its date."""
    position = _BEHIND.get(application.state, 4)
    complete = short(application.complete_on)
    if application.state == ApplicationState.INCOMPLETE:
        complete = f"pièces avant le {short(application.pieces_by)}"
    answer = short(application.decided_at or application.withdrawn_at)
    if not answer and application.implicit_refusal_on:
        answer = f"avant le {short(application.implicit_refusal_on)}"
    is_voted = application.state in (
        ApplicationState.TO_VOTE,
        ApplicationState.GRANTED,
    )
    stages = [
        ("Demande déposée", short(application.submitted_at), True),
        ("Dossier complet", complete, bool(application.complete_on)),
        ("Vote", "", is_voted),
        ("Retirée" if application.withdrawn_at else "Réponse", answer, True),
    ]
    return [
        {
            "number": index + 1,
            "title": title,
            "state": "now"
            if index == position
            else "done"
            if index < position and was_met
            else "todo",
            "detail": detail,
            "is_past": index + 1 < position,
            "before": "",
        }
        for index, (title, detail, was_met) in enumerate(stages)
    ]


def form_road(current: int) -> list[dict]:
    words = {"done": "Fait", "now": "En cours", "todo": "À venir"}
    steps = []
    for number, title in enumerate(["Votre projet", "Les pièces et l’envoi"], 1):
        state = "now" if number == current else "done" if number < current else "todo"
        steps.append(
            {"number": number, "title": title, "state": state, "detail": words[state]}
        )
    return steps


def facts(application: BursaryApplication) -> list[tuple[str, list[tuple[str, str]]]]:
    """What was asked, section by section; blanks are left out."""
    others = ""
    if application.others_monthly:
        amount = euros(application.others_monthly)
        others = f"{application.others_from}, {amount} par mois"
    sections = [
        (
            "La bourse",
            [
                ("Bourse", str(application.scheme)),
                ("Règles", f"version {application.version.number}"),
                (
                    "Demandée",
                    f"{application.months} mois, depuis {_month(application.starts_on)}"
                    if application.months and application.starts_on
                    else "",
                ),
                ("Autres aides déclarées", others or "aucune"),
                ("CESP", capfirst(application.get_cesp_display())),
                (
                    "Autre engagement",
                    "Oui" if application.has_other_commitment else "",
                ),
            ],
        ),
        (
            "Les études",
            [
                ("Études", capfirst(application.get_profession_display())),
                ("Année", capfirst(application.get_level_display())),
                ("Faculté", application.faculty),
                ("Diplôme prévu", said(application.diploma_on)),
                ("Projet", application.project),
            ],
        ),
        (
            "Vous",
            [
                ("Nom", application.full_name),
                ("Courriel", application.email),
                (
                    "Téléphone",
                    application.phone.as_national if application.phone else "",
                ),
                (
                    "Adresse",
                    f"{application.address}\n{application.postal_code} "
                    f"{application.city}".strip(),
                ),
            ],
        ),
    ]
    told = [
        (title, [(label, value) for label, value in rows if value])
        for title, rows in sections
    ]
    return [(title, rows) for title, rows in told if rows]


def _month(day: date) -> str:
    """« janvier 2027 »."""
    return date_format(day, "F Y")


def estimate(application: BursaryApplication, day: date) -> dict | None:
    """Year after year what it would come to, beside the ceiling and its source."""
    if not (application.version_id and application.months and application.starts_on):
        return None
    ceiling = applications.ceiling_on(day)
    found = applications.cost(application, ceiling)
    return {
        "years": [
            {
                "title": f"Année {year.number}, depuis {_month(year.starts_on)}",
                "monthly": euros(year.monthly),
                "voted": euros(year.voted) if year.is_limited else "",
                "months": year.months,
                "total": euros(year.total),
            }
            for year in found.years
        ],
        "cut": euros(found.cut) if found.cut else "",
        "total": euros(found.total),
        "ceiling": _ceiling_sentence(ceiling)
        if applications.needs_ceiling(application.version)
        else "",
    }


def _ceiling_sentence(ceiling) -> str:
    if ceiling is None:
        return "Le plafond légal de cette année n’est pas encore enregistré."
    return (
        "Plafond légal, toutes collectivités réunies : "
        f"{euros(ceiling.monthly)} par mois, soit {euros(ceiling.pay)} par an "
        f"(article D.{NBSP}1511-54 du CGCT). Source : {ceiling.source}, depuis le "
        f"{said(ceiling.since)}."
    )


def pieces(application: BursaryApplication) -> list[dict]:
    return document_pieces.lines(
        application.pieces.in_order(),
        url=lambda pk: reverse("bursaries:application-piece", args=[pk]),
        send_url=lambda pk: reverse("bursaries:application-piece-send", args=[pk]),
    )


def before_filing(draft: BursaryApplication, day: date) -> list[Finding]:
    """What the law says of the draft, while it may still be changed."""
    return application_rules.before_filing(applications.facts(draft, day), day)
