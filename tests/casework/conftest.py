from datetime import timedelta

import pytest

from casework import catalogue, ladders, links
from casework.catalogue import MessageTemplate
from casework.links import LinkScope

RECEIPT = MessageTemplate(
    key="tests.receipt",
    title="Accusé de réception",
    subject="Votre demande {reference} est arrivée",
    body=(
        "Bonjour {prenom},\n\nNous avons reçu votre demande.\n\n"
        "> Référence : {reference}\n> Réponse avant le {avant}\n\n"
        "- une chose\n- une autre\n\n[Ouvrir mon dossier]({lien})"
    ),
    variables={
        "prenom": "Prénom",
        "reference": "Référence du dossier",
        "avant": "Date de la réponse",
        "lien": "Lien vers le dossier",
    },
)
REMINDER = MessageTemplate(
    key="tests.reminder", title="Relance", subject="Un dossier attend", body="Bonjour."
)


@pytest.fixture
def templates(monkeypatch):
    """Two messages beside those of the apps."""
    known = {
        **catalogue.templates(),
        RECEIPT.key: RECEIPT,
        REMINDER.key: REMINDER,
    }
    monkeypatch.setattr(catalogue, "templates", lambda: known)
    return known


@pytest.fixture
def declared_ladders(monkeypatch, templates):
    """Ladders to fill in: those of the apps are left alone."""
    known = {}
    monkeypatch.setattr(ladders, "ladders", lambda: known)
    return known


@pytest.fixture
def scope(monkeypatch):
    known = {
        "tests.follow": LinkScope(
            title="Suivre votre demande",
            redirect=lambda task: f"/suivi/{task.pk}/",
            valid_for=timedelta(days=14),
        )
    }
    monkeypatch.setattr(links, "scopes", lambda: known)
    return "tests.follow"
