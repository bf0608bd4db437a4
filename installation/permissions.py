from accounts import roles

_DOSSIERS = [
    "view_installationrequest",
    "change_installationrequest",
    "view_exchange",
    "view_attachment",
]

GRANTS = {
    roles.ACCUEIL: _DOSSIERS,
    roles.DIRECTION: _DOSSIERS,
}
