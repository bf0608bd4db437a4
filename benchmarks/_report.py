"""One way to print what was measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A measure, and its ratio to the first row when it has a budget."""

    label: str
    milliseconds: float
    ratio: float | None = None
    budget: float | None = None
    detail: str = ""

    @property
    def time(self) -> str:
        if self.milliseconds >= 1000:
            return f"{self.milliseconds / 1000:.1f} s "
        return f"{self.milliseconds:.2f} ms"

    @property
    def is_within(self) -> bool:
        return self.budget is None or self.ratio <= self.budget


def show(title: str, rows: list[Row]) -> bool:
    """Print the table; say whether every row is within its budget."""
    print(f"\n{title}")
    print(f"  {'':32} {'median':>10} {'ratio':>7} {'budget':>7}")
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        budget = "" if row.budget is None else f"{row.budget:.1f}"
        verdict = "" if row.is_within else "  BEYOND"
        print(
            f"  {row.label:32} {row.time:>10} {ratio:>7} {budget:>7}"
            f"  {row.detail}{verdict}".rstrip()
        )
    return all(row.is_within for row in rows)
