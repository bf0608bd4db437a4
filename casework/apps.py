from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = "suivi des dossiers"

    def ready(self):
        # The periodic tasks above the outbox, which `tasks` cannot import.
        from casework import receivers, routines  # noqa: F401
        from casework.settled import settle

        post_migrate.connect(settle, sender=self, dispatch_uid="casework.settle")
