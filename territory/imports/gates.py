"""What a file must satisfy before anything of it is served."""

import datetime as dt
from dataclasses import dataclass, field

# Under this share of what was there last time, a file was cut on its way.
ENOUGH = 0.8
MESSAGES_KEPT = 200


class Refused(Exception):
    """The file is not taken; says where it is wrong and why, in a sentence.

    What `may_be_forced` is a likely accident, not a contradiction: the person who
    knows better may ask for it all the same.
    """

    def __init__(self, reason: str, *, where="", may_be_forced=False):
        if isinstance(where, int):
            where = f"Ligne {where}"
        super().__init__(f"{where} : {reason}" if where else reason)
        self.may_be_forced = may_be_forced


@dataclass
class Report:
    """What reading and writing one file came to."""

    source: str
    data_date: dt.date | None = None
    rows: int = 0
    kept: int = 0
    created: int = 0
    updated: int = 0
    messages: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated)


@dataclass
class Gate:
    """Refuses, or when forced notes what was let through."""

    report: Report
    forced: bool = False

    def doubt(self, reason: str, *, where="") -> None:
        """Stop here unless the file is forced; then the rest goes on without it."""
        refusal = Refused(reason, where=where, may_be_forced=True)
        if not self.forced:
            raise refusal
        self.note(f"Forcé. {refusal}")

    def note(self, message: str) -> None:
        if len(self.report.messages) < MESSAGES_KEPT:
            self.report.messages.append(message)

    def compare(self, previous) -> None:
        """Half a file, or an older one, is not a new state of the world."""
        if previous is None:
            return
        for count, before, what in [
            (self.report.rows, previous.rows, "lignes"),
            (self.report.kept, previous.kept, "lignes du Département"),
        ]:
            if count < ENOUGH * before:
                self.doubt(
                    f"Le fichier n'a que {count} {what}, contre {before} la dernière "
                    f"fois ({previous.file_name}) : il semble coupé."
                )
        dates = self.report.data_date, previous.data_date
        if all(dates) and dates[0] < dates[1]:
            self.doubt(
                f"Le fichier est du {dates[0]:%d/%m/%Y}, plus ancien que celui qui est "
                f"servi ({dates[1]:%d/%m/%Y})."
            )


def undecodable_line(path, error: UnicodeDecodeError) -> Refused:
    """Where the encoding breaks, in lines rather than in bytes."""
    number = 0
    with open(path, "rb") as file:
        for number, line in enumerate(file, 1):  # noqa: B007
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as found:
                error = found
                break
    octet = error.object[error.start]
    return Refused(
        f"ce n'est pas de l'UTF-8 (octet {octet:#04x}), sans doute du Windows-1252. "
        "Enregistrez le fichier en UTF-8 et recommencez.",
        where=number,
    )


def day(text: str) -> dt.date | None:
    """A day as these files write it: 2026-05-12, 30/10/2025 or 20260512."""
    text = text.strip()
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%Y%m%d"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None
