"""What each role may do with bursaries in the back-office."""

from accounts import roles

_RULES = ("scheme", "schemeversion")
_ROWS = ("schemeamount", "repaymentstep", "schemedocument")
_FOLLOWED = (
    "bursaryapplication",
    "committeesession",
    "budgetenvelope",
    "agreement",
    "deed",
    "clausetext",
    "paymentline",
    "breachcase",
)
_READ = [f"view_{model}" for model in (*_RULES, *_ROWS, *_FOLLOWED)]

GRANTS = {
    roles.ACCUEIL: [*_READ, "add_committeesession"],
    # Nobody else opens an account: the others see its mask, where it is told.
    roles.FINANCES: [
        *_READ,
        "view_bankaccount",
        "add_budgetenvelope",
        "change_budgetenvelope",
    ],
    # The rules are voted: the head writes and publishes them.
    roles.DIRECTION: [
        *_READ,
        "add_committeesession",
        "add_budgetenvelope",
        "change_budgetenvelope",
        *(f"{verb}_{model}" for model in _RULES for verb in ("add", "change")),
        *(f"{verb}_{model}" for model in _ROWS for verb in ("add", "change", "delete")),
    ],
}
