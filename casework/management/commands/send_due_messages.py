from django.core.management.base import BaseCommand

from casework.delivery import deliver_all


class Command(BaseCommand):
    help = "Send every message that is due, without waiting for a worker."

    def handle(self, **options):
        sent, refused = deliver_all()
        self.stdout.write(f"{sent} sent, {refused} not sent (tried again later).")
