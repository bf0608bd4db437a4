"""What people agree to, in the words that are shown to them and kept."""

CONSENT_TO_HOST = (
    "J’accepte que mon nom, mon téléphone, mon courriel et ce que j’étudie soient "
    "donnés au terrain de stage, pour qu’il me réponde."
)
CONSENT_TO_KEEP_IN_TOUCH = (
    "J’accepte que le guichet garde le contact avec moi pendant mes études : offres, "
    "rencontres, projets d’installation. Je peux retirer cet accord à tout moment, "
    "dans « Mes accords »."
)
