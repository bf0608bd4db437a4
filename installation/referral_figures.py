"""How referrals end, by topic: the three answers are what is counted."""

from dataclasses import dataclass

from django.db.models import Count

from installation.models import Referral
from installation.models.referrals import ANSWERS, RUNNING_STATES
from territory.models import Topic

State = Referral.State


@dataclass(frozen=True)
class Figures:
    """One topic, or all of them: what was sent, and how it ended."""

    title: str
    running: int
    helped: int
    no_help: int
    unreachable: int
    # Given back, recalled, withdrawn: ends that answer nothing.
    other: int

    @property
    def answered(self) -> int:
        return self.helped + self.no_help + self.unreachable

    @property
    def sent(self) -> int:
        return self.running + self.answered + self.other

    @property
    def share_helped(self) -> int | None:
        """In a hundred answers; nothing is said of none."""
        return round(100 * self.helped / self.answered) if self.answered else None


def by_topic() -> list[Figures]:
    """A line for each topic, in the order of the forms, then the total."""
    rows = (
        Referral.objects.order_by()
        .values_list("need__topic", "state")
        .annotate(count=Count("pk"))
    )
    counted: dict[int, dict[str, int]] = {}
    for topic, state, count in rows:
        counted.setdefault(topic, {})[state] = count
    lines = [
        _figures(topic.name, counted.get(topic.pk, {})) for topic in Topic.objects.all()
    ]
    every: dict[str, int] = {}
    for states in counted.values():
        for state, count in states.items():
            every[state] = every.get(state, 0) + count
    return [*lines, _figures("Tous les sujets", every)]


def _figures(title: str, states: dict[str, int]) -> Figures:
    told = {*RUNNING_STATES, *ANSWERS}
    return Figures(
        title=title,
        running=sum(states.get(state, 0) for state in RUNNING_STATES),
        helped=states.get(State.HELPED, 0),
        no_help=states.get(State.NO_HELP, 0),
        unreachable=states.get(State.UNREACHABLE, 0),
        other=sum(count for state, count in states.items() if state not in told),
    )
