"""The pages of the request, in the order of each kind."""

from dataclasses import dataclass

from installation import forms
from installation.kinds import KINDS
from installation.models import InstallationRequest


@dataclass(frozen=True)
class Step:
    """One page; `towards` is how the page before leads to it."""

    title: str
    heading: str
    lead: str
    form: type
    towards: str = ""


_IDENTITY = Step(
    "Vous",
    "Faisons connaissance",
    "Une personne du guichet vous répond, par téléphone ou par courriel.",
    forms.IdentityStep,
)
CONFIRM = Step(
    "Relire et envoyer",
    "Tout est juste ?",
    "Relisez, corrigez s’il le faut, puis envoyez.",
    forms.ConfirmStep,
)
# By the names that `kinds` gives them.
PAGES: dict[str, Step] = {
    "identity": _IDENTITY,
    "contact": Step(
        "Vous",
        "Qui écrit pour la structure ?",
        "Une seule personne suffit : c’est elle que nous rappelons.",
        forms.ContactStep,
    ),
    "practice": Step(
        "Votre exercice",
        "Que faites-vous aujourd’hui ?",
        "Ce que vous exercez, et ce que vous cherchez.",
        forms.PracticeStep,
        "votre exercice",
    ),
    "current-practice": Step(
        "Votre exercice",
        "Où et comment exercez-vous ?",
        "Votre cabinet tel qu’il est aujourd’hui.",
        forms.CurrentPracticeStep,
        "votre exercice",
    ),
    "project": Step(
        "Votre projet",
        "Où, quand et avec qui ?",
        "« Je ne sais pas encore » est une bonne réponse : nous cherchons avec vous.",
        forms.ProjectStep,
        "votre projet",
    ),
    "locum": Step(
        "Vos disponibilités",
        "Où et quand remplacer ?",
        "Nous vous mettons en relation avec les cabinets qui cherchent.",
        forms.LocumStep,
        "vos disponibilités",
    ),
    "family": Step(
        "Votre famille",
        "Qui vient avec vous ?",
        "Votre conjoint cherche un poste, les enfants une école ? Nous cherchons en "
        "même temps que vous, si vous le voulez.",
        forms.FamilyStep,
        "votre famille",
    ),
    "maintenance": Step(
        "L’aide attendue",
        "Qu’est-ce qui vous aiderait ?",
        "Le guichet est aussi pour ceux qui sont déjà là. Votre demande reste entre "
        "vous et nous.",
        forms.MaintenanceStep,
        "l’aide attendue",
    ),
    "succession": Step(
        "Votre départ",
        "Comment voyez-vous la suite ?",
        "Deux ou trois ans d’avance ne sont pas de trop pour trouver un successeur.",
        forms.SuccessionStep,
        "votre départ",
    ),
    "vacancy": Step(
        "Le poste",
        "Qui cherchez-vous ?",
        "Nous rapprochons votre poste des praticiens que nous accompagnons.",
        forms.VacancyStep,
        "le poste",
    ),
    "structure-project": Step(
        "Le projet",
        "Que voulez-vous monter ?",
        "Même une idée : plus tôt nous en parlons, plus nous pouvons aider.",
        forms.StructureProjectStep,
        "le projet",
    ),
    "other": Step(
        "Votre demande",
        "Dites-nous tout",
        "Nous lisons, puis nous vous rappelons.",
        forms.OtherStep,
        "votre demande",
    ),
}
STEPS: dict[str, tuple[Step, ...]] = {
    kind: (*(PAGES[name] for name in about.pages), CONFIRM)
    for kind, about in KINDS.items()
    if about.pages
}


def reached(draft: InstallationRequest | None) -> int:
    """How far one may go: another kind of request may have fewer pages."""
    return min(draft.step_reached, len(STEPS[draft.kind])) if draft else 1


def onward(steps: tuple[Step, ...], number: int) -> str:
    """The words of the button that leaves a page."""
    if number == len(steps):
        return "Envoyer ma demande"
    if number == len(steps) - 1:
        return "Continuer et relire"
    return f"Continuer vers {steps[number].towards}"


def road(steps: tuple[Step, ...], current: int, reached: int, url) -> list[dict]:
    """The bornes above the form: what is behind can be walked again."""
    words = {"done": "Fait", "now": "En cours", "todo": "À venir"}
    road = []
    for number, step in enumerate(steps, 1):
        state = "done" if number < reached else "todo"
        if number == current:
            state = "now"
        may_go = number <= reached and number != current
        road.append(
            {
                "number": number,
                "title": step.title,
                "state": state,
                "detail": words[state],
                "url": url(number) if may_go else "",
            }
        )
    return road
