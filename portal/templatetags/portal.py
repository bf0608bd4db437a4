"""The few tags every page shares: icons, bornes, French numbers and dates."""

import datetime as dt
from functools import lru_cache

import phonenumbers
from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from casework import typography
from territory import theme

register = template.Library()
register.filter("euros", typography.euros)

NBSP = "\u00a0"
BODY = "M4 62V24a20 20 0 0 1 40 0v38z"
CAP = "M4 27v-3a20 20 0 0 1 40 0v3z"
TICK = "m15 44 7 7 12-14"
NUMBER_WORDS = [
    "zéro",
    "une",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
]


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name, css=""):
    """An icon of the sprite; a word always stands beside it."""
    return format_html(
        '<svg class="icon{}" width="20" height="20" aria-hidden="true" '
        'focusable="false"><use href="{}#{}"></use></svg>',
        f" {css}" if css else "",
        static("build/icons.svg"),
        name,
    )


@register.simple_tag
@lru_cache(maxsize=256)
def borne(label="", state="mark", height=40):
    """The kilometre stone; `state` is mark, done, now, todo or pin."""
    label = str(label)
    if state == "done":
        content = format_html('<path class="borne-tick" d="{}"/>', TICK)
    elif label:
        long = " borne-number-long" if len(label) > 2 or not label.isdigit() else ""
        content = format_html(
            '<text class="borne-number{}" x="24" y="52">{}</text>', long, label
        )
    else:
        content = ""
    return format_html(
        '<svg class="borne borne-{}" viewBox="0 0 48 64" width="{}" height="{}" '
        'aria-hidden="true" focusable="false"><path class="borne-body" d="{}"/>'
        '<path class="borne-cap" d="{}"/>{}<path class="borne-edge" d="{}"/></svg>',
        state,
        round(int(height) * 0.75),
        height,
        BODY,
        CAP,
        content,
        BODY,
    )


@register.simple_tag
def avatar(name, css=""):
    """The initials of a person on a borne; the name is written beside it."""
    # « Claire Dumas, côté famille » is Claire Dumas.
    words = str(name).partition(",")[0].replace("-", " ").split()
    initials = "".join(word[0] for word in (words[:1] + words[-1:])[: len(words)])
    return format_html(
        '<span class="avatar{}" aria-hidden="true">{}</span>',
        f" {css}" if css else "",
        initials.upper(),
    )


@register.inclusion_tag("_badge.html")
def badge(label, look="neutral", icon=""):
    """A state in words: look is info, run, you, neutral, warning, danger, success."""
    default_icons = {
        "info": "inbox",
        "run": "footprints",
        "you": "hand",
        "neutral": "hourglass",
        "warning": "circle-alert",
        "danger": "x",
        "success": "check",
    }
    return {
        "label": label,
        "look": look,
        "icon_name": icon or default_icons.get(look, ""),
    }


@register.inclusion_tag("_steps.html")
def steps(titles, current):
    """The road of a form: `titles` in order, `current` counted from one."""
    titles = list(titles)
    return {
        "css": "steps-form",
        "steps": [
            {
                "number": number,
                "title": title,
                "state": _step_state(number, current),
                "detail": {"done": "Fait", "now": "En cours", "todo": "À venir"}[
                    _step_state(number, current)
                ],
            }
            for number, title in enumerate(titles, 1)
        ],
        "current": current,
        "count": len(titles),
        "current_title": titles[current - 1],
        "next_title": titles[current] if current < len(titles) else "",
    }


@register.inclusion_tag("_breadcrumb.html")
def breadcrumb(*links):
    """`{% breadcrumb "M’installer" url "Demande" %}`: titles and addresses by turns.

    The home page comes first by itself; the last title has no address.
    """
    return {
        "links": [
            {"title": title, "url": url}
            for title, url in zip(links[::2], [*links[1::2], ""], strict=False)
        ]
    }


@register.simple_tag
def email_colours(desk):
    """The desk's colours by scheme, where no style sheet reaches."""
    schemes = theme.tokens(desk.brand, desk.accent)
    return {
        scheme: {name.replace("-", "_"): value for name, value in colours.items()}
        for scheme, colours in schemes.items()
    }


@register.filter
def phone(number):
    """« 05 36 49 12 47 », never cut at the end of a line."""
    return _as_read(str(number or ""))


@register.filter
def tel(number):
    """The address of a telephone link: « tel:+33536491247 »."""
    return _as_dialled(str(number or ""))


@register.filter
def long_date(value):
    """« 4 décembre 2026 », « 1er janvier 2027 »."""
    return _dated(value, "F Y")


@register.filter
def short_date(value):
    """« 23 sept. 2026 »."""
    return _dated(value, "N Y")


@register.filter
def weekday_date(value):
    """« vendredi 4 décembre 2026 »."""
    day = _local_day(value)
    if day is None:
        return ""
    return f"{date_format(day, 'l')} {_dated(day, 'F Y')}"


@register.filter
def moment(value):
    """« 8 octobre 2026, 9 h 12 »."""
    if not isinstance(value, dt.datetime):
        return _dated(value, "F Y")
    local = timezone.localtime(value)
    return f"{_dated(local, 'F Y')}, {local.hour}{NBSP}h{NBSP}{local:%M}"


@register.filter
def number(value):
    """« 334 106 », with spaces that do not break."""
    if value is None or value == "":
        return ""
    if isinstance(value, int):
        return f"{value:,}".replace(",", NBSP)
    return f"{value:,}".replace(",", NBSP).replace(".", ",")


@register.filter
def in_letters(count):
    """« deux » up to ten, figures beyond; feminine."""
    if isinstance(count, int) and 0 <= count < len(NUMBER_WORDS):
        return NUMBER_WORDS[count]
    return str(count)


@register.filter
def error_items(form):
    """What a form refuses, one line each, with the field it points to."""
    items = [{"text": error, "target": ""} for error in form.non_field_errors()]
    for field in form:
        if field.is_hidden:
            continue
        # A group of choices has no field of its own: its first choice stands for it.
        target = field.id_for_label or f"{field.auto_id}_0"
        for error in field.errors:
            if error == gettext("This field is required."):
                item = {"text": f"{field.label} : à compléter", "target": target}
            else:
                item = {"text": error, "target": target, "label": field.label}
            items.append(item)
    for field in form.hidden_fields():
        items += [{"text": error, "target": ""} for error in field.errors]
    return items


def _step_state(number, current):
    if number < current:
        return "done"
    return "now" if number == current else "todo"


# The desk's number stands several times on every page.
@lru_cache(maxsize=64)
def _as_read(number):
    parsed = _parsed(number)
    if parsed is None:
        return number
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if parsed.country_code == 33
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(parsed, style).replace(" ", NBSP)


@lru_cache(maxsize=64)
def _as_dialled(number):
    parsed = _parsed(number)
    if parsed is None:
        return f"tel:{number.replace(' ', '')}"
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return f"tel:{e164}"


def _parsed(number):
    try:
        parsed = phonenumbers.parse(number, "FR")
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_possible_number(parsed) else None


@register.filter
def unbreakable(text):
    """« 10 000 € » and its kin, never cut at the end of a line."""
    return typography.unbreakable(str(text or ""))


def _local_day(value):
    if not value:
        return None
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
        return value.date()
    return value


def _dated(value, month_and_year):
    day = _local_day(value)
    if day is None:
        return ""
    number = mark_safe("1<sup>er</sup>") if day.day == 1 else str(day.day)
    return format_html(f"{{}}{NBSP}{{}}", number, date_format(day, month_and_year))
