"""What can happen to bursaries and to the agreements they lead to."""

VERBS = {
    "bursaries.scheme.written": "a écrit la présentation d'une bourse",
    "bursaries.scheme.version_begun": "a préparé une version d'une bourse",
    "bursaries.scheme.version_written": "a écrit les règles d'une bourse",
    "bursaries.scheme.version_published": "a publié une version d'une bourse",
    "bursaries.scheme.version_closed": "a fermé une bourse aux demandes",
    "bursaries.scheme.version_discarded": "a effacé une version en préparation",
}
