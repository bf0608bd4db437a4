VERBS = {
    "documents.document.quarantined": "un fichier a été bloqué par l'antivirus",
    "documents.document.discarded": "a supprimé le contenu d'un document",
}
