import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Departement",
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
                    "code",
                    models.CharField(max_length=3, unique=True, verbose_name="code"),
                ),
                ("name", models.CharField(max_length=60, verbose_name="nom")),
                (
                    "tncc",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Type de nom en clair de l'INSEE, de 0 à 8.",
                        verbose_name="article",
                    ),
                ),
                (
                    "region_code",
                    models.CharField(max_length=3, verbose_name="code de la région"),
                ),
                ("region_name", models.CharField(max_length=60, verbose_name="région")),
                (
                    "contour",
                    models.JSONField(
                        blank=True, editable=False, null=True, verbose_name="contour"
                    ),
                ),
                (
                    "division_year",
                    models.PositiveSmallIntegerField(
                        editable=False,
                        help_text="Noms et codes au 1er janvier de cette année.",
                        null=True,
                        verbose_name="millésime du découpage",
                    ),
                ),
                (
                    "loaded_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="Dernier chargement qui a changé quelque chose.",
                        null=True,
                        verbose_name="données chargées le",
                    ),
                ),
            ],
            options={
                "verbose_name": "département",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Intercommunality",
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
                    "code",
                    models.CharField(max_length=9, unique=True, verbose_name="SIREN"),
                ),
                ("name", models.CharField(max_length=150, verbose_name="nom")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("CC", "communauté de communes"),
                            ("CA", "communauté d'agglomération"),
                            ("CU", "communauté urbaine"),
                            ("METRO", "métropole"),
                            ("MET69", "métropole de Lyon"),
                        ],
                        max_length=5,
                        verbose_name="type",
                    ),
                ),
                (
                    "sort_key",
                    models.CharField(db_collation="C", editable=False, max_length=320),
                ),
                (
                    "contour",
                    models.JSONField(
                        blank=True, editable=False, null=True, verbose_name="contour"
                    ),
                ),
            ],
            options={
                "verbose_name": "intercommunalité",
                "ordering": ["sort_key"],
            },
        ),
        migrations.CreateModel(
            name="Topic",
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
                ("slug", models.SlugField(unique=True, verbose_name="identifiant")),
                ("name", models.CharField(max_length=80, verbose_name="sujet")),
                (
                    "track",
                    models.CharField(
                        choices=[
                            ("professional", "projet professionnel"),
                            ("family", "projet familial"),
                        ],
                        max_length=20,
                        verbose_name="projet",
                    ),
                ),
                (
                    "rank",
                    models.PositiveSmallIntegerField(default=0, verbose_name="ordre"),
                ),
            ],
            options={
                "verbose_name": "sujet",
                "ordering": ["-track", "rank"],
            },
        ),
        migrations.CreateModel(
            name="Commune",
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
                    "code",
                    models.CharField(
                        max_length=5, unique=True, verbose_name="code INSEE"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Avec son article.",
                        max_length=100,
                        verbose_name="nom",
                    ),
                ),
                (
                    "former_names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        help_text="Communes déléguées ou associées, retrouvées par leur nom.",
                        size=None,
                        verbose_name="anciens noms",
                    ),
                ),
                (
                    "sort_key",
                    models.CharField(db_collation="C", editable=False, max_length=220),
                ),
                ("search_key", models.TextField(editable=False)),
                (
                    "postal_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="codes postaux",
                    ),
                ),
                (
                    "population",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="population municipale"
                    ),
                ),
                (
                    "contour",
                    models.JSONField(
                        blank=True, editable=False, null=True, verbose_name="contour"
                    ),
                ),
                (
                    "longitude",
                    models.FloatField(blank=True, null=True, verbose_name="longitude"),
                ),
                (
                    "latitude",
                    models.FloatField(blank=True, null=True, verbose_name="latitude"),
                ),
                (
                    "closed_on",
                    models.DateField(
                        blank=True,
                        help_text="Vide pour une fusion antérieure au premier chargement.",
                        null=True,
                        verbose_name="supprimée le",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="territory.commune",
                        verbose_name="fusionnée dans",
                    ),
                ),
                (
                    "departement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="communes",
                        to="territory.departement",
                        verbose_name="département",
                    ),
                ),
                (
                    "intercommunality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="communes",
                        to="territory.intercommunality",
                        verbose_name="intercommunalité",
                    ),
                ),
            ],
            options={
                "verbose_name": "commune",
                "ordering": ["sort_key"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_key"],
                        name="territory_commune_search",
                        opclasses=["gin_trgm_ops"],
                    ),
                    models.Index(
                        fields=["departement", "sort_key"],
                        name="territory_commune_order",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", models.F("pk")), _negated=True
                        ),
                        name="territory_no_merge_into_itself",
                        violation_error_message="Une commune ne fusionne pas avec elle-même.",
                    )
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
        migrations.CreateModel(
            name="Organisation",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("departement", "Département"),
                            ("region", "Région"),
                            ("state", "service de l'État"),
                            ("ars", "agence régionale de santé"),
                            ("cpam", "caisse primaire d'assurance maladie"),
                            ("msa", "mutualité sociale agricole"),
                            ("intercommunality", "intercommunalité"),
                            ("commune", "commune"),
                            ("ordre", "ordre professionnel"),
                            ("urps", "union régionale de professionnels (URPS)"),
                            ("hospital", "hôpital"),
                            ("practice", "cabinet ou maison de santé"),
                            ("university", "université"),
                            ("employment", "emploi"),
                            ("housing", "logement"),
                            ("school", "école et enseignement"),
                            ("childcare", "petite enfance"),
                            ("association", "association"),
                            ("other", "autre"),
                        ],
                        max_length=20,
                        verbose_name="nature",
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="courriel"
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="téléphone"
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="site")),
                ("address", models.TextField(blank=True, verbose_name="adresse")),
                (
                    "is_active",
                    models.BooleanField(default=True, verbose_name="en activité"),
                ),
                (
                    "communes",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Sans commune ni intercommunalité : tout le Département.",
                        related_name="organisations",
                        to="territory.commune",
                        verbose_name="communes couvertes",
                    ),
                ),
                (
                    "intercommunalities",
                    models.ManyToManyField(
                        blank=True,
                        related_name="organisations",
                        to="territory.intercommunality",
                        verbose_name="intercommunalités couvertes",
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True,
                        related_name="organisations",
                        to="territory.topic",
                        verbose_name="sujets",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisme",
                "ordering": ["sort_key"],
            },
        ),
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
            name="Zoning",
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
                    "kind",
                    models.CharField(
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
                ("version", models.CharField(max_length=60, verbose_name="version")),
                (
                    "legal_reference",
                    models.CharField(
                        help_text="L'arrêté, son numéro et sa date.",
                        max_length=300,
                        verbose_name="référence juridique",
                    ),
                ),
                (
                    "region_code",
                    models.CharField(
                        blank=True,
                        help_text="Celle dont l'ARS a pris l'arrêté ; vide pour un zonage national.",
                        max_length=3,
                        verbose_name="code de la région",
                    ),
                ),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="Du premier jour au jour de fin, celui-ci non compris.",
                        verbose_name="en vigueur",
                    ),
                ),
            ],
            options={
                "verbose_name": "zonage",
                "ordering": ["kind", "region_code", "-valid"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("kind", "="),
                            ("region_code", "="),
                            ("valid", "&&"),
                        ],
                        name="territory_one_zoning_at_a_time",
                        violation_error_message="Une autre version de ce zonage est en vigueur dans cette période : fermez-la la veille.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "frr"), ("region_code", "")),
                            models.Q(
                                models.Q(("kind", "frr"), _negated=True),
                                models.Q(("region_code", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="territory_national_zoning_has_no_region",
                        violation_error_message="Un zonage ARS porte le code de sa région ; le zonage FRR, national, n'en porte pas.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid__isempty", False),
                            ("valid__startswith__isnull", False),
                        ),
                        name="territory_zoning_has_a_first_day",
                        violation_error_message="Indiquez le premier jour du zonage.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ZoneAssignment",
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
                    "category_code",
                    models.CharField(max_length=30, verbose_name="code de la zone"),
                ),
                (
                    "category_label",
                    models.CharField(max_length=120, verbose_name="zone"),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zones",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "zoning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="territory.zoning",
                        verbose_name="zonage",
                    ),
                ),
            ],
            options={
                "verbose_name": "classement d'une commune",
                "verbose_name_plural": "classements des communes",
                "ordering": ["zoning", "commune__sort_key"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("zoning", "commune"),
                        name="territory_one_zone_a_commune",
                        violation_error_message="Cette commune est déjà classée.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CommunePopulation",
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
                    "year",
                    models.PositiveSmallIntegerField(verbose_name="année de référence"),
                ),
                (
                    "municipal",
                    models.PositiveIntegerField(verbose_name="population municipale"),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="populations",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
            ],
            options={
                "verbose_name": "population légale",
                "verbose_name_plural": "populations légales",
                "ordering": ["commune", "-year"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("commune", "year"),
                        name="territory_one_population_a_year",
                        violation_error_message="Cette année a déjà une population.",
                    )
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
            name="Desk",
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
                    "service_name",
                    models.CharField(
                        default="Bienvenue Docteur",
                        max_length=100,
                        verbose_name="nom du service",
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="téléphone"
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="courriel"
                    ),
                ),
                ("address", models.TextField(blank=True, verbose_name="adresse")),
                (
                    "opening_hours",
                    models.CharField(
                        blank=True,
                        default="du lundi au vendredi, de 9 h à 17 h",
                        max_length=200,
                        verbose_name="horaires",
                    ),
                ),
                (
                    "brand",
                    models.CharField(
                        default="#5d2350",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}$",
                                "Une couleur s'écrit avec six chiffres : #5d2350.",
                            )
                        ],
                        verbose_name="couleur",
                    ),
                ),
                (
                    "accent",
                    models.CharField(
                        default="#f6bb3b",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}$",
                                "Une couleur s'écrit avec six chiffres : #5d2350.",
                            )
                        ],
                        verbose_name="accent",
                    ),
                ),
                (
                    "logo",
                    models.BinaryField(blank=True, null=True, verbose_name="logo"),
                ),
                (
                    "logo_media_type",
                    models.CharField(blank=True, editable=False, max_length=20),
                ),
                (
                    "court_name",
                    models.CharField(
                        blank=True,
                        help_text="« tribunal administratif de Bordeaux »",
                        max_length=100,
                        verbose_name="tribunal administratif",
                    ),
                ),
                (
                    "court_url",
                    models.URLField(
                        blank=True,
                        default="https://www.telerecours.fr/",
                        verbose_name="site du tribunal",
                    ),
                ),
                (
                    "publication_director",
                    models.CharField(
                        blank=True,
                        max_length=150,
                        verbose_name="directeur ou directrice de la publication",
                    ),
                ),
                (
                    "dpo_contact",
                    models.TextField(
                        blank=True,
                        help_text="Nom ou fonction, adresse, courriel.",
                        verbose_name="délégué à la protection des données",
                    ),
                ),
                (
                    "host",
                    models.TextField(
                        blank=True,
                        help_text="Nom, adresse et téléphone (LCEN).",
                        verbose_name="hébergeur",
                    ),
                ),
                (
                    "accessibility_contact",
                    models.TextField(
                        blank=True, verbose_name="contact pour l'accessibilité"
                    ),
                ),
                (
                    "answer_delay_days",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="En jours ouvrés.",
                        verbose_name="délai de première réponse",
                    ),
                ),
                (
                    "partner_wait_days",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="En jours ouvrés : au-delà, « Ma semaine » dit de l'appeler.",
                        verbose_name="silence d'un partenaire",
                    ),
                ),
                (
                    "partner_letter_day",
                    models.PositiveSmallIntegerField(
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
                (
                    "is_demo",
                    models.BooleanField(
                        default=False,
                        help_text="Les pages disent que les données sont fictives.",
                        verbose_name="démonstration",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False
                    ),
                ),
                (
                    "departement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="desk",
                        to="territory.departement",
                        verbose_name="département",
                    ),
                ),
            ],
            options={
                "verbose_name": "réglages du guichet",
                "verbose_name_plural": "réglages du guichet",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("brand__regex", "^#[0-9a-fA-F]{6}$"),
                            ("accent__regex", "^#[0-9a-fA-F]{6}$"),
                        ),
                        name="territory_desk_colours_are_hexadecimal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("logo", None), ("logo_media_type", "")),
                            models.Q(
                                ("logo__isnull", False),
                                ("logo_media_type__in", ["image/png", "image/jpeg"]),
                            ),
                            _connector="OR",
                        ),
                        name="territory_desk_logo_has_a_type",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HealthStructure",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("health_house", "maison de santé"),
                            ("health_centre", "centre de santé"),
                            (
                                "cpts",
                                "communauté professionnelle territoriale de santé",
                            ),
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
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("project", "en projet"),
                            ("open", "ouverte"),
                            ("closed", "fermée"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "finess",
                    models.CharField(
                        blank=True,
                        max_length=9,
                        null=True,
                        unique=True,
                        verbose_name="numéro FINESS",
                    ),
                ),
                (
                    "public",
                    models.BooleanField(
                        default=False, verbose_name="portée par une collectivité"
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="adresse"
                    ),
                ),
                (
                    "postal_code",
                    models.CharField(
                        blank=True, max_length=5, verbose_name="code postal"
                    ),
                ),
                (
                    "city",
                    models.CharField(blank=True, max_length=80, verbose_name="ville"),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="téléphone"
                    ),
                ),
                (
                    "longitude",
                    models.FloatField(blank=True, null=True, verbose_name="longitude"),
                ),
                (
                    "latitude",
                    models.FloatField(blank=True, null=True, verbose_name="latitude"),
                ),
                (
                    "opened_on",
                    models.DateField(blank=True, null=True, verbose_name="ouverte le"),
                ),
                (
                    "finess_updated_on",
                    models.DateField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="fiche FINESS mise à jour le",
                    ),
                ),
                (
                    "imported",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        editable=False,
                        verbose_name="ce que dit FINESS",
                    ),
                ),
                (
                    "corrected_fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                        verbose_name="corrigé par le guichet",
                    ),
                ),
                (
                    "absent_since",
                    models.DateField(
                        blank=True,
                        editable=False,
                        help_text="Date du premier fichier où elle n'était plus.",
                        null=True,
                        verbose_name="absente de FINESS depuis le",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="health_structures",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
            ],
            options={
                "verbose_name": "structure de soins",
                "verbose_name_plural": "structures de soins",
                "ordering": ["sort_key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finess", None),
                            ("finess__regex", "^[0-9AB]{9}$"),
                            _connector="OR",
                        ),
                        name="territory_finess_has_nine_characters",
                        violation_error_message="Un numéro FINESS a neuf caractères.",
                    ),
                    models.CheckConstraint(
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
                ],
            },
        ),
    ]
