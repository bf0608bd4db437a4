"""Requests for aid whose time runs out, or whose pieces do not come."""

from casework.money_reminders import ladders
from installation.aid_letters import LETTERS
from installation.models import AidRequest

LADDERS = ladders(AidRequest, LETTERS, "demande d’aide", pieces=(8,))
