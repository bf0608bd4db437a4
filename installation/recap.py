"""What was answered, page by page, as its author and the desk read it again."""

from collections.abc import Callable

from django.utils.text import capfirst

from casework.days import said
from installation import kinds, presentation
from installation.models import InstallationRequest, RequestDetails

Facts = list[tuple[str, str]]
_ASKED = "Vous souhaitez"


def facts(request: InstallationRequest) -> list[tuple[str, Facts]]:
    """What was answered, page by page; what was left blank is not shown."""
    pages = kinds.of(request).pages or ("identity", "question")
    sections = [(_SECTIONS[page][0], _SECTIONS[page][1](request)) for page in pages]
    return [
        (title, [(label, value) for label, value in answers if value])
        for title, answers in sections
    ]


def of_its_kind(request: InstallationRequest) -> list[tuple[str, Facts]]:
    """What a request asks for that is not the settling of a practitioner."""
    if kinds.of(request).has_family:
        return []
    return [
        (title, [fact for fact in answers if fact[0] != _ASKED])
        for title, answers in facts(request)[1:]
    ]


def _identity(request: InstallationRequest) -> Facts:
    town = f"{request.postal_code} {request.city}".strip()
    address = [" ".join(request.address.split()), town]
    return [
        ("Nom", capfirst(presentation.named(request))),
        ("Courriel", request.email),
        ("Téléphone", request.phone.as_national if request.phone else ""),
        ("Adresse", ", ".join(part for part in address if part)),
    ]


def _contact(request: InstallationRequest) -> Facts:
    name, *others = _identity(request)
    return [name, ("Fonction", _details(request).function), *others]


def _practice(request: InstallationRequest) -> Facts:
    return [
        *_profession(request),
        ("Situation", capfirst(request.get_situation_display())),
        ("Numéro RPPS", request.rpps),
        ("Exercice souhaité", capfirst(request.get_mode_display())),
        _days(request),
    ]


def _current_practice(request: InstallationRequest) -> Facts:
    return [
        *_profession(request),
        ("Numéro RPPS", request.rpps),
        _where(request),
        ("Exercice", capfirst(request.get_mode_display())),
        _days(request),
    ]


def _profession(request: InstallationRequest) -> Facts:
    return [
        ("Profession", capfirst(request.get_profession_display())),
        ("Spécialité", request.specialty),
    ]


def _days(request: InstallationRequest) -> tuple[str, str]:
    return "Jours par semaine", str(request.days_a_week or "")


def _where(request: InstallationRequest) -> tuple[str, str]:
    return kinds.of(request).places, ", ".join(presentation.places(request))


def _asked(request: InstallationRequest) -> tuple[str, str]:
    return _ASKED, capfirst(request.get_kind_display())


def _own_words(request: InstallationRequest) -> Facts:
    topics = list(request.topics.all())
    return [
        ("À préparer", _names(topics, "professional")),
        ("En quelques mots", request.message),
    ]


def _project(request: InstallationRequest) -> Facts:
    return [
        _asked(request),
        ("Quand", capfirst(request.get_horizon_display())),
        _where(request),
        ("Avec qui exercer", capfirst(", ".join(request.structure_labels))),
        *_own_words(request),
    ]


def _maintenance(request: InstallationRequest) -> Facts:
    details = _details(request)
    return [
        _asked(request),
        ("Aide attendue", capfirst(", ".join(details.help_labels))),
        ("La difficulté dure", capfirst(details.get_since_display())),
        *_own_words(request),
    ]


def _succession(request: InstallationRequest) -> Facts:
    details = _details(request)
    discretion = {
        True: "Confidentiel : ni le nom ni la commune ne sont dits",
        False: "Le départ peut être annoncé",
    }
    return [
        _asked(request),
        ("Départ prévu", said(details.planned_on)),
        ("Discrétion", discretion.get(details.is_confidential, "")),
        ("Patients suivis", str(details.patients or "")),
        ("Locaux", capfirst(details.get_premises_display())),
        *_own_words(request),
    ]


def _vacancy(request: InstallationRequest) -> Facts:
    details = _details(request)
    return [
        _asked(request),
        ("Structure", details.structure_name),
        _where(request),
        ("Profession cherchée", capfirst(details.get_wanted_profession_display())),
        ("Spécialité", details.wanted_specialty),
        ("Exercice proposé", capfirst(request.get_mode_display())),
        _days(request),
        ("À pourvoir à partir du", said(details.planned_on)),
        *_own_words(request),
    ]


def _structure_project(request: InstallationRequest) -> Facts:
    details = _details(request)
    carrier = [capfirst(details.get_carrier_display()), details.body_name]
    return [
        _asked(request),
        ("Projet", capfirst(details.get_project_display())),
        ("Porté par", ", ".join(part for part in carrier if part)),
        _where(request),
        ("Avancement", capfirst(details.get_stage_display())),
        ("Ouverture visée", said(details.planned_on)),
        *_own_words(request),
    ]


def _other(request: InstallationRequest) -> Facts:
    return [
        _asked(request),
        *_profession(request),
        _where(request),
        *_own_words(request),
    ]


def _question(request: InstallationRequest) -> Facts:
    return [
        ("Sujet", capfirst(request.get_subject_display())),
        *_profession(request),
        _where(request),
        *_own_words(request),
    ]


def _details(request: InstallationRequest) -> RequestDetails:
    """What its kind asks; blank when the desk wrote the request."""
    return getattr(request, "details", None) or RequestDetails()


# Enough of a page to recognise it.
SUMMED_UP = 3


def summary(draft: InstallationRequest) -> list[tuple[str, list[str]]]:
    """The draft in a few lines, as far as it was answered."""
    answered = facts(draft)[: draft.step_reached - 1]
    lines = [("Vous demandez", [kinds.of(draft).title])]
    for title, answers in answered:
        short = [
            value
            for label, value in answers
            if label not in (_ASKED, "Téléphone", "En quelques mots")
        ]
        lines.append((title, short[:SUMMED_UP]))
    return [(title, values) for title, values in lines if values]


def _family(request: InstallationRequest) -> Facts:
    if not request.wants_family_help:
        refused = request.wants_family_help is False
        return [("Aide pour la famille", "pas maintenant")] if refused else []
    children = ", ".join(f"{count} ({band})" for band, count in request.children)
    return [
        ("Vous venez", capfirst(request.get_household_display())),
        ("Enfants", children),
        ("À chercher", _names(request.topics.all(), "family")),
        ("Métier recherché", request.partner_occupation),
    ]


def _names(topics, track: str) -> str:
    return ", ".join(topic.name for topic in topics if topic.track == track)


# The answers of each page, under its title.
_SECTIONS: dict[str, tuple[str, Callable[[InstallationRequest], Facts]]] = {
    "identity": ("Vous", _identity),
    "contact": ("Vous", _contact),
    "practice": ("Votre exercice", _practice),
    "current-practice": ("Votre exercice", _current_practice),
    "project": ("Votre projet", _project),
    "locum": ("Vos disponibilités", _project),
    "family": ("Votre famille", _family),
    "maintenance": ("L’aide attendue", _maintenance),
    "succession": ("Votre départ", _succession),
    "vacancy": ("Le poste", _vacancy),
    "structure-project": ("Le projet", _structure_project),
    "other": ("Votre demande", _other),
    "question": ("Votre question", _question),
}
