"""The documentation tells the moves that the code allows."""

import re

from django.conf import settings

from installation.models import REFERRAL_TRANSITIONS

ROW = re.compile(r"^\| `(\w+)` \| ([\w, ]+) \| (\w+) \|$", re.MULTILINE)


def test_the_page_about_referrals_holds_the_table_of_the_code():
    page = (settings.BASE_DIR / "docs" / "referrals.md").read_text()

    assert ROW.findall(page) == [
        (verb, ", ".join(sorted(allowed, key=_order)), str(target.value))
        for verb, (_infinitive, allowed, target) in REFERRAL_TRANSITIONS.items()
    ]


def _order(state) -> tuple[bool, str]:
    """Those at work first, as the page tells them, then by name."""
    return state not in ("sent", "taken"), str(state)
