from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "documents"

    def ready(self):
        from documents import checks  # noqa: F401
