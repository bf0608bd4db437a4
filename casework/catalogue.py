"""The messages the portal may send, gathered from every app's `messages.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from accounts import discovery


@dataclass(frozen=True)
class MessageTemplate:
    """One message as the code words it; staff may reword it (EmailTemplate).

    The body is plain text with four marks: a blank line between paragraphs, `- `
    for a list, `> ` for a box of facts, and a line `[Ouvrir mon dossier]({lien})`
    for the button. `{variable}` is replaced by its value, nothing else is computed.
    """

    key: str
    title: str
    subject: str
    body: str
    variables: Mapping[str, str] = field(default_factory=dict)
    # Carries a code or a link that signs in: sealed, hidden, blanked once sent.
    secret: bool = False
    # What the preview shows in place of the variables.
    samples: Mapping[str, str] = field(default_factory=dict)

    def sample(self, variable: str) -> str:
        if variable in self.samples:
            return self.samples[variable]
        if variable == "lien" or variable.startswith(("lien_", "url")):
            return "https://exemple.fr/lien"
        return f"« {ALL_COMMON.get(variable) or self.variables[variable]} »"

    @property
    def allowed(self) -> dict[str, str]:
        """Every variable that may be written, with what it stands for."""
        return {**self.variables, **ALL_COMMON}


def wording(app: str, samples: Mapping[str, str]) -> Callable[..., MessageTemplate]:
    """How a module words its messages: keys of its app, one set of samples."""

    def template(key, title, subject, body, variables, **more) -> MessageTemplate:
        return MessageTemplate(
            key=f"{app}.{key}",
            title=title,
            subject=subject,
            body=body.strip(),
            variables=variables,
            samples=samples,
            **more,
        )

    return template


# What every message may say of the desk.
ALL_COMMON = {
    "service": "Nom du service",
    "telephone": "Téléphone du guichet",
    "courriel": "Courriel du guichet",
    "horaires": "Horaires du guichet",
}


@cache
def templates() -> dict[str, MessageTemplate]:
    found: dict[str, MessageTemplate] = {}
    for label, module in discovery.modules("messages"):
        for template in getattr(module, "TEMPLATES", ()):
            if template.key in found:
                raise LookupError(f"{label}.messages: {template.key} is taken.")
            found[template.key] = template
    return found
