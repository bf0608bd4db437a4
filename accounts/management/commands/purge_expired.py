from datetime import date

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts import purging


class Command(BaseCommand):
    help = "Annonce puis, trente jours après, détruit ce qui a dépassé sa durée."

    def add_arguments(self, parser):
        parser.add_argument(
            "--on", type=date.fromisoformat, help="jour à considérer (AAAA-MM-JJ)"
        )

    def handle(self, *, on, **options):
        results = purging.run(on or timezone.localdate())
        purging.sweep_traces(timezone.now())
        for result in results:
            self.stdout.write(
                f"{result.rule.label} : {result.announced} annoncée(s), "
                f"{result.purged} détruite(s), {result.withdrawn} retirée(s), "
                f"{result.awaiting_visa} en attente du visa des Archives, "
                f"{result.failed} en échec"
            )
