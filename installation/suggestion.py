"""Which partners could help with a need, the best first, and why: a pure rule."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from installation.directory import Partner, Place
from territory.answering import Answering
from territory.models import Topic


@dataclass(frozen=True)
class Suggestion:
    """A partner that covers the topic, and what to know before choosing it."""

    partner: Partner
    answering: Answering
    reasons: tuple[str, ...]
    # Neither closed to mail nor refused already.
    is_recommended: bool = True

    @property
    def explanation(self) -> str:
        return ", ".join(self.reasons)

    @property
    def address(self) -> str:
        return self.partner.address(self.answering)


def suggest(
    topic: Topic,
    wished: Sequence[Place],
    partners: Iterable[Partner],
    day: date,
    *,
    declined: Collection[int] = (),
) -> list[Suggestion]:
    """Those that cover the topic and a wished place.

    Whoever can be written to and has not refused comes first; then whoever covers
    most of the places, the local before those of the whole Département, the least
    busy, and the name. `declined` are the organisations that gave this need back.
    """
    theme = f"thème {_lowered(topic.name)}"
    key = topic.pk
    ranked = []
    for partner in partners:
        if key not in partner.topics:
            continue
        covered = [place for place in wished if partner.covers(place)]
        if wished and not covered:
            continue
        answering = partner.answering(topic, day)
        gave_back = partner.organisation.pk in declined
        reachable = bool(partner.address(answering))
        reasons = [
            _where(wished, covered, partner),
            theme,
            _busy(partner.running),
        ]
        if answering.explanation:
            reasons.append(answering.explanation)
        if gave_back:
            reasons.append("a déjà rendu ce besoin")
        if not reachable:
            reasons.append("sans adresse : à ajouter dans l'annuaire")
        suggestion = Suggestion(
            partner,
            answering,
            tuple(reasons),
            is_recommended=reachable and not gave_back,
        )
        rank = (
            not suggestion.is_recommended,
            -len(covered),
            partner.is_everywhere,
            partner.running,
            partner.organisation.sort_key,
        )
        ranked.append((rank, suggestion))
    ranked.sort(key=lambda pair: pair[0])
    return [suggestion for _rank, suggestion in ranked]


def _where(wished, covered, partner) -> str:
    if partner.is_everywhere:
        return "couvre tout le Département"
    if not wished:
        return "lieu pas encore choisi"
    said = f"couvre {enumerated([place.name for place in covered])}"
    missed = [place.name for place in wished if place not in covered]
    return f"{said} mais pas {enumerated(missed)}" if missed else said


def _busy(running: int) -> str:
    if running == 0:
        return "aucune orientation en cours"
    if running == 1:
        return "1 orientation en cours"
    return f"{running} orientations en cours"


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]


def enumerated(names: Sequence[str]) -> str:
    """« Marmande, Nérac et Tonneins »."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} et {names[-1]}"
