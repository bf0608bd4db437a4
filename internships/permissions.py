"""What each role may do with placements and housing in the back-office."""

from accounts import roles

_WRITTEN = [
    f"{verb}_{model}"
    for model in (
        "semester",
        "placementsite",
        "supervisor",
        "placementoffer",
        "offerphoto",
        "dwelling",
        "dwellingphoto",
        "sitedistance",
        "room",
        "scoreweight",
        "indemnityrate",
    )
    for verb in ("view", "add", "change")
]
_ACTED_ON = [
    f"view_{model}"
    for model in (
        "interest",
        "placement",
        "assessment",
        "housingrequest",
        "occupation",
        "stay",
        "inventory",
        "housingbenefit",
        "rentcall",
        "rentpayment",
        "incident",
    )
]
# Somebody tells the desk that they come, without an offer.
_TOLD = ["add_placement"]
_REMOVED = ["delete_offerphoto", "delete_dwellingphoto", "delete_sitedistance"]

GRANTS = {
    roles.ACCUEIL: [*_WRITTEN, *_ACTED_ON, *_TOLD, *_REMOVED],
    roles.DIRECTION: [*_WRITTEN, *_ACTED_ON, *_TOLD, *_REMOVED],
    roles.FINANCES: [
        f"view_{model}"
        for model in (
            "dwelling",
            "room",
            "stay",
            "housingbenefit",
            "rentcall",
            "rentpayment",
        )
    ],
}
