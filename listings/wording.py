"""The words that are kept: what a person reads when they ask for alerts."""

CONSENT_TO_ALERTS = (
    "J’accepte de recevoir par courriel les nouvelles annonces qui répondent à cette "
    "recherche. Chaque message permet d’arrêter en un clic."
)
