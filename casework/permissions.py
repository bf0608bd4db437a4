"""What each role of the staff may do here; read after every migration."""

from accounts import roles

_READ = ["view_message", "view_entry", "view_receipt", "view_task", "view_absence"]
_WORK = ["add_task", "change_task", "add_absence", "change_absence", "delete_absence"]
_SETTINGS = [
    "view_emailtemplate",
    "change_emailtemplate",
    "view_ladderstep",
    "add_ladderstep",
    "change_ladderstep",
]

GRANTS = {
    roles.ACCUEIL: [*_READ, *_WORK, "change_message", *_SETTINGS],
    roles.DIRECTION: [*_READ, *_WORK, "change_message", *_SETTINGS],
    roles.COMMUNICATION: ["view_emailtemplate", "change_emailtemplate"],
    roles.FINANCES: [],
    roles.ELUS: [],
}
