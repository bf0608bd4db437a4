from accounts import roles

_FILES = ["view_document", "view_signaturerequest", "view_signatory"]

GRANTS = {
    roles.ACCUEIL: _FILES,
    roles.DIRECTION: _FILES,
}
