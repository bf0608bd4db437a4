"""French for what Unfold says and has not translated.

Our own pages are written in French; this is only for the words of the package, which
come from its templates and its forms.
"""

from gettext import NullTranslations

from django.utils.translation import trans_real

WORDS = {
    "Choose file to upload": "Choisir un fichier",
    "Clear selection": "Tout désélectionner",
    "Expand row": "Déplier la ligne",
    "False": "Non",
    "General": "Général",
    "Go back": "Revenir",
    "Image preview": "Aperçu de l’image",
    "More actions": "Autres actions",
    "Next": "Suivant",
    "No data": "Rien à montrer",
    "No results found": "Rien ne correspond",
    "No results matching your query": "Rien ne correspond à la recherche",
    "No, take me back": "Non, revenir",
    "Previous": "Précédent",
    "Record picture": "Image de la fiche",
    "Remove from sorting": "Ne plus trier par cette colonne",
    "Reset filters": "Retirer les filtres",
    "Run": "Lancer",
    "Select all rows": "Choisir toutes les lignes",
    "Select value": "Choisissez",
    "Show counts": "Montrer les nombres",
    "Submit": "Valider",
    "This item will be deleted.": "Cette ligne sera supprimée.",
    "Toggle password visibility": "Montrer ou cacher le mot de passe",
    "True": "Oui",
    "Type to search": "Chercher dans la liste",
    "Unknown": "Inconnu",
}


class Words(NullTranslations):
    """The last resort of the French catalogue: asked when it knows nothing."""

    def gettext(self, message):
        return WORDS.get(message, message)


def teach() -> None:
    trans_real.translation("fr").add_fallback(Words())
