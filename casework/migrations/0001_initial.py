import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="Counter",
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
                    "series",
                    models.CharField(max_length=20, unique=True, verbose_name="série"),
                ),
                (
                    "last",
                    models.PositiveIntegerField(
                        default=0, verbose_name="dernier numéro"
                    ),
                ),
            ],
            options={
                "verbose_name": "compteur",
            },
        ),
        migrations.CreateModel(
            name="Heartbeat",
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
                ("name", models.CharField(max_length=40, unique=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "battement",
            },
        ),
        migrations.CreateModel(
            name="EmailTemplate",
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
                    "key",
                    models.CharField(max_length=80, unique=True, verbose_name="modèle"),
                ),
                (
                    "subject",
                    models.CharField(blank=True, max_length=200, verbose_name="objet"),
                ),
                ("body", models.TextField(blank=True, verbose_name="texte")),
                (
                    "updated_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="modifié le"
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="modifié par",
                    ),
                ),
            ],
            options={
                "verbose_name": "modèle de message",
                "verbose_name_plural": "modèles de messages",
                "ordering": ["key"],
            },
        ),
        migrations.CreateModel(
            name="LadderStep",
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
                ("ladder", models.CharField(max_length=80, verbose_name="échelle")),
                (
                    "offset_days",
                    models.PositiveSmallIntegerField(
                        help_text="En jours ouvrés, à partir du fait qui compte.",
                        verbose_name="délai",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("person", "la personne concernée"),
                            ("in_charge", "l'agent en charge"),
                            ("desk", "tout le guichet"),
                            ("head", "la direction"),
                            ("partner", "le partenaire"),
                        ],
                        max_length=20,
                        verbose_name="destinataire",
                    ),
                ),
                (
                    "template_key",
                    models.CharField(max_length=80, verbose_name="modèle de message"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
            ],
            options={
                "verbose_name": "relance",
                "verbose_name_plural": "relances",
                "ordering": ["ladder", "offset_days", "audience"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ladder", "offset_days", "audience"),
                        name="casework_one_step_a_day_and_audience",
                        violation_error_message="Une relance part déjà ce jour-là pour ce destinataire.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
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
                    "key",
                    models.CharField(max_length=200, unique=True, verbose_name="clé"),
                ),
                (
                    "recipient",
                    models.CharField(max_length=254, verbose_name="destinataire"),
                ),
                ("subject", models.CharField(max_length=250, verbose_name="objet")),
                ("text", models.TextField(blank=True, verbose_name="texte")),
                ("html", models.TextField(blank=True, verbose_name="mise en forme")),
                ("sealed", models.TextField(blank=True, editable=False)),
                (
                    "is_secret",
                    models.BooleanField(default=False, verbose_name="confidentiel"),
                ),
                (
                    "is_last",
                    models.BooleanField(default=False, verbose_name="dernier message"),
                ),
                (
                    "stop_url",
                    models.URLField(blank=True, editable=False, max_length=300),
                ),
                (
                    "template_key",
                    models.CharField(blank=True, max_length=80, verbose_name="modèle"),
                ),
                (
                    "reply_to",
                    models.CharField(
                        blank=True, max_length=254, verbose_name="répondre à"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("owed", "à envoyer"),
                            ("sent", "envoyé"),
                            ("failed", "en échec"),
                            ("cancelled", "annulé"),
                        ],
                        default="owed",
                        max_length=20,
                        verbose_name="état",
                    ),
                ),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(default=0, verbose_name="essais"),
                ),
                (
                    "next_attempt_at",
                    models.DateTimeField(
                        blank=True,
                        default=django.utils.timezone.now,
                        null=True,
                        verbose_name="prochain essai",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="écrit le"
                    ),
                ),
                (
                    "sent_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="envoyé le"
                    ),
                ),
                (
                    "last_error",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="dernier refus"
                    ),
                ),
                ("object_id", models.PositiveBigIntegerField(blank=True, null=True)),
                (
                    "content_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
            ],
            options={
                "verbose_name": "courriel",
                "verbose_name_plural": "courriels",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "owed")),
                        fields=["next_attempt_at"],
                        name="casework_messages_owed",
                    ),
                    models.Index(
                        condition=models.Q(("state", "failed")),
                        fields=["-id"],
                        name="casework_messages_failed",
                    ),
                    models.Index(
                        fields=["content_type", "object_id"],
                        name="casework_messages_of_a_dossier",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(
                                models.Q(("state", "sent"), _negated=True),
                                ("sent_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="casework_a_sent_message_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("next_attempt_at__isnull", False), ("state", "owed")
                            ),
                            models.Q(
                                models.Q(("state", "owed"), _negated=True),
                                ("next_attempt_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="casework_an_owed_message_has_a_next_attempt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_secret", True), ("sealed", ""), _connector="OR"
                        ),
                        name="casework_only_secrets_are_sealed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageAttachment",
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
                ("name", models.CharField(max_length=150, verbose_name="nom")),
                ("media_type", models.CharField(max_length=100, verbose_name="type")),
                ("content", models.BinaryField(verbose_name="contenu")),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="casework.message",
                        verbose_name="courriel",
                    ),
                ),
            ],
            options={
                "verbose_name": "pièce jointe d'un courriel",
                "verbose_name_plural": "pièces jointes des courriels",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
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
                    "reference",
                    models.CharField(
                        max_length=30, unique=True, verbose_name="référence"
                    ),
                ),
                ("object_id", models.PositiveBigIntegerField()),
                ("title", models.CharField(max_length=200, verbose_name="demande")),
                ("received_at", models.DateTimeField(verbose_name="reçue le")),
                (
                    "is_financial",
                    models.BooleanField(default=False, verbose_name="demande d'argent"),
                ),
                (
                    "implicit_refusal_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="réputée rejetée le"
                    ),
                ),
                ("service", models.CharField(max_length=200, verbose_name="service")),
                ("address", models.TextField(blank=True, verbose_name="adresse")),
                (
                    "phone",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="téléphone"
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="courriel"
                    ),
                ),
                ("text", models.TextField(verbose_name="texte remis")),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="accounts.person",
                        verbose_name="demandeur",
                    ),
                ),
            ],
            options={
                "verbose_name": "accusé de réception",
                "verbose_name_plural": "accusés de réception",
                "ordering": ["-received_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content_type", "object_id"),
                        name="casework_one_receipt_a_submission",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("implicit_refusal_on__isnull", False),
                                ("is_financial", True),
                            ),
                            models.Q(
                                ("implicit_refusal_on", None), ("is_financial", False)
                            ),
                            _connector="OR",
                        ),
                        name="casework_implicit_refusal_only_for_money",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderSent",
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
                ("object_id", models.PositiveBigIntegerField()),
                ("since", models.DateField(verbose_name="depuis le")),
                (
                    "sent_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="le"
                    ),
                ),
                ("was_skipped", models.BooleanField(default=False)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="casework.ladderstep",
                    ),
                ),
            ],
            options={
                "verbose_name": "relance faite",
                "verbose_name_plural": "relances faites",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("step", "content_type", "object_id", "since"),
                        name="casework_a_reminder_is_sent_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
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
                    "key",
                    models.CharField(
                        editable=False, max_length=100, null=True, unique=True
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="à faire")),
                (
                    "kind",
                    models.CharField(
                        choices=[("todo", "tâche"), ("promise", "promesse")],
                        default="todo",
                        max_length=20,
                        verbose_name="nature",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="pour le")),
                ("object_id", models.PositiveBigIntegerField(blank=True, null=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="notée le"
                    ),
                ),
                (
                    "done_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="faite le"
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="notée par",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="faite par",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
            ],
            options={
                "verbose_name": "tâche",
                "verbose_name_plural": "tâches",
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["due_on"],
                        name="casework_open_tasks_by_date",
                    ),
                    models.Index(
                        fields=["content_type", "object_id"],
                        name="casework_tasks_of_a_subject",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None)),
                            models.Q(
                                ("done_at__isnull", False), ("done_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="casework_a_done_task_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content_type", None), ("object_id", None)),
                            models.Q(
                                ("content_type__isnull", False),
                                ("object_id__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="casework_a_task_names_its_subject_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
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
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        verbose_name="période"
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="remplacé(e) par",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="absent(e)",
                    ),
                ),
            ],
            options={
                "verbose_name": "absence",
                "verbose_name_plural": "absences",
                "ordering": ["-period"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("user", "="), ("period", "&&")],
                        name="casework_one_absence_at_a_time",
                        violation_error_message="Une absence est déjà notée pour une partie de ces jours.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stand_in", models.F("user")), _negated=True
                        ),
                        name="casework_nobody_stands_in_for_oneself",
                        violation_error_message="Personne ne se remplace soi-même.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__isempty", False),
                            ("period__startswith__isnull", False),
                            ("period__endswith__isnull", False),
                        ),
                        name="casework_an_absence_begins_and_ends",
                        violation_error_message="Une absence a un premier et un dernier jour.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessLink",
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
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("scope", models.CharField(max_length=80)),
                ("object_id", models.PositiveBigIntegerField()),
                (
                    "to_email",
                    models.EmailField(max_length=254, verbose_name="envoyé à"),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(verbose_name="valable jusqu'au")),
                (
                    "revoked_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="retiré le"
                    ),
                ),
                (
                    "used_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="ouvert le"
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
            ],
            options={
                "verbose_name": "lien d'accès",
                "verbose_name_plural": "liens d'accès",
                "indexes": [
                    models.Index(
                        fields=["content_type", "object_id", "scope"],
                        name="casework_links_of_a_subject",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="casework_link_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
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
                ("verb", models.CharField(max_length=80, verbose_name="action")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="le"
                    ),
                ),
                ("object_id", models.PositiveBigIntegerField()),
                (
                    "data",
                    models.JSONField(
                        blank=True, default=dict, verbose_name="précisions"
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="auteur",
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
            ],
            options={
                "verbose_name": "entrée du journal",
                "verbose_name_plural": "journal",
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["content_type", "object_id", "at"],
                        name="casework_entries_of_a_subject",
                    ),
                    models.Index(
                        fields=["-at", "-id"], name="casework_entries_by_date"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3792f7aac1582b1aa0c0482b1d7e4c5637a00b4e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_aa1b6",
                    table="casework_entry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF current_database() NOT LIKE 'test\\_%' THEN\n                        RAISE EXCEPTION 'the journal is append-only';\n                    END IF;\n                    RETURN NULL;\n                ",
                    hash="5c7ffcb9ab7f46d7ad5a22ae02885d5ce8e5bba6",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_8a710",
                    table="casework_entry",
                    when="BEFORE",
                ),
            ),
        ),
    ]
