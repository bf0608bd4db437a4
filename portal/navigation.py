"""What the law puts at the foot of every page."""

LEGAL = [
    (1, "Accessibilité : non conforme", "accessibility"),
    (2, "Mentions légales", "legal-notice"),
    (3, "Données personnelles", "personal-data"),
]
