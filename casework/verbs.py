"""The words of the journal, gathered from every app's `journal.py`."""

from functools import cache

from accounts import discovery


@cache
def verbs() -> dict[str, str]:
    """Every verb of the apps' `journal.py`, with its French sentence."""
    found: dict[str, str] = {}
    for label, module in discovery.modules("journal"):
        for verb, words in getattr(module, "VERBS", {}).items():
            if verb in found:
                raise LookupError(f"{label}.journal: {verb} is taken.")
            found[verb] = words
    return found


def sentence(verb: str, actor) -> str:
    """« Claire Dumas a pris le dossier en charge »; without anyone, what happened.

    Words that are a sentence of their own keep it, and say who noted it.
    """
    words = verbs().get(verb, verb)
    told = words[:1].upper() + words[1:]
    if actor is None:
        return told
    name = actor.get_full_name() or "Un compte fermé"
    return f"{name} {words}" if words.startswith("a ") else f"{told} ({name})"
