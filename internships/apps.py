from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InternshipsConfig(AppConfig):
    name = "internships"
    verbose_name = "stages et logements"

    def ready(self):
        from internships import indemnities, receivers, scoring  # noqa: F401

        post_migrate.connect(
            indemnities.settle, sender=self, dispatch_uid="internships.indemnities"
        )
        post_migrate.connect(
            scoring.settle, sender=self, dispatch_uid="internships.scoring"
        )
