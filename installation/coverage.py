"""Who helps with what, and where nobody does: topics by intercommunality."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casework import spreadsheets
from installation.directory import Partner
from territory.models import Intercommunality, Topic


@dataclass(frozen=True)
class Cell:
    """One topic in one intercommunality: those that cover it whole, or in part."""

    topic: Topic
    group: Intercommunality
    whole: tuple[Partner, ...]
    part: tuple[tuple[Partner, int], ...]
    # How many communes of the Département the intercommunality has.
    size: int

    @property
    def look(self) -> str:
        if self.whole:
            return "covered"
        return "part" if self.part else "hole"

    @property
    def sentence(self) -> str:
        """Said in words: a colour alone would tell nothing to some."""
        if self.whole:
            count = len(self.whole)
            return "1 partenaire" if count == 1 else f"{count} partenaires"
        if self.part:
            communes = max(count for _partner, count in self.part)
            return f"{communes} commune{'s' * (communes > 1)} sur {self.size}"
        return "Personne"

    @property
    def names(self) -> list[str]:
        return [
            *(partner.organisation.name for partner in self.whole),
            *(
                f"{partner.organisation.name} ({count} sur {self.size})"
                for partner, count in self.part
            ),
        ]


@dataclass(frozen=True)
class Line:
    topic: Topic
    cells: tuple[Cell, ...]

    @property
    def holes(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.look == "hole"]


def table(
    topics: Iterable[Topic],
    groups: Sequence[tuple[Intercommunality, int]],
    partners: Sequence[Partner],
) -> list[Line]:
    """A line for each topic, a cell for each intercommunality and its size."""
    lines = []
    for topic in topics:
        helping = [partner for partner in partners if topic.pk in partner.topics]
        cells = tuple(_cell(topic, group, size, helping) for group, size in groups)
        lines.append(Line(topic, cells))
    return lines


def _cell(topic, group, size, helping) -> Cell:
    whole, part = [], []
    for partner in helping:
        communes = partner.touched.get(group.pk, 0)
        if partner.is_everywhere or group.pk in partner.groups or communes >= size:
            whole.append(partner)
        elif communes:
            part.append((partner, communes))
    return Cell(topic, group, tuple(whole), tuple(part), size)


def as_csv(lines: Iterable[Line]) -> str:
    """For a spreadsheet: one line for each cell."""
    head = ["Projet", "Sujet", "Intercommunalité", "SIREN", "Couverture", "Partenaires"]
    return spreadsheets.as_csv(
        head,
        (
            [
                line.topic.get_track_display(),
                line.topic.name,
                cell.group.name,
                cell.group.code,
                cell.sentence,
                ", ".join(cell.names),
            ]
            for line in lines
            for cell in line.cells
        ),
    )
