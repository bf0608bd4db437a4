from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InstallationConfig(AppConfig):
    name = "installation"
    verbose_name = "installation"

    def ready(self):
        from installation import (  # noqa: F401
            aid_panel,
            need_rules,
            offer_panel,
            plan_lines,
            plan_template,
            receivers,
            settlement_lines,
            visit_lines,
        )

        post_migrate.connect(
            need_rules.settle, sender=self, dispatch_uid="installation.need_rules"
        )
        post_migrate.connect(
            plan_template.settle, sender=self, dispatch_uid="installation.plan_template"
        )
