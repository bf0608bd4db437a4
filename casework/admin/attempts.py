"""A button for several rows, and what it says afterwards."""

from django.contrib import messages
from django.core.exceptions import ValidationError


def attempt(model_admin, request, rows, act, done: str) -> None:
    """Call an action on each row; its refusals are shown as they are written."""
    count = 0
    for row in rows:
        try:
            act(row, by=request.user)
        except ValidationError as refusal:
            text = f"{row} : {' '.join(refusal.messages)}"
            model_admin.message_user(request, text, messages.ERROR)
        else:
            count += 1
    if count:
        model_admin.message_user(request, done.format(count), messages.SUCCESS)
