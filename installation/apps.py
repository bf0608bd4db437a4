from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InstallationConfig(AppConfig):
    name = "installation"
    verbose_name = "installation"

    def ready(self):
        from installation import aid_panel, offer_panel, receivers  # noqa: F401
        from installation.need_rules import settle

        post_migrate.connect(
            settle, sender=self, dispatch_uid="installation.need_rules"
        )
        post_migrate.connect(
            plan_template.settle, sender=self, dispatch_uid="installation.plan_template"
        )
