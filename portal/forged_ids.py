"""Ids nobody was offered, in the lists of the back-office that are searched.

The form refuses them in words, but Django fails before it can say so: it looks for
the label of what was sent, whatever was sent (`AutocompleteMixin.optgroups`).
"""

from django.contrib.admin.widgets import AutocompleteMixin
from django.core.exceptions import ValidationError

_labels_of = AutocompleteMixin.optgroups


def refuse() -> None:
    AutocompleteMixin.optgroups = _labels_of_ids


def _labels_of_ids(widget, name, value, attr=None):
    target = widget.field.target_field
    ids = [one for one in value if _may_be_an_id(target, one)]
    return _labels_of(widget, name, ids, attr)


def _may_be_an_id(target, value) -> bool:
    try:
        # Also refuses a number too great for its column.
        target.clean(value, None)
    except ValidationError:
        return False
    return True
