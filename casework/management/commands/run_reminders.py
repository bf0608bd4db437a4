from datetime import date

from django.core.management.base import BaseCommand
from django.utils import timezone

from casework import ladders


class Command(BaseCommand):
    help = "Send the reminders of the day; run twice, it sends nothing more."

    def add_arguments(self, parser):
        parser.add_argument("--day", type=date.fromisoformat, help="2026-11-23")

    def handle(self, **options):
        climbed = ladders.run(options["day"] or timezone.localdate())
        self.stdout.write(f"{climbed} reminders.")
