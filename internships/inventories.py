"""What inventories look at, and what changed between the entry and the exit."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from internships.models import InventoryLine
from internships.models.inventories import LineKind

# A home as most are; each dwelling may keep its own list.
USUAL = {
    "La chambre": (
        "Lit et matelas",
        "Armoire et rangements",
        "Bureau et chaise",
        "Murs et plafond",
        "Sol",
        "Fenêtre et volets",
        "Lampes et prises",
    ),
    "Cuisine": (
        "Plan de travail et évier",
        "Plaques et four",
        "Réfrigérateur",
        "Vaisselle et ustensiles",
        "Murs, sol et plafond",
    ),
    "Salle d'eau": (
        "Douche ou baignoire",
        "Lavabo et robinets",
        "Toilettes",
        "Murs, sol et plafond",
    ),
    "Séjour et entrée": (
        "Table et sièges",
        "Murs, sol et plafond",
        "Porte d'entrée et serrure",
        "Détecteur de fumée",
    ),
}
METERS = ("Électricité, en kWh", "Eau, en m³")
KEYS = ("Clés du logement", "Clés de la chambre")


def usual_lines() -> list[tuple[str, str, str]]:
    """Section, label and kind of what is looked at where nothing else is said."""
    items = [
        (section, label, LineKind.ITEM)
        for section, labels in USUAL.items()
        for label in labels
    ]
    meters = [("Compteurs et clés", label, LineKind.METER) for label in METERS]
    keys = [("Compteurs et clés", label, LineKind.KEYS) for label in KEYS]
    return [*items, *meters, *keys]


@dataclass
class Section:
    """A part of the home; its number is its place in the addresses."""

    number: int
    title: str
    lines: list[InventoryLine] = field(default_factory=list)

    @property
    def missing(self) -> int:
        return sum(not line.is_filled for line in self.lines)


def sections(lines: Iterable[InventoryLine]) -> list[Section]:
    """The lines by part of the home, each part where its first line stands."""
    lines = list(lines)
    order = {}
    for line in lines:
        order.setdefault(line.section, len(order))
    lines.sort(key=lambda line: (order[line.section], line.rank, line.pk))
    return [
        Section(number, title, list(group))
        for number, (title, group) in enumerate(
            groupby(lines, key=lambda line: line.section), 1
        )
    ]


@dataclass(frozen=True)
class Difference:
    """One thing at the entry and at the exit; `change` is empty when nothing did."""

    label: str
    entry: InventoryLine | None
    exit: InventoryLine
    change: str


def differences(section: Section) -> list[Difference]:
    return [
        Difference(line.label, line.before, line, change(line.before, line))
        for line in section.lines
    ]


# From the best to the worst.
_RANKS = {code: rank for rank, code in enumerate(InventoryLine.Condition.values)}


def change(entry: InventoryLine | None, exit_: InventoryLine) -> str:
    """What changed, in words: a colour alone says it to nobody."""
    if not exit_.is_filled:
        return "à remplir"
    if entry is None:
        return "ajouté à la sortie"
    if exit_.kind == LineKind.METER:
        used = exit_.reading - entry.reading
        if used < 0:
            return "relevé plus bas qu'à l'entrée"
        return f"{used.normalize():f} consommés".replace(".", ",") if used else ""
    if exit_.kind == LineKind.KEYS:
        lost = entry.count - exit_.count
        if not lost:
            return ""
        plural = "s" if abs(lost) > 1 else ""
        return (
            f"{lost} clé{plural} manquante{plural}"
            if lost > 0
            else f"{-lost} clé{plural} de plus"
        )
    moved = _RANKS[exit_.condition] - _RANKS[entry.condition]
    if not moved:
        return ""
    if exit_.condition == InventoryLine.Condition.ABSENT:
        return "disparu"
    return "moins bon" if moved > 0 else "meilleur"
