VERBS = {
    "documents.document.quarantined": "un fichier a été bloqué par l'antivirus",
    "documents.document.discarded": "a supprimé le contenu d'un document",
    "documents.signature.opened": "a mis un document à la signature",
    "documents.signature.code_sent": "un code de signature est parti",
    "documents.signature.code_refused": "un code de signature a été refusé",
    "documents.signature.given": "une signature a été recueillie",
    "documents.signature.completed": "un document est signé de tous",
    "documents.signature.filed": "le document signé a été produit",
    "documents.signature.abandoned": "a abandonné une signature",
    "documents.power.set": "a dit qui signe pour le Département",
    "documents.seal.revoked": "a déclaré révoqué un certificat du cachet",
    "documents.signature.forgotten": "les noms d'un document signé ont été effacés",
}
