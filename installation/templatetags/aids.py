from django import template

from casework import typography

register = template.Library()


@register.filter
def unbreakable(text):
    """« 10 000 € » and its kin, never cut at the end of a line."""
    return typography.unbreakable(str(text or ""))
