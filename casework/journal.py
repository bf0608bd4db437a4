"""Who did what: rows are only added, and hold ids and codes."""

import re

from django.db import models

from casework.models import Entry
from casework.verbs import verbs

VERBS = {
    "casework.task.added": "a noté une tâche",
    "casework.task.finished": "a terminé une tâche",
    "casework.task.reopened": "a rouvert une tâche",
    "casework.absence.announced": "a annoncé une absence",
    "casework.absence.changed": "a modifié une absence",
    "casework.absence.cancelled": "a annulé une absence",
    "casework.message.readdressed": "a corrigé l'adresse d'un courriel",
    "casework.message.resent": "a demandé un nouvel envoi d'un courriel",
    "casework.message.cancelled": "a annulé un courriel",
    "casework.template.edited": "a modifié un modèle de message",
    "casework.link.renewed": "un nouveau lien a été demandé",
}

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
CODE = re.compile(r"[^\s]{0,40}")


def record(
    verb: str, *, subject: models.Model, actor=None, data: dict | None = None
) -> Entry:
    """Add an entry; `data` takes ids and codes, never names or free text."""
    if verb not in verbs():
        raise LookupError(f"No app declares the verb {verb!r}.")
    data = data or {}
    check(data)
    if actor is not None and not getattr(actor, "is_authenticated", True):
        actor = None
    return Entry.objects.create(verb=verb, subject=subject, actor=actor, data=data)


def check(data: dict) -> None:
    for name, value in data.items():
        if not (isinstance(name, str) and NAME.fullmatch(name)):
            raise ValueError("A journal entry names its data in lower case.")
        for item in value if isinstance(value, list) else [value]:
            if not _is_code(item):
                raise ValueError(f"{name!r}: a journal entry holds ids and codes only.")


def _is_code(value) -> bool:
    if isinstance(value, str):
        return CODE.fullmatch(value) is not None and "@" not in value
    return value is None or isinstance(value, bool | int)
