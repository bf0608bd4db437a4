"""Rectangles in proportion to numbers: Bruls, Huizing and van Wijk's squarified way.

Pure: numbers in, SVG marks out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

PROPORTION = 0.72  # height over width
LETTER_WIDTH = 0.56
NAMED_GROUPS = 8
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Rectangle:
    x: float
    y: float
    width: float
    height: float

    def inside(self, *, top: float, edge: float) -> "Rectangle":
        return Rectangle(
            self.x + edge,
            self.y + top,
            max(self.width - 2 * edge, 0.1),
            max(self.height - top - edge, 0.1),
        )


@dataclass(frozen=True)
class Treemap:
    size: tuple[float, float]
    content: str
    description: str


def draw(
    groups: dict[str, list[tuple[str, int]]], *, width: int, letter: int
) -> Treemap | None:
    """Groups as blocks, their members inside, biggest first; None without numbers."""
    groups = {name: members for name, members in groups.items() if members}
    if not groups:
        return None
    height = round(width * PROPORTION)
    totals = {
        name: sum(count for _, count in members) for name, members in groups.items()
    }
    ordered = sorted(groups, key=lambda name: (-totals[name], name))
    blocks = squarify(
        [totals[name] for name in ordered], Rectangle(0, 0, width, height)
    )
    marks = []
    for rank, (name, block) in enumerate(zip(ordered, blocks, strict=True)):
        marks += _block(name, groups[name], block, rank % 2 + 1, letter)
    leaders = ", ".join(
        f"{name} {grouped(totals[name])}" for name in ordered[:NAMED_GROUPS]
    )
    return Treemap(
        size=(width, height),
        content="".join(marks),
        description=(
            "Chaque rectangle est une commune, sa surface est sa population, réunie "
            f"par intercommunalité. Habitants : {leaders}."
        ),
    )


def squarify(numbers: list[float], area: Rectangle) -> list[Rectangle]:
    """One rectangle a number, as square as can be; numbers positive, falling."""
    placed = []
    remaining = area
    scale = area.width * area.height / sum(numbers)
    sizes = [number * scale for number in numbers]
    while len(placed) < len(sizes):
        row = _best_row(sizes[len(placed) :], min(remaining.width, remaining.height))
        rectangles, remaining = _lay(row, remaining)
        placed += rectangles
    return placed


def grouped(number: int) -> str:
    """« 32 801 », with a space that does not break."""
    return f"{number:,}".replace(",", NO_BREAK_SPACE)


def _best_row(sizes: list[float], side: float) -> list[float]:
    """As many as make the row squarer, and no more."""
    row = sizes[:1]
    for size in sizes[1:]:
        if _worst([*row, size], side) > _worst(row, side):
            break
        row = [*row, size]
    return row


def _worst(row: list[float], side: float) -> float:
    thickness = sum(row) / side
    return max(
        max(thickness / (size / thickness), (size / thickness) / thickness)
        for size in (row[0], row[-1])
    )


def _lay(row: list[float], area: Rectangle) -> tuple[list[Rectangle], Rectangle]:
    """Lay a row along the shorter side; the rectangles and what is left."""
    upright = area.width >= area.height
    side = area.height if upright else area.width
    thickness = sum(row) / side
    placed, offset = [], 0.0
    for size in row:
        length = size / thickness
        placed.append(
            Rectangle(area.x, area.y + offset, thickness, length)
            if upright
            else Rectangle(area.x + offset, area.y, length, thickness)
        )
        offset += length
    if upright:
        rest = Rectangle(
            area.x + thickness, area.y, max(area.width - thickness, 1e-9), area.height
        )
    else:
        rest = Rectangle(
            area.x, area.y + thickness, area.width, max(area.height - thickness, 1e-9)
        )
    return placed, rest


def _block(
    name: str,
    members: list[tuple[str, int]],
    block: Rectangle,
    colour: int,
    letter: int,
) -> Iterator[str]:
    headed = _fits(name, block.width, letter) and block.height > letter * 4
    inner = block.inside(top=letter * 1.6 if headed else 1.5, edge=1.5)
    yield _rectangle(block, f"map-{colour} treemap-group", name)
    if headed:
        yield _label(name, block.x + 6, block.y + letter * 1.2, "treemap-heading")
    members = sorted(members, key=lambda member: (-member[1], member[0]))
    cells = squarify([count for _, count in members], inner)
    for (member, count), cell in zip(members, cells, strict=True):
        yield _rectangle(cell, "treemap-cell", f"{member} : {grouped(count)} habitants")
        if _fits(member, cell.width, letter) and cell.height > letter * 1.6:
            yield _label(
                member, cell.x + 5, cell.y + letter * 1.15, "map-label treemap-name"
            )


def _fits(text: str, width: float, letter: int) -> bool:
    return len(text) * letter * LETTER_WIDTH + 10 < width


def _rectangle(area: Rectangle, css: str, title: str) -> str:
    return (
        f'<rect class="{css}" x="{area.x:.1f}" y="{area.y:.1f}" '
        f'width="{area.width:.1f}" height="{area.height:.1f}">'
        f"<title>{escape(title)}</title></rect>"
    )


def _label(text: str, x: float, y: float, css: str) -> str:
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'
