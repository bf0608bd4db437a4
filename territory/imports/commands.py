"""What the import commands share: their options and how they tell what happened."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from territory.models import ImportRun

from . import running
from .gates import Refused

BY = "ligne de commande"


class ImportCommand(BaseCommand):
    """Loads one official file; a subclass says with what."""

    load: running.Loader

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="Le fichier officiel.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Dit ce qui changerait, sans rien."
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="Charge un fichier douteux : coupé, plus ancien, commune inconnue.",
        )

    def handle(self, *, file, dry_run, force, **options):
        if not file.is_file():
            raise CommandError(f"Aucun fichier à cet endroit : {file}.")
        load = type(self).load
        try:
            if dry_run:
                told = running.rehearse(load, file, forced=force)
            else:
                told = running.run(load, file, by=BY, forced=force)
        except Refused as refusal:
            hint = " Pour passer outre : --force." if refusal.may_be_forced else ""
            raise CommandError(f"Fichier refusé. {refusal}{hint}") from refusal
        self._tell(told, dry_run)

    def _tell(self, told, dry_run):
        source = ImportRun.Source(told.source).label
        dated = f" du {told.data_date:%d/%m/%Y}" if told.data_date else ""
        self.stdout.write(
            f"{source}{dated} : {told.rows} lignes lues, {told.kept} gardées, "
            f"{told.created} ajouts, {told.updated} corrections."
        )
        for message in told.messages:
            self.stdout.write(f"  {message}")
        if dry_run:
            self.stdout.write("  Essai : rien n'a été écrit.")
        elif not (told.created or told.updated):
            self.stdout.write("  Rien n'a changé.")
