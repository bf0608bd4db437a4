"""What can happen to bursaries and to the agreements they lead to."""

VERBS = {
    "bursaries.scheme.written": "a écrit la présentation d'une bourse",
    "bursaries.scheme.version_begun": "a préparé une version d'une bourse",
    "bursaries.scheme.version_written": "a écrit les règles d'une bourse",
    "bursaries.scheme.version_published": "a publié une version d'une bourse",
    "bursaries.scheme.version_closed": "a fermé une bourse aux demandes",
    "bursaries.application.submitted": "a déposé une demande de bourse",
    "bursaries.application.piece_received": "a envoyé une pièce",
    "bursaries.application.piece_accepted": "a accepté une pièce",
    "bursaries.application.piece_rejected": "a renvoyé une pièce",
    "bursaries.application.pieces_asked": "a demandé des pièces",
    "bursaries.application.completed": "a déclaré la demande complète",
    "bursaries.application.refused": "a refusé la bourse",
    "bursaries.application.withdrawn": "la personne a retiré sa demande de bourse",
    "bursaries.application.forgotten": "l'identité de la personne a été effacée",
    "bursaries.scheme.version_discarded": "a effacé une version en préparation",
}
