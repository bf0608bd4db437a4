"""What partners write, in the words of the person they help."""

from django.db.models import Prefetch

from installation import partners
from installation.models import InstallationRequest, Referral, ReferralMessage
from installation.panels import PANELS, Panel, Place

Side = ReferralMessage.Side
OVER = (
    "Ce partenaire ne s’occupe plus de ce besoin : votre message n’est pas parti. "
    "Écrivez au guichet, dans votre dossier."
)


def panel(dossier: InstallationRequest) -> Panel | None:
    """The last word of each partner that wrote; nothing while none has."""
    messages = ReferralMessage.objects.with_list_data().order_by("created_at", "pk")
    referrals = (
        Referral.objects.filter(need__request=dossier, messages__isnull=False)
        .distinct()
        .select_related("need__topic", "organisation")
        .prefetch_related(Prefetch("messages", messages, to_attr="written"))
    )
    lines = [
        {
            "referral": referral,
            "last": referral.written[-1],
            "is_mine": referral.written[-1].side == Side.PERSON,
            "author": _author(referral.written[-1], referral),
        }
        for referral in referrals
    ]
    if not lines:
        return None
    lines.sort(key=lambda line: line["last"].created_at, reverse=True)
    return Panel("installation/_partner_threads.html", {"lines": lines})


PANELS[Place.PARTNERS] = panel


def thread(referral: Referral) -> list[dict]:
    return [
        {
            "kind": "mine" if message.side == Side.PERSON else "theirs",
            "author": _author(message, referral),
            "at": message.created_at,
            "text": message.body,
        }
        for message in referral.messages.with_list_data()
    ]


def written(dossier: InstallationRequest) -> list[dict]:
    """All of them together, for whoever takes their data away."""
    referrals = Referral.objects.filter(need__request=dossier)
    lines = [
        line for one in referrals.select_related("organisation") for line in thread(one)
    ]
    return sorted(lines, key=lambda line: line["at"])


def by_referral(dossier: InstallationRequest) -> dict[int, list[dict]]:
    """As the desk reads them, in one query for the whole dossier."""
    found: dict[int, list[dict]] = {}
    messages = ReferralMessage.objects.filter(referral__need__request=dossier)
    for message in messages.with_list_data().select_related("referral__organisation"):
        is_person = message.side == Side.PERSON
        found.setdefault(message.referral_id, []).append(
            {
                "look": "theirs" if is_person else "mine",
                "author": dossier.full_name
                if is_person
                else _author(message, message.referral),
                "at": message.created_at,
                "text": message.body,
            }
        )
    return found


def may_write(referral: Referral) -> bool:
    return partners.is_readable(referral)


def _author(message: ReferralMessage, referral: Referral) -> str:
    """« Nathalie Garric, France Travail Nérac »; the organisation alone unsigned."""
    if message.side == Side.PERSON:
        return ""
    if message.side == Side.DESK:
        return message.author.get_full_name()
    name = message.signature or (
        message.author.get_full_name() if message.author else ""
    )
    organisation = referral.organisation.name
    return f"{name}, {organisation}" if name else organisation
