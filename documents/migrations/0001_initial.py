import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import documents.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        upload_to=documents.models.unguessable_path,
                        verbose_name="fichier",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                (
                    "kind",
                    models.CharField(blank=True, max_length=40, verbose_name="nature"),
                ),
                (
                    "media_type",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("image/jpeg", "image JPEG"),
                            ("image/png", "image PNG"),
                            (
                                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                "document Word",
                            ),
                            (
                                "application/vnd.oasis.opendocument.text",
                                "document OpenDocument",
                            ),
                        ],
                        max_length=100,
                        verbose_name="format",
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="taille en octets")),
                (
                    "sha256",
                    models.CharField(max_length=64, verbose_name="empreinte SHA-256"),
                ),
                (
                    "scan_state",
                    models.CharField(
                        choices=[
                            ("clean", "disponible"),
                            ("held", "en cours de vérification"),
                            ("quarantined", "en quarantaine"),
                        ],
                        default="clean",
                        max_length=20,
                        verbose_name="état",
                    ),
                ),
                (
                    "threat",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="menace trouvée"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="déposé le"
                    ),
                ),
                (
                    "discarded_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="supprimé le"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="déposé par",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("scan_state", "clean"), _negated=True),
                        fields=["created_at"],
                        name="documents_not_clean",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("discarded_at", None),
                                models.Q(("file", ""), _negated=True),
                            ),
                            models.Q(
                                ("discarded_at__isnull", False),
                                ("file", ""),
                                ("name", "document supprimé"),
                            ),
                            _connector="OR",
                        ),
                        name="documents_file_until_discarded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="documents_sha256_is_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scan_state", "quarantined"),
                            ("threat", ""),
                            _connector="OR",
                        ),
                        name="documents_threat_only_in_quarantine",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("file", ""), _negated=True),
                        fields=("file",),
                        name="documents_one_row_a_file",
                    ),
                ],
            },
        ),
    ]
