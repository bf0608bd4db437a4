from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from documents import self_signed
from territory.models import Desk


class Command(BaseCommand):
    help = "Make a self-signed key for the seal, where SEAL_PKCS12 names no file yet."

    def handle(self, *args, **options):
        if not settings.SEAL_PKCS12 or not settings.SEAL_PASSWORD:
            raise CommandError("Set SEAL_PKCS12 and SEAL_PASSWORD first.")
        name = f"Département {Desk.objects.current().departement.with_de}"
        path = Path(settings.SEAL_PKCS12)
        if self_signed.ensure(path, password=settings.SEAL_PASSWORD, name=name):
            self.stdout.write(f"A demonstration key for the seal is in {path}.")
