"""The pages that show every app, and what the law puts at the foot of each."""

SITE = [(30, "Les communes et leurs soins", "commune-list")]

LEGAL = [
    (1, "Accessibilité : non conforme", "accessibility"),
    (2, "Mentions légales", "legal-notice"),
    (3, "Données personnelles", "personal-data"),
]
