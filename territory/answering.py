"""Who answers for an organisation on a day, its absences counted: a pure rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from territory.models import Contact, ContactAbsence, Topic


@dataclass(frozen=True)
class Answering:
    """The contact to write to; None stands for the mailbox of the organisation."""

    contact: Contact | None
    # Whom they stand in for, and that person's last day away.
    instead_of: Contact | None = None
    until: date | None = None

    @property
    def explanation(self) -> str:
        if self.instead_of is None:
            return ""
        back = self.until + timedelta(days=1)
        away = f"{self.instead_of} revient le {back:%d/%m/%Y}"
        if self.contact is None:
            return f"{away}, la boîte de l'organisme répond d'ici là"
        return f"{away}, {self.contact} répond d'ici là"


def who_answers(
    contacts: Iterable[Contact],
    absences: Iterable[ContactAbsence],
    topic: Topic | None,
    day: date,
) -> Answering:
    """Whoever follows the topic, else the main contact; their stand-in when away.

    `contacts` are those of one organisation, with their topics; `absences` may name
    others, and other days.
    """
    active = {contact.pk: contact for contact in contacts if contact.is_active}
    chosen = _chosen(active.values(), topic)
    if chosen is None:
        return Answering(None)
    away = {one.contact_id: one for one in absences if day in one.period}
    if chosen.pk not in away:
        return Answering(chosen)
    until = away[chosen.pk].period.upper - timedelta(days=1)
    found, seen = chosen, set()
    while found is not None and found.pk in away:
        if found.pk in seen:
            found = None  # an old loop: the mailbox answers
            break
        seen.add(found.pk)
        found = active.get(away[found.pk].stand_in_id)
    return Answering(found, chosen, until)


def _chosen(contacts: Iterable[Contact], topic: Topic | None) -> Contact | None:
    """One named for the topic comes first, then the main one, then any generalist."""
    best, best_rank = None, 4
    for contact in contacts:
        slugs = {known.pk for known in contact.topics.all()}
        if topic is not None and topic.pk in slugs:
            rank = 1
        elif contact.is_main:
            rank = 2
        elif not slugs:
            rank = 3
        else:
            continue
        if rank < best_rank:
            best, best_rank = contact, rank
    return best
