from django import template

from accounts import devices

register = template.Library()

register.filter("device", devices.name)


@register.filter
def in_fours(key):
    """« ABCD EFGH »: a long key, as it is easily copied."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))
