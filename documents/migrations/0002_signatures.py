import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.fields
import documents.models.signatures


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignatureRequest",
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
                ("nature", models.CharField(max_length=80, verbose_name="nature")),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                (
                    "is_ordered",
                    models.BooleanField(default=False, verbose_name="dans l'ordre"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "en cours de signature"),
                            ("signed", "signé"),
                            ("abandoned", "abandonné"),
                        ],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="ouvert le"
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="clos le"),
                ),
                (
                    "code",
                    models.CharField(
                        default=documents.models.signatures.draw_code,
                        max_length=12,
                        unique=True,
                        verbose_name="code de vérification",
                    ),
                ),
                (
                    "failure",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="dernier échec"
                    ),
                ),
                (
                    "forgotten_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="effacé le"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature_requests",
                        to="documents.document",
                        verbose_name="document à signer",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="documents.signaturerequest",
                        verbose_name="remplace",
                    ),
                ),
                (
                    "signed_document",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature_result",
                        to="documents.document",
                        verbose_name="document signé",
                    ),
                ),
            ],
            options={
                "verbose_name": "circuit de signature",
                "verbose_name_plural": "circuits de signature",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="documents_closed_circuit_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_document", None),
                            ("state", "signed"),
                            _connector="OR",
                        ),
                        name="documents_only_signed_circuit_has_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_document", None),
                            models.Q(
                                ("signed_document", models.F("document")), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="documents_signed_file_is_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces", None),
                            models.Q(("replaces", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="documents_circuit_replaces_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "^[ABCDEFGHJKMNPQRSTVWXYZ23456789]{12}$")
                        ),
                        name="documents_code_can_be_typed",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("document",),
                        name="documents_one_open_circuit_a_document",
                        violation_error_message="Ce document est déjà à la signature.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signatory",
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
                ("rank", models.PositiveSmallIntegerField(verbose_name="rang")),
                (
                    "name",
                    models.CharField(blank=True, max_length=200, verbose_name="nom"),
                ),
                (
                    "email",
                    accounts.fields.LowercaseEmailField(
                        blank=True, max_length=254, verbose_name="courriel"
                    ),
                ),
                ("capacity", models.CharField(max_length=60, verbose_name="qualité")),
                (
                    "means",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("spot", "sur place, sur le même écran"),
                            ("link", "à distance, avec un code reçu par courriel"),
                            ("paper", "sur papier, exemplaire numérisé"),
                        ],
                        max_length=10,
                        verbose_name="moyen",
                    ),
                ),
                (
                    "signed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="signé le"
                    ),
                ),
                (
                    "evidence",
                    models.JSONField(blank=True, default=dict, verbose_name="preuve"),
                ),
                (
                    "code_hash",
                    models.CharField(blank=True, editable=False, max_length=64),
                ),
                (
                    "code_sent_at",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
                (
                    "code_tries",
                    models.PositiveSmallIntegerField(default=0, editable=False),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recueillie par",
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                        verbose_name="exemplaire numérisé",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatories",
                        to="documents.signaturerequest",
                        verbose_name="circuit",
                    ),
                ),
            ],
            options={
                "verbose_name": "signataire",
                "ordering": ["request", "rank"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "rank"),
                        name="documents_one_signatory_a_rank",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rank__gte", 1)),
                        name="documents_ranks_begin_at_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("evidence", {}), ("means", ""), ("signed_at", None)
                            ),
                            models.Q(
                                ("evidence__has_key", "sha256"),
                                ("signed_at__isnull", False),
                                models.Q(("means", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="documents_signature_has_its_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("means", "paper"), ("scan__isnull", False)),
                            models.Q(
                                models.Q(("means", "paper"), _negated=True),
                                ("scan", None),
                            ),
                            _connector="OR",
                        ),
                        name="documents_paper_signature_has_its_scan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code_hash", ""),
                            ("code_sent_at__isnull", False),
                            _connector="OR",
                        ),
                        name="documents_mail_code_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code_hash", ""), ("signed_at", None), _connector="OR"
                        ),
                        name="documents_mail_code_ends_with_signature",
                    ),
                ],
            },
        ),
    ]
