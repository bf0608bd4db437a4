"""The offer that a visitor found, kept while they write their request.

The session holds it: no account is needed to be interested in something.
"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from installation.actions import offers as actions
from installation.models import InstallationRequest, PracticeOffer

KEY = "installation.offer"


def remember(request, offer: PracticeOffer, said: Mapping) -> None:
    request.session[KEY] = {"offer": offer.pk, **said}


def offer(request) -> PracticeOffer | None:
    """What the request is about, to be told at its head."""
    kept = request.session.get(KEY)
    if not kept:
        return None
    rows = PracticeOffer.objects.published().select_related(
        "commune", "intercommunality"
    )
    return rows.filter(pk=kept["offer"]).first()


def deliver(request, filed: InstallationRequest) -> None:
    """The request is filed: its dossier begins with the offer, if it still stands."""
    found, kept = offer(request), request.session.pop(KEY, None)
    if found is None:
        return
    by = request.user if request.user.is_authenticated else None
    try:
        actions.express_interest(
            found,
            filed,
            word=kept.get("word", ""),
            shares_contact=bool(kept.get("shares_contact")),
            by=by,
        )
    except ValidationError:
        return  # taken off while they wrote, or their own
