"""The reminders of this journey."""

from bursaries.application_letters import LETTERS
from bursaries.models import BursaryApplication
from casework.money_reminders import ladders

LADDERS = ladders(BursaryApplication, LETTERS, "demande de bourse", pieces=(10, 25))
