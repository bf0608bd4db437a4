"""The five pages of the request, in order."""

from dataclasses import dataclass

from installation import forms


@dataclass(frozen=True)
class Step:
    number: int
    title: str
    heading: str
    lead: str
    form: type
    onward: str


STEPS = (
    Step(
        1,
        "Vous",
        "Faisons connaissance",
        "Une personne du guichet vous répond, par téléphone ou par courriel.",
        forms.IdentityStep,
        "Continuer vers votre exercice",
    ),
    Step(
        2,
        "Votre exercice",
        "Que faites-vous aujourd’hui ?",
        "Ce que vous exercez, et ce que vous cherchez.",
        forms.PracticeStep,
        "Continuer vers votre projet",
    ),
    Step(
        3,
        "Votre projet",
        "Où, quand et avec qui ?",
        "« Je ne sais pas encore » est une bonne réponse : nous cherchons avec vous.",
        forms.ProjectStep,
        "Continuer vers votre famille",
    ),
    Step(
        4,
        "Votre famille",
        "Qui vient avec vous ?",
        "Votre conjoint cherche un poste, les enfants une école ? Nous cherchons en "
        "même temps que vous, si vous le voulez.",
        forms.FamilyStep,
        "Continuer et relire",
    ),
    Step(
        5,
        "Relire et envoyer",
        "Tout est juste ?",
        "Relisez, corrigez s’il le faut, puis envoyez.",
        forms.ConfirmStep,
        "Envoyer ma demande",
    ),
)
LAST = STEPS[-1].number


def road(current: int, reached: int, url) -> list[dict]:
    """The bornes above the form: what is behind can be walked again."""
    words = {"done": "Fait", "now": "En cours", "todo": "À venir"}
    road = []
    for step in STEPS:
        if step.number == current:
            state = "now"
        else:
            state = "done" if step.number < reached else "todo"
        may_go = step.number <= reached and step.number != current
        road.append(
            {
                "number": step.number,
                "title": step.title,
                "state": state,
                "detail": words[state],
                "url": url(step.number) if may_go else "",
            }
        )
    return road
