"""How long an answer to a request for money may be awaited."""

from datetime import date

from dateutil.relativedelta import relativedelta

# Two months of silence on a request for money are a refusal (L. 231-4 3° CRPA).
SILENCE = relativedelta(months=2)
# The desk is told so many days before.
ALERT_DAYS = (20, 7)
# How long somebody is given, unless the desk says otherwise, to send what is missing.
PIECES_DAYS = 30


def implicit_refusal_on(received_on: date) -> date:
    """The same day two months later, or the last of a shorter month."""
    return received_on + SILENCE
