from django.db import models
from django.db.models import Q


class ImportRunQuerySet(models.QuerySet):
    def of_source(self, source):
        return self.filter(source=source)

    def served(self):
        """Those whose data the pages show or have shown."""
        states = [ImportRun.State.DONE, ImportRun.State.UNCHANGED]
        return self.filter(state__in=states)

    def latest_served(self, source):
        return self.of_source(source).served().order_by("-finished_at").first()


class ImportRun(models.Model):
    """One official file read, what was kept of it, or why it was refused whole."""

    class Source(models.TextChoices):
        ATLASANTE = "atlasante", "zonages par commune (Atlasanté)"
        FRR = "frr", "communes FRR (DGCL)"
        FINESS = "finess", "FINESS"

    class State(models.TextChoices):
        AWAITING = "awaiting", "à confirmer"
        DONE = "done", "chargé"
        UNCHANGED = "unchanged", "sans changement"
        REFUSED = "refused", "refusé"

    source = models.CharField("source", max_length=20, choices=Source, blank=True)
    state = models.CharField("état", max_length=10, choices=State)
    file_name = models.CharField("fichier", max_length=200)
    sha256 = models.CharField("empreinte", max_length=64)
    file = models.FileField(
        upload_to="imports/",
        blank=True,
        editable=False,
        help_text="Gardé le temps de confirmer.",
    )
    data_date = models.DateField("date des données", null=True, blank=True)
    rows = models.PositiveIntegerField("lignes lues", default=0)
    kept = models.PositiveIntegerField("lignes gardées", default=0)
    created = models.PositiveIntegerField("ajouts", default=0)
    updated = models.PositiveIntegerField("corrections", default=0)
    messages = models.JSONField("compte rendu", default=list, blank=True)
    is_forced = models.BooleanField("malgré un doute", default=False)
    by = models.CharField("chargé par", max_length=150, blank=True)
    finished_at = models.DateTimeField("le")

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "chargement"
        ordering = ["-finished_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="awaiting") | Q(file=""),
                name="territory_import_keeps_a_file_to_confirm_only",
            ),
        ]

    def __str__(self):
        return self.file_name

    def tell(self, report) -> None:
        """Keep what reading the file came to."""
        self.source = report.source
        self.data_date = report.data_date
        self.rows, self.kept = report.rows, report.kept
        self.created, self.updated = report.created, report.updated
        self.messages = report.messages
