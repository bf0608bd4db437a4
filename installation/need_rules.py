"""From the answers of a request to the topics someone needs help with.

What may be asked is code, since it reads the dossier; what an answer leads to is a
row that staff edit (`NeedRule`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from installation.models import (
    CHILDREN_FIELDS,
    InstallationRequest,
    NeedRule,
    RequestDetails,
)
from territory.models import Topic


@dataclass(frozen=True)
class Question:
    """One question of the forms: its possible answers, and those of a dossier."""

    title: str
    answers: Sequence[tuple[str, str]]
    given: Callable[[InstallationRequest], Iterable[str]]


def _one(name: str) -> Callable[[InstallationRequest], list[str]]:
    return lambda request: [getattr(request, name)]


def _children(request: InstallationRequest) -> list[str]:
    return [name for name in CHILDREN_FIELDS if getattr(request, name)]


def _occupation(request: InstallationRequest) -> list[str]:
    return ["given"] if request.partner_occupation else []


def _detail(name: str) -> Callable[[InstallationRequest], list[str]]:
    def given(request: InstallationRequest) -> list[str]:
        details = RequestDetails.objects.filter(request=request).first()
        answer = getattr(details, name, "")
        return answer if isinstance(answer, list) else [answer]

    return given


_BANDS = [
    (name, str(InstallationRequest._meta.get_field(name).verbose_name))
    for name in CHILDREN_FIELDS
]

QUESTIONS: dict[str, Question] = {
    "kind": Question(
        "Nature de la demande", InstallationRequest.Kind.choices, _one("kind")
    ),
    "mode": Question(
        "Exercice souhaité", InstallationRequest.Mode.choices, _one("mode")
    ),
    "horizon": Question(
        "Échéance", InstallationRequest.Horizon.choices, _one("horizon")
    ),
    "situation": Question(
        "Situation actuelle",
        InstallationRequest._meta.get_field("situation").choices,
        _one("situation"),
    ),
    "structures": Question(
        "Lieux d'exercice souhaités",
        InstallationRequest.Structure.choices,
        lambda request: request.structures,
    ),
    "household": Question(
        "Foyer", InstallationRequest.Household.choices, _one("household")
    ),
    "children": Question("Enfants qui viennent", _BANDS, _children),
    "partner_occupation": Question(
        "Métier recherché", [("given", "indiqué")], _occupation
    ),
    "helps": Question(
        "Aide attendue pour rester", RequestDetails.Help.choices, _detail("helps")
    ),
    "project": Question(
        "Projet de structure", RequestDetails.Project.choices, _detail("project")
    ),
}

# The first rows: what the desk would have guessed itself.
DEFAULTS: tuple[tuple[str, str, str], ...] = (
    ("children", "children_under_3", "childcare"),
    ("children", "children_3_5", "school"),
    ("children", "children_6_10", "school"),
    ("children", "children_11_15", "school"),
    ("children", "children_16_plus", "school"),
    ("partner_occupation", "given", "partner-job"),
    ("structures", "health_house", "structure"),
    ("structures", "health_centre", "structure"),
    ("structures", "group", "structure"),
    ("structures", "alone", "premises"),
    ("horizon", "soon", "administrative"),
    ("situation", "intern", "mentor"),
    ("helps", "premises", "premises"),
    ("helps", "group", "structure"),
    ("helps", "workload", "aids"),
    ("project", "health_house", "premises"),
    ("project", "health_centre", "premises"),
    ("project", "secondary_practice", "aids"),
    ("project", "e_health", "aids"),
    ("project", "nurse", "aids"),
)


def topics_of(request: InstallationRequest) -> list[Topic]:
    """What was ticked, and what the other answers lead to, each once."""
    found = {topic.pk: topic for topic in request.topics.all()}
    given: dict[str, set[str]] = {}
    for rule in NeedRule.objects.active():
        question = QUESTIONS.get(rule.question)
        if question is None:
            continue  # a question that the forms no longer ask
        if rule.question not in given:
            given[rule.question] = set(question.given(request))
        if rule.answer in given[rule.question]:
            found[rule.topic_id] = rule.topic
    return sorted(found.values(), key=lambda topic: topic.rank)


def settle(using="default", **_signal) -> None:
    """After a migration: the first rows of a question that has none; never more,
    so that what staff took away stays away."""
    rules = NeedRule.objects.using(using)
    settled = set(rules.order_by().values_list("question", flat=True).distinct())
    topics = {topic.slug: topic for topic in Topic.objects.using(using)}
    rules.bulk_create(
        NeedRule(question=question, answer=answer, topic=topics[slug])
        for question, answer, slug in DEFAULTS
        if question not in settled and slug in topics
    )
