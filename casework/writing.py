"""From the words of a template to the text and the HTML of an e-mail."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator

from casework.catalogue import ALL_COMMON, MessageTemplate
from casework.models import EmailTemplate
from territory.models import Desk

VARIABLE = re.compile(r"\{([^{}\n]*)\}")
BUTTON = re.compile(r"^\[([^\]\n]+)\]\(([^)\n]+)\)$")
ADDRESS = re.compile(r"^https?://\S+$")


@dataclass(frozen=True)
class Block:
    kind: str
    text: str = ""
    items: tuple[str, ...] = ()
    label: str = ""
    url: str = ""


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


def write(
    template: MessageTemplate, context: Mapping, *, reason: str = "", row=None
) -> Letter:
    """The letter, in the words of the staff where they have chosen some."""
    if row is None:
        row = EmailTemplate.objects.filter(key=template.key).first()
    subject = (row and row.subject) or template.subject
    body = (row and row.body) or template.body
    return compose(template, subject, body, context, reason=reason)


def compose(
    template: MessageTemplate,
    subject: str,
    body: str,
    context: Mapping,
    *,
    reason: str = "",
) -> Letter:
    missing = template.variables.keys() - context.keys()
    if missing:
        raise LookupError(f"{template.key} lacks {', '.join(sorted(missing))}.")
    values = _common() | {name: context[name] for name in template.variables}
    subject = " ".join(_fill(subject, values).split())[:250]
    return lay_out(subject, blocks(body, values), reason=reason)


def lay_out(subject: str, content: list[Block], *, reason: str = "") -> Letter:
    desk = Desk.objects.current()
    paragraphs = [block.text for block in content if block.kind == "paragraph"]
    context = {
        "subject": subject,
        "preheader": Truncator(" ".join(paragraphs[:2])).chars(120),
        "blocks": content,
        "desk": desk,
        "departement": desk.departement,
        "reason": reason,
    }
    return Letter(
        subject,
        render_to_string("casework/emails/layout.txt", context).strip() + "\n",
        render_to_string("casework/emails/layout.html", context),
    )


def check(template: MessageTemplate, *texts: str) -> None:
    """Refuse, in words, what would not be replaced."""
    for text in texts:
        for name in VARIABLE.findall(text):
            if name not in template.allowed:
                known = ", ".join(f"{{{name}}}" for name in template.allowed)
                raise ValidationError(
                    f"« {{{name}}} » ne correspond à rien. Vous pouvez écrire {known}."
                )
        for line in text.splitlines():
            button = BUTTON.match(line.strip())
            if button and not _leads_somewhere(button[2]):
                raise ValidationError(
                    f"Le bouton « {button[1]} » doit mener à une adresse complète, "
                    "par exemple {lien}, sans rien autour."
                )


def blocks(body: str, values: Mapping) -> list[Block]:
    """Read the marks first, then put the values: a value never makes a mark."""
    content = []
    for part in re.split(r"\n\s*\n", body.replace("\r\n", "\n").strip()):
        content += _part(part.strip("\n").split("\n"), values)
    return content


def plain_blocks(text: str) -> list[Block]:
    """A text that others wrote: an address alone becomes the button."""
    content = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        if ADDRESS.match(part.strip()):
            content.append(Block("button", label="Continuer", url=part.strip()))
        elif part.strip():
            content.append(Block("paragraph", text=part.strip()))
    return content


def _part(lines: list[str], values: Mapping) -> list[Block]:
    content, paragraph, items, kind = [], [], [], ""

    def close():
        nonlocal kind
        if paragraph:
            content.append(Block("paragraph", text="\n".join(paragraph)))
        if items:
            content.append(Block(kind, items=tuple(items)))
        paragraph.clear()
        items.clear()
        kind = ""

    for line in (line.strip() for line in lines):
        mark = {"- ": "list", "> ": "box"}.get(line[:2], "")
        if button := BUTTON.match(line):
            close()
            url = _address(_fill(button[2], values))
            content.append(Block("button", label=_fill(button[1], values), url=url))
            continue
        if mark != kind or (mark and paragraph):
            close()
            kind = mark
        if mark:
            items += _fill(line[2:], values).splitlines()
        elif filled := _fill(line, values):
            paragraph.append(filled)
    close()
    return content


def _fill(text: str, values: Mapping) -> str:
    def value(found: re.Match) -> str:
        name = found[1]
        return _said(values[name]) if name in values else found[0]

    return VARIABLE.sub(value, text).strip()


def said(day: dt.date) -> str:
    """« 1er décembre 2026 », in a text that is sent."""
    return f"{'1er' if day.day == 1 else day.day} {date_format(day, 'F Y')}"


def _said(value) -> str:
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{said(value)} à {value:%H h %M}"
    if isinstance(value, dt.date):
        return said(value)
    return str(value).replace("\x00", "").strip()


def _leads_somewhere(url: str) -> bool:
    """A whole address or one variable: a personal link never becomes a parameter
    of somebody else's site."""
    if VARIABLE.search(url):
        return VARIABLE.fullmatch(url) is not None
    return _is_address(url)


def _is_address(url: str) -> bool:
    return url.startswith("/") or ADDRESS.match(url) is not None


def _address(url: str) -> str:
    if not _is_address(url):
        raise ValueError("A button leads to a whole address.")
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url


def _common() -> dict[str, str]:
    desk = Desk.objects.current()
    said = (desk.service_name, desk.phone, desk.email, desk.opening_hours)
    return dict(zip(ALL_COMMON, said, strict=True))
