"""What is written about bursaries."""

from casework import money_messages

_SAMPLES = {
    "reference": "BE47-2026-0001",
    "aide": "Bourse d’engagement des internes",
    "pieces": "- Certificat de scolarité de l’année",
}

TEMPLATES = money_messages.templates(
    "bursaries",
    "application",
    noun="demande de bourse",
    then="Un comité donne son avis, puis la commission permanente du Département vote.",
    samples=_SAMPLES,
)
