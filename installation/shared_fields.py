"""What a partner reads of a dossier: the fields, by topic, and nothing else (R-50).

The consent, the letter to the partner, its page and the person's own « qui voit
quoi » all read this table.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from installation import presentation
from installation.models import Need, Referral
from territory.models import Organisation, Topic


@dataclass(frozen=True)
class SharedField:
    """One fact about a person: how it is called, and where it is read."""

    label: str
    read: Callable[[Need], str]


def _phone(need: Need) -> str:
    phone = need.request.phone or need.request.applicant.phone
    return phone.as_national if phone else ""


def _children(need: Need) -> str:
    return ", ".join(f"{count} ({band})" for band, count in need.request.children)


def _under_3(need: Need) -> str:
    count = need.request.children_under_3
    return str(count) if count else ""


FIELDS: dict[str, SharedField] = {
    "name": SharedField("nom", lambda need: need.request.full_name),
    "email": SharedField("courriel", lambda need: need.request.contact_email),
    "phone": SharedField("téléphone", _phone),
    "profession": SharedField(
        "profession", lambda need: need.request.get_profession_display()
    ),
    "specialty": SharedField("spécialité", lambda need: need.request.specialty),
    "mode": SharedField(
        "exercice souhaité", lambda need: need.request.get_mode_display()
    ),
    "household": SharedField(
        "taille du foyer", lambda need: need.request.get_household_display()
    ),
    "partner_occupation": SharedField(
        "métier recherché", lambda need: need.request.partner_occupation
    ),
    "children": SharedField("nombre d'enfants par tranche d'âge", _children),
    "children_under_3": SharedField("nombre d'enfants de moins de 3 ans", _under_3),
    "places": SharedField(
        "lieux souhaités",
        lambda need: ", ".join(presentation.places(need.request)),
    ),
    "horizon": SharedField("échéance", lambda need: need.request.get_horizon_display()),
    "details": SharedField("précisions sur ce besoin", lambda need: need.details),
}

ALWAYS = ("name", "email", "phone")
BY_TOPIC = {
    "housing": ("household", "places", "horizon", "details"),
    "partner-job": ("partner_occupation", "places", "horizon", "details"),
    "school": ("children", "places", "horizon", "details"),
    "childcare": ("children_under_3", "places", "horizon", "details"),
    "leisure": ("places", "details"),
}
# A professional topic: what the person wants to practise, where and when.
ELSE = ("profession", "specialty", "mode", "places", "horizon", "details")


def fields_for(topic: Topic) -> list[str]:
    """The codes of what a partner needs for this topic, in reading order."""
    return [*ALWAYS, *BY_TOPIC.get(topic.slug, ELSE)]


def labels(codes: Iterable[str]) -> list[str]:
    return [FIELDS[code].label for code in codes if code in FIELDS]


def labels_for(organisation: Organisation) -> list[str]:
    """All that an organisation may be sent, for every topic it covers."""
    topics = organisation.topics.all()
    codes = [code for topic in topics for code in fields_for(topic)]
    return labels(dict.fromkeys(codes or [*ALWAYS, *ELSE]))


def preview(need: Need, codes: Iterable[str]) -> list[tuple[str, str]]:
    """What would be sent today; a blank stands for what nobody told us."""
    known = [FIELDS[code] for code in codes if code in FIELDS]
    return [(field.label, field.read(need)) for field in known]


def values(referral: Referral) -> list[tuple[str, str]]:
    """What the partner may read now: its listed fields, while it is at work."""
    if not referral.is_running:
        return []
    told = preview(referral.need, referral.shared_fields)
    return [(label, value) for label, value in told if value]
