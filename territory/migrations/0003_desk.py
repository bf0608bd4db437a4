import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("territory", "0002_topics"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
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
                (
                    "sort_key",
                    models.CharField(db_collation="C", editable=False, max_length=320),
                ),
                (
                    "function",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="fonction"
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True,
                        help_text="Sans courriel : la boîte de l'organisme.",
                        max_length=254,
                        verbose_name="courriel",
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="téléphone"
                    ),
                ),
                (
                    "is_main",
                    models.BooleanField(
                        default=False,
                        help_text="Un seul par organisme.",
                        verbose_name="premier contact",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(default=True, verbose_name="en poste"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="territory.organisation",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Sans sujet : tous ceux de l'organisme.",
                        related_name="contacts",
                        to="territory.topic",
                        verbose_name="répond pour",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact",
                "ordering": ["-is_main", "sort_key"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_main", True)),
                        fields=("organisation",),
                        name="territory_one_main_contact",
                        violation_error_message="Un organisme a un seul premier contact.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_main", False), ("is_active", True), _connector="OR"
                        ),
                        name="territory_main_contact_is_active",
                        violation_error_message="Le premier contact est en poste.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactAbsence",
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
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to="territory.contact",
                        verbose_name="absent(e)",
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        blank=True,
                        help_text="Sans remplaçant, la boîte de l'organisme.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stands_in",
                        to="territory.contact",
                        verbose_name="remplacé(e) par",
                    ),
                ),
            ],
            options={
                "verbose_name": "absence d'un contact",
                "verbose_name_plural": "absences des contacts",
                "ordering": ["-period"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("contact", "="), ("period", "&&")],
                        name="territory_one_contact_absence_at_a_time",
                        violation_error_message="Une absence est déjà notée pour une partie de ces jours.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stand_in", None),
                            models.Q(("stand_in", models.F("contact")), _negated=True),
                            _connector="OR",
                        ),
                        name="territory_contact_has_another_stand_in",
                        violation_error_message="Personne ne se remplace soi-même.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__isempty", False),
                            ("period__startswith__isnull", False),
                            ("period__endswith__isnull", False),
                        ),
                        name="territory_contact_absence_begins_and_ends",
                        violation_error_message="Une absence a un premier et un dernier jour.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
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
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("atlasante", "zonages par commune (Atlasanté)"),
                            ("frr", "communes FRR (DGCL)"),
                            ("finess", "FINESS"),
                        ],
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("awaiting", "à confirmer"),
                            ("done", "chargé"),
                            ("unchanged", "sans changement"),
                            ("refused", "refusé"),
                        ],
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="fichier")),
                ("sha256", models.CharField(max_length=64, verbose_name="empreinte")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        editable=False,
                        help_text="Gardé le temps de confirmer.",
                        upload_to="imports/",
                    ),
                ),
                (
                    "data_date",
                    models.DateField(
                        blank=True, null=True, verbose_name="date des données"
                    ),
                ),
                (
                    "rows",
                    models.PositiveIntegerField(default=0, verbose_name="lignes lues"),
                ),
                (
                    "kept",
                    models.PositiveIntegerField(
                        default=0, verbose_name="lignes gardées"
                    ),
                ),
                (
                    "created",
                    models.PositiveIntegerField(default=0, verbose_name="ajouts"),
                ),
                (
                    "updated",
                    models.PositiveIntegerField(default=0, verbose_name="corrections"),
                ),
                (
                    "messages",
                    models.JSONField(
                        blank=True, default=list, verbose_name="compte rendu"
                    ),
                ),
                (
                    "is_forced",
                    models.BooleanField(default=False, verbose_name="malgré un doute"),
                ),
                (
                    "by",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="chargé par"
                    ),
                ),
                ("finished_at", models.DateTimeField(verbose_name="le")),
            ],
            options={
                "verbose_name": "chargement",
                "ordering": ["-finished_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "awaiting"), ("file", ""), _connector="OR"
                        ),
                        name="territory_import_keeps_a_file_to_confirm_only",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="desk",
            name="partner_letter_day",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (0, "le lundi"),
                    (1, "le mardi"),
                    (2, "le mercredi"),
                    (3, "le jeudi"),
                    (4, "le vendredi"),
                ],
                default=0,
                help_text="Un message par semaine et par partenaire, ce jour-là.",
                verbose_name="lettre aux partenaires",
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="partner_wait_days",
            field=models.PositiveSmallIntegerField(
                default=10,
                help_text="En jours ouvrés : au-delà, « Ma semaine » dit de l'appeler.",
                verbose_name="silence d'un partenaire",
            ),
        ),
        migrations.AddField(
            model_name="healthstructure",
            name="absent_since",
            field=models.DateField(
                blank=True,
                editable=False,
                help_text="Date du premier fichier où elle n'était plus.",
                null=True,
                verbose_name="absente de FINESS depuis le",
            ),
        ),
        migrations.AddField(
            model_name="healthstructure",
            name="address",
            field=models.CharField(blank=True, max_length=200, verbose_name="adresse"),
        ),
        migrations.AddField(
            model_name="healthstructure",
            name="city",
            field=models.CharField(blank=True, max_length=80, verbose_name="ville"),
        ),
        migrations.AddField(
            model_name="healthstructure",
            name="corrected_fields",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=list,
                editable=False,
                size=None,
                verbose_name="corrigé par le guichet",
            ),
        ),
        migrations.AddField(
            model_name="healthstructure",
            name="finess_updated_on",
            field=models.DateField(
                blank=True,
                editable=False,
                null=True,
                verbose_name="fiche FINESS mise à jour le",
            ),
        ),
        migrations.AddField(
            model_name="healthstructure",
            name="imported",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                verbose_name="ce que dit FINESS",
            ),
        ),
        migrations.AddField(
            model_name="healthstructure",
            name="latitude",
            field=models.FloatField(blank=True, null=True, verbose_name="latitude"),
        ),
        migrations.AddField(
            model_name="healthstructure",
            name="longitude",
            field=models.FloatField(blank=True, null=True, verbose_name="longitude"),
        ),
        migrations.AddField(
            model_name="healthstructure",
            name="opened_on",
            field=models.DateField(blank=True, null=True, verbose_name="ouverte le"),
        ),
        migrations.AddField(
            model_name="healthstructure",
            name="phone",
            field=models.CharField(blank=True, max_length=20, verbose_name="téléphone"),
        ),
        migrations.AddField(
            model_name="healthstructure",
            name="postal_code",
            field=models.CharField(
                blank=True, max_length=5, verbose_name="code postal"
            ),
        ),
        migrations.AlterField(
            model_name="healthstructure",
            name="kind",
            field=models.CharField(
                choices=[
                    ("health_house", "maison de santé"),
                    ("health_centre", "centre de santé"),
                    ("cpts", "communauté professionnelle territoriale de santé"),
                    ("primary_care_team", "équipe de soins primaires"),
                    ("hospital", "hôpital"),
                    ("pharmacy", "pharmacie"),
                    ("practice", "cabinet"),
                    ("secondary_practice", "cabinet secondaire"),
                ],
                max_length=20,
                verbose_name="nature",
            ),
        ),
        migrations.AlterField(
            model_name="zoning",
            name="kind",
            field=models.CharField(
                choices=[
                    ("ars_doctors", "zonage ARS médecins"),
                    ("ars_dentists", "zonage ARS chirurgiens-dentistes"),
                    ("ars_nurses", "zonage ARS infirmiers"),
                    ("ars_physios", "zonage ARS kinésithérapeutes"),
                    ("ars_midwives", "zonage ARS sages-femmes"),
                    ("ars_speech", "zonage ARS orthophonistes"),
                    ("frr", "France Ruralités Revitalisation"),
                ],
                max_length=20,
                verbose_name="zonage",
            ),
        ),
        migrations.AddConstraint(
            model_name="healthstructure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude", None), ("longitude", None)),
                    models.Q(
                        ("latitude__range", (-90, 90)),
                        ("longitude__range", (-180, 180)),
                    ),
                    _connector="OR",
                ),
                name="territory_structure_is_somewhere",
                violation_error_message="La longitude et la latitude vont ensemble, en degrés.",
            ),
        ),
    ]
