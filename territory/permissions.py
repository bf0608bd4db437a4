"""What each role may do with places and bodies; the roles are those of accounts."""

_PLACES = [
    "view_departement",
    "view_intercommunality",
    "view_commune",
    "view_communepopulation",
    "view_zoning",
    "view_zoneassignment",
    "view_topic",
    "view_organisation",
    "view_healthstructure",
]
# Whom the desk calls: their names are for those who orient.
_DIRECTORY = [
    "view_contact",
    "add_contact",
    "change_contact",
    "view_contactabsence",
    "add_contactabsence",
    "change_contactabsence",
    "delete_contactabsence",
]
_BODIES = [
    "add_organisation",
    "change_organisation",
    "add_healthstructure",
    "change_healthstructure",
    "view_importrun",
]
_LOADING = ["add_importrun"]

GRANTS = {
    "accueil": [*_PLACES, *_BODIES, *_DIRECTORY, *_LOADING, "view_desk"],
    "direction": [
        *_PLACES,
        *_BODIES,
        *_DIRECTORY,
        *_LOADING,
        "view_desk",
        "change_desk",
        "change_topic",
        "add_zoning",
        "change_zoning",
        "add_zoneassignment",
        "change_zoneassignment",
    ],
    "finances": ["view_commune", "view_organisation"],
    "communication": [*_PLACES, *_BODIES, "view_desk", "change_desk"],
    "elus": [],
}
