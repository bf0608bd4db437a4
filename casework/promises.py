"""What was promised, and for when, read in what somebody of the desk wrote."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from casework import workdays

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
TITLE_LENGTH = 200

# « Je vous rappelle », « nous enverrons », « on revient vers vous »: somebody of the
# desk will do it. A question, or what others will do, is no promise.
_PROMISED = re.compile(
    r"\b(?:je|j['’]|nous|on)\s*"
    r"(?:(?:vous|te|lui|leur|le|la|les|l['’]|y|en|m['’]|me|nous)\s*)*"
    r"(?:vais\s+|allons\s+|va\s+)?(?:vous\s+|lui\s+|leur\s+|le\s+|la\s+|les\s+)?"
    r"(?:re)?(?:rappel|appel|contact|envo|enver|envoi|transm|reviens|reviend|revenons"
    r"|revient|revenir|tiens|tiend|tenir|écri|confirm|prépar|cherch|propos|prend"
    r"|prép|fais|fera|ferons|donne|demand|relanc|vois|verra|règle|régl|organis"
    r"|réserv|vérifi|communiqu|adress|passe|viens|viendr)\w*",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?…])\s+(?=[^a-zà-ÿ])|\n+")
_NEGATED = re.compile(r"\bne\s|\bn['’]|\bpas\b", re.IGNORECASE)

_MONTH = "|".join(MONTHS)
_WEEKDAY = "|".join(WEEKDAYS)
_DAY_AND_MONTH = re.compile(
    rf"\b(?P<day>\d{{1,2}}|1er)\s+(?P<month>{_MONTH})(?:\s+(?P<year>\d{{4}}))?\b",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?(?![\d/])"
)
_DAY_ALONE = re.compile(
    rf"\b(?:le|au|du|dès|avant|pour)\s+(?:(?:{_WEEKDAY})\s+)?(?:le\s+)?"
    r"(?P<day>\d{1,2}|1er)\b(?!/|\s*(?:h\b|heures?|€|euros?|%|rue|avenue|place|\d))",
    re.IGNORECASE,
)
_WEEKDAY_NAMED = re.compile(rf"\b(?P<name>{_WEEKDAY})\b(?P<next>\s+prochain)?", re.I)
_IN_DAYS = re.compile(
    r"\bdans\s+(?:les\s+)?(?P<count>\d{1,2}|un|une|deux|trois|quatre|cinq|huit|dix"
    r"|quinze)\s+(?P<unit>jours?\s+ouvrés?|jours?|semaines?|mois)\b",
    re.IGNORECASE,
)
_SAID = (
    (re.compile(r"\baprès[- ]demain\b", re.I), lambda day: day + timedelta(days=2)),
    (re.compile(r"\bdemain\b", re.I), lambda day: day + timedelta(days=1)),
    (
        re.compile(r"\b(?:aujourd['’]hui|tout à l['’]heure|ce soir)\b", re.I),
        lambda day: day,
    ),
    # Next week ends on its Friday: the latest day that keeps the word.
    (
        re.compile(r"\b(?:la\s+)?semaine\s+prochaine\b", re.I),
        lambda day: _friday(day) + timedelta(days=7),
    ),
    (
        re.compile(r"\b(?:cette|fin\s+de|de\s+la)\s+semaine\b", re.I),
        lambda day: _friday(day),
    ),
    (
        re.compile(r"\b(?:la\s+|à la\s+)?fin\s+d(?:u|e)\s+mois\b", re.I),
        lambda day: _month_end(day),
    ),
)
_NUMBERS = {
    "un": 1,
    "une": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "huit": 8,
    "dix": 10,
    "quinze": 15,
}


@dataclass(frozen=True)
class Promise:
    """A sentence that engages the desk, and the day it names."""

    sentence: str
    due_on: date


def find(text: str, said_on: date) -> list[Promise]:
    """The promises of a text, in its order; a day that is past is no promise."""
    found = []
    for sentence in sentences(text):
        if sentence.endswith("?") or not (promised := _PROMISED.search(sentence)):
            continue
        if _NEGATED.search(sentence[promised.start() : promised.end() + 8]):
            continue
        day = day_named(sentence, said_on)
        if day is not None and day >= said_on:
            # « Appel : je vous rappelle lundi. »: what introduces it is no part of it.
            _intro, _colon, said = sentence[: promised.start()].rpartition(" : ")
            words = said + sentence[promised.start() :]
            found.append(Promise(_short(words[:1].upper() + words[1:]), day))
    return found


def sentences(text: str) -> Iterator[str]:
    for part in _SENTENCES.split(text):
        if part := " ".join(part.split()):
            yield part


def day_named(text: str, said_on: date) -> date | None:
    """The first date that a French sentence names, as heard on that day."""
    readings = (
        _day_and_month,
        _figures,
        _in_so_long,
        _said,
        _day_alone,
        _weekday,
    )
    for read in readings:
        if day := read(text, said_on):
            return day
    return None


def _day_and_month(text: str, said_on: date) -> date | None:
    match = _DAY_AND_MONTH.search(text)
    if match is None:
        return None
    month = MONTHS.index(match["month"].lower()) + 1
    return _in_year(said_on, _number(match["day"]), month, match["year"])


def _figures(text: str, said_on: date) -> date | None:
    match = _FIGURES.search(text)
    if match is None:
        return None
    return _in_year(said_on, int(match["day"]), int(match["month"]), match["year"])


def _in_so_long(text: str, said_on: date) -> date | None:
    match = _IN_DAYS.search(text)
    if match is None:
        return None
    count, unit = _number(match["count"]), match["unit"].lower()
    if "ouvré" in unit:
        return workdays.add(said_on, count)
    if unit.startswith("semaine"):
        return said_on + timedelta(days=7 * count)
    if unit == "mois":
        return said_on + timedelta(days=30 * count)
    return said_on + timedelta(days=count)


def _said(text: str, said_on: date) -> date | None:
    for words, day_of in _SAID:
        if words.search(text):
            return day_of(said_on)
    return None


def _day_alone(text: str, said_on: date) -> date | None:
    """« Le 12 »: of this month, else of the next one that has such a day."""
    match = _DAY_ALONE.search(text)
    if match is None:
        return None
    number = _number(match["day"])
    first = said_on.replace(day=1)
    for _ in range(3):
        day = _date(first.year, first.month, number)
        if day and day >= said_on:
            return day
        first = _month_end(first) + timedelta(days=1)
    return None


def _weekday(text: str, said_on: date) -> date | None:
    """The next one: a Monday said on a Monday is the week after."""
    match = _WEEKDAY_NAMED.search(text)
    if match is None:
        return None
    ahead = WEEKDAYS.index(match["name"].lower()) - said_on.weekday()
    return said_on + timedelta(days=ahead if ahead > 0 else ahead + 7)


def _in_year(said_on: date, day: int, month: int, year: str | None) -> date | None:
    """Without a year, the next such day."""
    if year:
        return _date(int(year) % 100 + 2000, month, day)
    for candidate in (said_on.year, said_on.year + 1):
        found = _date(candidate, month, day)
        if found and found >= said_on:
            return found
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(word: str) -> int:
    word = word.lower()
    if word == "1er":
        return 1
    return _NUMBERS.get(word) or int(word)


def _friday(day: date) -> date:
    """The last working day one thinks of: said at the week-end, the next one's."""
    ahead = 4 - day.weekday()
    return day + timedelta(days=ahead if ahead >= 0 else ahead + 7)


def _month_end(day: date) -> date:
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return following - timedelta(days=1)


def _short(sentence: str) -> str:
    if len(sentence) <= TITLE_LENGTH:
        return sentence
    return sentence[: TITLE_LENGTH - 2].rsplit(" ", 1)[0] + " …"
