"""What each role of the staff may do here; read after every migration."""

from accounts import roles

_PEOPLE = [
    "view_person",
    "add_person",
    "change_person",
    "view_contactpoint",
    "add_contactpoint",
    "change_contactpoint",
    "delete_contactpoint",
    "view_practitionerprofile",
    "add_practitionerprofile",
    "change_practitionerprofile",
    "view_studentprofile",
    "add_studentprofile",
    "change_studentprofile",
    "view_membership",
    "add_membership",
    "change_membership",
    "view_consent",
]
_RETENTION = [
    "view_purgenotice",
    "view_purgeaggregate",
    "view_archivevisa",
    "view_consistencyrun",
]

GRANTS = {
    roles.ACCUEIL: [*_PEOPLE, *_RETENTION],
    roles.DIRECTION: [
        *_PEOPLE,
        *_RETENTION,
        "add_archivevisa",
        "view_user",
        "change_user",
    ],
    # Nobody's identity, until what they pay or write to asks for it.
    roles.FINANCES: [],
    roles.COMMUNICATION: [],
    roles.ELUS: [],
}
