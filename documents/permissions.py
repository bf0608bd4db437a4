from accounts import roles

GRANTS = {
    roles.ACCUEIL: ["view_document"],
    roles.DIRECTION: ["view_document"],
}
