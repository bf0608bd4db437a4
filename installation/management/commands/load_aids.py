from django.core.management.base import BaseCommand, CommandError

from installation.actions import aids
from territory.models import Departement


class Command(BaseCommand):
    help = (
        "Ajoute au catalogue les aides nationales et locales connues ; ce que "
        "l'équipe a écrit n'est pas touché."
    )

    def handle(self, **options):
        try:
            added = aids.load_catalogue()
        except Departement.DoesNotExist as missing:
            raise CommandError(
                "Lancez d'abord « manage.py load_territory »."
            ) from missing
        for programme in added:
            self.stdout.write(f"Ajoutée : {programme}")
        self.stdout.write(f"{len(added)} aides ajoutées.")
