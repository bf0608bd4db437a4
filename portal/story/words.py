"""How the story is written: what a dossier, a partner, a promise is made of."""

from dataclasses import dataclass, field

from territory.sorting import search_key

CLAIRE, MATHILDE, HELENE = "accueil", "terrain", "direction"


@dataclass(frozen=True)
class Event:
    """Something done on a dossier that day, by the desk or by its author."""

    day: int
    verb: str
    by: str = ""
    text: str = ""
    due: int = 0
    outcome: str = ""
    expected: str = ""
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Dossier:
    """One request and what became of it."""

    first_name: str
    last_name: str
    day: int
    title: str = ""
    key: str = ""
    kind: str = "installation"
    profession: str = "doctor"
    specialty: str = "médecine générale"
    situation: str = "locum"
    mode: str = "liberal"
    days_a_week: int | None = None
    horizon: str = "year"
    places: tuple[int, ...] = ()
    city: str = "Bordeaux"
    postal_code: str = "33000"
    needs: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    household: str = ""
    partner_occupation: str = ""
    message: str = ""
    draft_step: int = 0
    by_phone: bool = False
    bounces: bool = False
    subject: str = "installation"
    phone: str = ""
    address: str = "12 rue des Tilleuls"
    structures: tuple[str, ...] = ()
    callback: bool = False
    events: tuple[Event, ...] = field(default=())

    @property
    def email(self) -> str:
        name = self.key or search_key(f"{self.first_name} {self.last_name}")
        return f"{name.replace(' ', '.')}@demo.example"

    @property
    def wants_family_help(self) -> bool:
        return bool(self.household)


@dataclass(frozen=True)
class Partner:
    """A body the desk works with; its name is completed with real places."""

    key: str
    name: str
    kind: str
    phone: str
    topics: tuple[str, ...] = ()
    place: int = 0
    is_local: bool = False
    member: str = ""


@dataclass(frozen=True)
class Promise:
    title: str
    by: str
    day: int
    due: int
    about: str = ""
    kind: str = "promise"


@dataclass(frozen=True)
class Away:
    who: str
    stand_in: str
    first: int
    last: int


def take(day, by):
    return Event(day, "take", by)


def hand_over(day, by, to):
    return Event(day, "hand_over", by, text=to)


def write(day, by, text, *files):
    return Event(day, "write", by, text, files=files)


def expect(day, by, text, expected, due):
    """A message that asks something of the person, before a day."""
    return Event(day, "expect", by, text, due=due, expected=expected)


def answer(day, text, *files):
    return Event(day, "answer", "", text, files=files)


def note(day, by, text):
    return Event(day, "note", by, text)


def plan(day, by, text, due):
    return Event(day, "plan", by, text, due=due)


def pause(day, by, text, due):
    return Event(day, "pause", by, text, due=due)


def resume(day, by):
    return Event(day, "resume", by)


def close(day, by, outcome, text):
    return Event(day, "close", by, text, outcome=outcome)


def reopen(day, by, text):
    return Event(day, "reopen", by, text)


def withdraw(day, text):
    return Event(day, "withdraw", "", text)
