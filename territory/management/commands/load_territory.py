from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from territory import contours, decoupage, loading
from territory.models import Commune
from territory.neighbours import NEIGHBOURS


class Command(BaseCommand):
    help = (
        "Charge un Département, ses intercommunalités et les communes voisines "
        "depuis les fichiers officiels ; peut être relancée sans risque."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "code",
            nargs="?",
            default=settings.DEPARTEMENT,
            help="Code du Département (par défaut, celui du portail).",
        )
        parser.add_argument(
            "--data",
            type=Path,
            help="Dossier de fichiers officiels : contours et anciennes populations.",
        )
        parser.add_argument(
            "--refresh-contours",
            action="store_true",
            help="Redemande à l'API les contours déjà connus.",
        )
        parser.add_argument(
            "--offline", action="store_true", help="Ne demande rien au réseau."
        )

    def handle(self, *, code, data, refresh_contours, offline, **options):
        try:
            france = decoupage.read(Path(settings.DECOUPAGE_DIR))
        except decoupage.MissingDecoupage as missing:
            raise CommandError(str(missing)) from missing
        code = code.strip().upper()
        if code not in france.departements:
            raise CommandError(
                f"Aucun Département n'a le code « {code} ». Exemples : 47, 2A, 974."
            )
        outlines = self._outlines(code, data, refresh_contours, offline)
        report = loading.load(code, france, outlines)
        self._tell(france.departements[code], france.year, report)

    def _outlines(self, code, data, refresh, offline):
        """The contours at hand; without any, maps are drawn as a treemap."""
        known = Commune.objects.in_departement(code).exclude(contour=None).exists()
        found = contours.Contours()
        try:
            if data:
                found = contours.from_folder(data, code)
                if not found and not known:
                    self.stderr.write(
                        f"Le dossier {data} n'a pas de contours du {code}."
                    )
            if not found and not offline and (refresh or not known):
                api = settings.GEO_API_URL
                found = contours.from_api(api, code, NEIGHBOURS.get(code, ()))
        except contours.Unreachable as reason:
            self.stderr.write(
                f"Contours non chargés : {reason} Les cartes restent des mosaïques ; "
                "relancez avec un réseau ou --data DOSSIER."
            )
        return found

    def _tell(self, departement, year, report):
        self.stdout.write(
            f"{departement.name} ({departement.code}), "
            f"découpage au 1er janvier {year} :"
        )
        for label, counts in report.counts.items():
            if total := counts.total():
                self.stdout.write(
                    f"  {label} : {total}, dont {counts['created']} ajouts "
                    f"et {counts['updated']} corrections"
                )
        for merger in report.merged:
            self.stdout.write(f"  Commune fusionnée : {merger}")
        for name in report.closed:
            self.stdout.write(f"  Commune supprimée : {name}")
        if not report.changed:
            self.stdout.write("  Rien n'a changé.")
