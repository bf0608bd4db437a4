from django.core.management.base import BaseCommand, CommandError

from accounts import consistency_run


class Command(BaseCommand):
    help = "Contrôle ce qu'aucune contrainte ne peut garantir, dans chaque application."

    def handle(self, **options):
        findings = consistency_run.run().findings
        for finding in findings:
            self.stdout.write(f"{finding['app']} : {finding['finding']}")
        if findings:
            raise CommandError(f"{len(findings)} constat(s) à regarder.")
        self.stdout.write("Tout concorde.")
