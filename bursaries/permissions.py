"""What each role may do with bursaries in the back-office."""

from accounts import roles

_RULES = ("scheme", "schemeversion")
_ROWS = ("schemeamount", "repaymentstep", "schemedocument")
_READ = [f"view_{model}" for model in (*_RULES, *_ROWS)]

GRANTS = {
    roles.ACCUEIL: [*_READ, "view_bursaryapplication"],
    roles.FINANCES: [*_READ, "view_bursaryapplication"],
    # The rules are voted: the head writes and publishes them.
    roles.DIRECTION: [
        *_READ,
        "view_bursaryapplication",
        *(f"{verb}_{model}" for model in _RULES for verb in ("add", "change")),
        *(f"{verb}_{model}" for model in _ROWS for verb in ("add", "change", "delete")),
    ],
}
