from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import phonenumber_field.modelfields
from django.conf import settings
from django.db import migrations, models

import accounts.fields
import internships.models.calendars
import internships.models.semesters


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0002_signatures"),
        ("territory", "0002_topics"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dwelling",
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
                    "name",
                    models.CharField(
                        help_text="« Maison partagée de la Bartère ».",
                        max_length=100,
                        verbose_name="nom",
                    ),
                ),
                (
                    "sort_key",
                    models.CharField(db_collation="C", editable=False, max_length=220),
                ),
                ("address", models.CharField(max_length=200, verbose_name="adresse")),
                (
                    "access",
                    models.TextField(
                        blank=True,
                        help_text="Étage, boîte à clés, stationnement : donné à l'occupant seulement.",
                        max_length=1000,
                        verbose_name="pour entrer",
                    ),
                ),
                (
                    "situation",
                    models.CharField(
                        blank=True,
                        help_text="« À dix minutes à pied du centre » : paraît, sans l'adresse.",
                        max_length=150,
                        verbose_name="où c'est, en une phrase",
                    ),
                ),
                (
                    "presentation",
                    models.TextField(
                        blank=True, max_length=3000, verbose_name="présentation"
                    ),
                ),
                (
                    "equipment",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("fibre", "internet par la fibre"),
                                ("wifi", "internet"),
                                ("kitchen", "cuisine équipée"),
                                ("washing", "lave-linge"),
                                ("desk", "espace de travail"),
                                ("parking", "stationnement"),
                                ("bicycle", "local à vélos"),
                                ("garden", "jardin"),
                                ("linen", "draps et linge fournis"),
                                ("television", "télévision"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="équipement",
                    ),
                ),
                (
                    "rules",
                    models.TextField(
                        blank=True, max_length=3000, verbose_name="règles de la maison"
                    ),
                ),
                (
                    "charges",
                    models.CharField(
                        blank=True,
                        help_text="« Eau, électricité et internet compris ».",
                        max_length=200,
                        verbose_name="charges",
                    ),
                ),
                (
                    "terms",
                    models.CharField(
                        choices=[
                            ("mobility_lease", "bail mobilité"),
                            ("occupation", "convention d'occupation temporaire"),
                        ],
                        default="occupation",
                        max_length=20,
                        verbose_name="contrat",
                    ),
                ),
                (
                    "deposit",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        help_text="Un bail mobilité n'en prend pas.",
                        max_digits=7,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0"))
                        ],
                        verbose_name="dépôt de garantie, en euros",
                    ),
                ),
                (
                    "buffer_days",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="Pour le ménage et les réparations.",
                        validators=[django.core.validators.MaxValueValidator(30)],
                        verbose_name="jours entre deux séjours",
                    ),
                ),
                (
                    "hold_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        help_text="Au-delà, la chambre est proposée à la personne suivante.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(30),
                        ],
                        verbose_name="jours pour confirmer une option",
                    ),
                ),
                (
                    "accepts_animals",
                    models.BooleanField(default=False, verbose_name="animaux acceptés"),
                ),
                (
                    "accepts_children",
                    models.BooleanField(default=False, verbose_name="enfants acceptés"),
                ),
                (
                    "needs_car",
                    models.BooleanField(
                        default=False, verbose_name="une voiture est nécessaire"
                    ),
                ),
                (
                    "payment_words",
                    models.TextField(
                        blank=True,
                        help_text="« Par virement au Trésor public de Nérac, IBAN FR76… » : dans chaque appel de loyer.",
                        max_length=1000,
                        verbose_name="comment payer le loyer",
                    ),
                ),
                (
                    "contact_name",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="qui remet les clés"
                    ),
                ),
                (
                    "contact_phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True,
                        max_length=128,
                        region=None,
                        verbose_name="téléphone",
                    ),
                ),
                (
                    "monthly_cost",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Loyer payé, charges, assurance, entretien.",
                        max_digits=8,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0"))
                        ],
                        verbose_name="coût par mois pour la collectivité, en euros",
                    ),
                ),
                ("is_open", models.BooleanField(default=True, verbose_name="proposé")),
                (
                    "submitted_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="à publier depuis le",
                    ),
                ),
                (
                    "cofinanced_by",
                    models.ManyToManyField(
                        blank=True,
                        related_name="cofinanced_dwellings",
                        to="territory.organisation",
                        verbose_name="cofinancé par",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dwellings",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        help_text="Ses membres gèrent les chambres, et celles-là seulement.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dwellings",
                        to="territory.organisation",
                        verbose_name="propriétaire",
                    ),
                ),
            ],
            options={
                "verbose_name": "logement",
                "ordering": ["sort_key"],
                "indexes": [
                    models.Index(fields=["owner"], name="internships_dwelling_owner"),
                    models.Index(fields=["commune"], name="internships_dwelling_place"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name", "commune"),
                        name="internships_one_dwelling_of_a_name",
                        violation_error_message="Ce logement existe déjà dans cette commune.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("terms", "mobility_lease"), _negated=True),
                            ("deposit", 0),
                            _connector="OR",
                        ),
                        name="internships_mobility_lease_takes_no_deposit",
                        violation_error_message="Un bail mobilité ne prend pas de dépôt.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("buffer_days__lte", 30),
                            ("deposit__gte", 0),
                            ("hold_days__range", (1, 30)),
                        ),
                        name="internships_dwelling_figures_are_plausible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("submitted_at", None), ("is_open", False), _connector="OR"
                        ),
                        name="internships_the_desk_opens_new_dwellings",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
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
                    "token",
                    models.CharField(
                        default=internships.models.calendars.new_token,
                        editable=False,
                        max_length=40,
                        unique=True,
                        verbose_name="adresse",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="ouvert le",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
                (
                    "dwelling",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar",
                        to="internships.dwelling",
                        verbose_name="logement",
                    ),
                ),
            ],
            options={
                "verbose_name": "calendrier",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dwelling", None), ("person__isnull", False)),
                            models.Q(("dwelling__isnull", False), ("person", None)),
                            _connector="OR",
                        ),
                        name="internships_calendar_is_of_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DwellingPhoto",
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
                    "alternative",
                    models.CharField(
                        max_length=150, verbose_name="ce que montre la photo"
                    ),
                ),
                (
                    "rank",
                    models.PositiveSmallIntegerField(default=0, verbose_name="ordre"),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                        verbose_name="image",
                    ),
                ),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="internships.dwelling",
                        verbose_name="logement",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo d'un logement",
                "verbose_name_plural": "photos d'un logement",
                "ordering": ["rank", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("alternative", ""), _negated=True),
                        name="internships_dwelling_photo_is_described",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlacementSite",
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
                    "address",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="adresse"
                    ),
                ),
                (
                    "presentation",
                    models.TextField(
                        blank=True,
                        help_text="L'équipe, les patients, la vie autour.",
                        max_length=3000,
                        verbose_name="présentation",
                    ),
                ),
                (
                    "faculty",
                    models.CharField(
                        blank=True,
                        help_text="« Bordeaux », « Montpellier-Nîmes ».",
                        max_length=100,
                        verbose_name="faculté la plus proche",
                    ),
                ),
                (
                    "faculty_km",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="distance à la faculté, en km",
                    ),
                ),
                (
                    "faculty_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="temps jusqu'à la faculté, en minutes",
                    ),
                ),
                (
                    "transport",
                    models.CharField(
                        blank=True,
                        help_text="« Gare à 10 minutes à pied, six trains par jour ».",
                        max_length=200,
                        verbose_name="venir sans voiture",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True, verbose_name="reçoit des étudiants"
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placement_sites",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="Ses membres écrivent les offres et répondent aux étudiants.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placement_sites",
                        to="territory.organisation",
                        verbose_name="accueilli par",
                    ),
                ),
                (
                    "structure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placement_sites",
                        to="territory.healthstructure",
                        verbose_name="structure de soins",
                    ),
                ),
            ],
            options={
                "verbose_name": "terrain de stage",
                "verbose_name_plural": "terrains de stage",
                "ordering": ["sort_key"],
                "indexes": [
                    models.Index(
                        fields=["organisation"], name="internships_site_of_a_host"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name", "commune"),
                        name="internships_one_site_of_a_name",
                        violation_error_message="Ce terrain existe déjà dans cette commune.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Semester",
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
                        help_text="Du premier jour au jour de fin, celui-ci non compris.",
                        verbose_name="période",
                    ),
                ),
                (
                    "draw_seed",
                    models.CharField(
                        default=internships.models.semesters.new_seed,
                        editable=False,
                        max_length=16,
                        verbose_name="graine du tirage",
                    ),
                ),
                (
                    "beds_from",
                    models.DateField(
                        blank=True,
                        help_text="Vide : dès qu'une chambre est libre. Avant ce jour, le guichet seul attribue.",
                        null=True,
                        verbose_name="chambres proposées à partir du",
                    ),
                ),
            ],
            options={
                "verbose_name": "semestre",
                "ordering": ["period"],
                "indexes": [
                    models.Index(
                        django.db.models.functions.text.Upper("period"),
                        name="internships_semester_end",
                    )
                ],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("period", "&&")],
                        name="internships_one_semester_at_a_time",
                        violation_error_message="Un autre semestre couvre déjà ces jours.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__endswith__isnull", False),
                            ("period__isempty", False),
                            ("period__startswith__isnull", False),
                        ),
                        name="internships_semester_has_both_ends",
                        violation_error_message="Indiquez le premier jour et le jour de fin.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Supervisor",
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
                ("last_name", models.CharField(max_length=100, verbose_name="nom")),
                ("first_name", models.CharField(max_length=100, verbose_name="prénom")),
                (
                    "sort_key",
                    models.CharField(db_collation="C", editable=False, max_length=320),
                ),
                (
                    "rpps",
                    models.CharField(
                        blank=True, max_length=11, verbose_name="numéro RPPS"
                    ),
                ),
                (
                    "levels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("extern_gp", "externat en médecine générale"),
                                ("n1", "niveau 1 chez le praticien"),
                                ("saspas", "SASPAS (niveau 2)"),
                                ("woman_child", "santé de la femme et de l'enfant"),
                                ("polyvalent", "médecine polyvalente"),
                                ("emergency", "urgences"),
                                ("free", "stage libre"),
                                ("junior_doctor", "docteur junior"),
                                ("pmi", "protection maternelle et infantile"),
                                ("hospital", "stage hospitalier"),
                                ("dental_active", "stage actif d'odontologie"),
                                ("discovery", "stage de découverte"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        help_text="Les stages pour lesquels la faculté l'a agréé ou agréée.",
                        size=None,
                        verbose_name="agréments",
                    ),
                ),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(6),
                        ],
                        verbose_name="étudiants par semestre",
                    ),
                ),
                (
                    "teaching_days",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="jours d'accueil"
                    ),
                ),
                (
                    "languages",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="langues parlées"
                    ),
                ),
                (
                    "shows_contact",
                    models.BooleanField(
                        default=False,
                        verbose_name="accepte que ses coordonnées soient données aux étudiants",
                    ),
                ),
                (
                    "email",
                    accounts.fields.LowercaseEmailField(
                        blank=True, max_length=254, verbose_name="courriel"
                    ),
                ),
                (
                    "phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True,
                        max_length=128,
                        region=None,
                        verbose_name="téléphone",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True, verbose_name="reçoit des étudiants"
                    ),
                ),
                (
                    "sites",
                    models.ManyToManyField(
                        related_name="supervisors",
                        to="internships.placementsite",
                        verbose_name="terrains",
                    ),
                ),
            ],
            options={
                "verbose_name": "maître de stage",
                "verbose_name_plural": "maîtres de stage",
                "ordering": ["sort_key"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("rpps", ""), _negated=True),
                        fields=("rpps",),
                        name="internships_one_supervisor_an_rpps",
                        violation_error_message="Ce numéro RPPS est déjà celui d'un autre.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rpps", ""),
                            ("rpps__regex", "^[0-9]{11}$"),
                            _connector="OR",
                        ),
                        name="internships_rpps_has_eleven_digits",
                        violation_error_message="Un numéro RPPS compte onze chiffres.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shows_contact", True),
                            models.Q(("email", ""), ("phone", "")),
                            _connector="OR",
                        ),
                        name="internships_supervisor_contact_by_consent",
                        violation_error_message="Sans son accord, ses coordonnées ne s'enregistrent pas.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__range", (1, 6))),
                        name="internships_supervisor_capacity_is_plausible",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlacementOffer",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "brouillon"),
                            ("submitted", "à relire"),
                            ("published", "publiée"),
                            ("refused", "à corriger"),
                            ("expired", "expirée"),
                            ("withdrawn", "retirée"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="titre")),
                (
                    "summary",
                    models.CharField(max_length=300, verbose_name="en une phrase"),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True, max_length=5000, verbose_name="description"
                    ),
                ),
                (
                    "contact_name",
                    models.CharField(max_length=150, verbose_name="personne à joindre"),
                ),
                (
                    "contact_email",
                    accounts.fields.LowercaseEmailField(
                        max_length=254, verbose_name="courriel"
                    ),
                ),
                (
                    "contact_phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True,
                        max_length=128,
                        region=None,
                        verbose_name="téléphone",
                    ),
                ),
                (
                    "contact_is_public",
                    models.BooleanField(
                        default=False,
                        help_text="Sinon, le guichet met en relation.",
                        verbose_name="montrer ces coordonnées",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="écrite le",
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="envoyée le"
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="publiée le"
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="confirmée le"
                    ),
                ),
                (
                    "expires_on",
                    models.DateField(
                        editable=False, null=True, verbose_name="en ligne jusqu'au"
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="retirée le"
                    ),
                ),
                (
                    "refusal",
                    models.TextField(
                        editable=False, max_length=2000, verbose_name="à corriger"
                    ),
                ),
                ("search_title", models.TextField(default="", editable=False)),
                ("search_text", models.TextField(default="", editable=False)),
                (
                    "search_vector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.SearchVector(
                                "search_title", config="french", weight="A"
                            ),
                            "||",
                            django.contrib.postgres.search.SearchVector(
                                "search_text", config="french", weight="B"
                            ),
                            django.contrib.postgres.search.SearchConfig("french"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("extern_gp", "externat en médecine générale"),
                            ("n1", "niveau 1 chez le praticien"),
                            ("saspas", "SASPAS (niveau 2)"),
                            ("woman_child", "santé de la femme et de l'enfant"),
                            ("polyvalent", "médecine polyvalente"),
                            ("emergency", "urgences"),
                            ("free", "stage libre"),
                            ("junior_doctor", "docteur junior"),
                            ("pmi", "protection maternelle et infantile"),
                            ("hospital", "stage hospitalier"),
                            ("dental_active", "stage actif d'odontologie"),
                            ("discovery", "stage de découverte"),
                        ],
                        max_length=20,
                        verbose_name="stage",
                    ),
                ),
                (
                    "supervision",
                    models.CharField(
                        choices=[
                            ("direct", "supervision directe"),
                            ("indirect", "supervision indirecte"),
                            ("autonomy", "autonomie supervisée"),
                        ],
                        default="direct",
                        max_length=10,
                        verbose_name="accompagnement",
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("full", "à temps plein sur place"),
                            ("coupled", "stage couplé"),
                            (
                                "alternating",
                                "en alternance entre plusieurs maîtres de stage",
                            ),
                        ],
                        default="full",
                        max_length=12,
                        verbose_name="organisation",
                    ),
                ),
                (
                    "seats",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="places",
                    ),
                ),
                (
                    "teaching_days",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="jours d'enseignement"
                    ),
                ),
                (
                    "needs_car",
                    models.BooleanField(
                        default=False, verbose_name="une voiture est nécessaire"
                    ),
                ),
                (
                    "room_nearby",
                    models.CharField(
                        blank=True,
                        help_text="« Chambre de la commune à 300 m », laissez vide s'il n'y en a pas.",
                        max_length=200,
                        verbose_name="une chambre à proximité",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "moderator",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="relue par",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.organisation",
                        verbose_name="au nom de",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="proposée par",
                    ),
                ),
                (
                    "renews",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="renewal",
                        to="internships.placementoffer",
                        verbose_name="renouvelle",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="internships.placementsite",
                        verbose_name="terrain",
                    ),
                ),
                (
                    "semester",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="internships.semester",
                        verbose_name="semestre",
                    ),
                ),
                (
                    "supervisors",
                    models.ManyToManyField(
                        blank=True,
                        related_name="offers",
                        to="internships.supervisor",
                        verbose_name="maîtres de stage",
                    ),
                ),
            ],
            options={
                "verbose_name": "offre de stage",
                "verbose_name_plural": "offres de stage",
                "abstract": False,
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("state", "published")),
                        name="placementoffer_newest",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["expires_on"],
                        name="placementoffer_ending",
                    ),
                    models.Index(
                        condition=models.Q(("state", "submitted")),
                        fields=["submitted_at", "id"],
                        name="placementoffer_to_moderate",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_vector"], name="placementoffer_words"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_text"],
                        name="placementoffer_look_alikes",
                        opclasses=["gin_trgm_ops"],
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["semester", "kind", "-published_at", "-id"],
                        name="placementoffer_of_a_semester",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("expires_on__isnull", False),
                                ("published_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="internships_placementoffer_published_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "refused"),
                                models.Q(("refusal", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "refused"), _negated=True),
                                ("refusal", ""),
                            ),
                            _connector="OR",
                        ),
                        name="internships_placementoffer_refused_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "withdrawn"), ("withdrawn_at__isnull", False)
                            ),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                ("withdrawn_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="internships_placementoffer_withdrawn_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("seats__range", (1, 20))),
                        name="internships_offer_seats_are_plausible",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interest",
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
                ("rank", models.PositiveSmallIntegerField(verbose_name="vœu")),
                (
                    "word",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="un mot pour l'équipe"
                    ),
                ),
                ("wording", models.TextField(verbose_name="accord pour le terrain")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "attend la réponse du terrain"),
                            ("accepted", "accepté, à confirmer"),
                            ("confirmed", "confirmé"),
                            ("declined", "décliné par le terrain"),
                            ("withdrawn", "retiré"),
                            ("released", "libéré"),
                        ],
                        default="sent",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="réponse du terrain"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="envoyé le"
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(null=True, verbose_name="répondu le"),
                ),
                ("closed_at", models.DateTimeField(null=True, verbose_name="clos le")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placement_interests",
                        to="accounts.person",
                        verbose_name="étudiante ou étudiant",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="internships.placementoffer",
                        verbose_name="offre",
                    ),
                ),
                (
                    "semester",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="internships.semester",
                        verbose_name="semestre",
                    ),
                ),
            ],
            options={
                "verbose_name": "marque d'intérêt pour un stage",
                "verbose_name_plural": "marques d'intérêt pour un stage",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "sent")),
                        fields=["created_at", "id"],
                        name="internships_interest_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rank__range", (1, 3))),
                        name="internships_three_interests",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["sent", "accepted"])),
                        fields=("person", "semester", "rank"),
                        name="internships_three_interests_at_a_time",
                        violation_error_message="Vous avez déjà trois terrains en vue.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ["sent", "accepted", "confirmed"])
                        ),
                        fields=("person", "offer"),
                        name="internships_interested_once",
                        violation_error_message="Vous avez déjà signalé votre intérêt.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None), ("state__in", ["sent", "accepted"])
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                (
                                    "state__in",
                                    ["confirmed", "declined", "withdrawn", "released"],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="internships_closed_interest_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["accepted", "confirmed", "declined"]),
                                _negated=True,
                            ),
                            ("answered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="internships_answered_interest_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Placement",
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
                            ("extern_gp", "externat en médecine générale"),
                            ("n1", "niveau 1 chez le praticien"),
                            ("saspas", "SASPAS (niveau 2)"),
                            ("woman_child", "santé de la femme et de l'enfant"),
                            ("polyvalent", "médecine polyvalente"),
                            ("emergency", "urgences"),
                            ("free", "stage libre"),
                            ("junior_doctor", "docteur junior"),
                            ("pmi", "protection maternelle et infantile"),
                            ("hospital", "stage hospitalier"),
                            ("dental_active", "stage actif d'odontologie"),
                            ("discovery", "stage de découverte"),
                        ],
                        max_length=20,
                        verbose_name="stage",
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("full", "à temps plein sur place"),
                            ("coupled", "stage couplé"),
                            (
                                "alternating",
                                "en alternance entre plusieurs maîtres de stage",
                            ),
                        ],
                        default="full",
                        max_length=12,
                        verbose_name="organisation",
                    ),
                ),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        verbose_name="période"
                    ),
                ),
                (
                    "place_name",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="lieu du stage"
                    ),
                ),
                (
                    "zone_code",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=30,
                        verbose_name="code de la zone",
                    ),
                ),
                (
                    "zone_label",
                    models.CharField(
                        blank=True, editable=False, max_length=120, verbose_name="zone"
                    ),
                ),
                (
                    "indemnities_wording",
                    models.TextField(blank=True, verbose_name="non-cumul accepté"),
                ),
                (
                    "indemnities_accepted_at",
                    models.DateTimeField(null=True, verbose_name="accepté le"),
                ),
                (
                    "locum_licence_on",
                    models.DateField(
                        blank=True,
                        null=True,
                        verbose_name="licence de remplacement obtenue le",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="noté le",
                    ),
                ),
                (
                    "arrived_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="arrivée constatée le"
                    ),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="annulé le"
                    ),
                ),
                (
                    "cancelled_because",
                    models.CharField(blank=True, max_length=300, verbose_name="motif"),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "declared_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="déclaré par",
                    ),
                ),
                (
                    "interest",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placement",
                        to="internships.interest",
                        verbose_name="marque d'intérêt",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="accounts.person",
                        verbose_name="étudiante ou étudiant",
                    ),
                ),
                (
                    "zoning",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.zoning",
                        verbose_name="zonage",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="internships.placementsite",
                        verbose_name="terrain",
                    ),
                ),
                (
                    "semester",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="internships.semester",
                        verbose_name="semestre",
                    ),
                ),
                (
                    "supervisor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="internships.supervisor",
                        verbose_name="maître de stage",
                    ),
                ),
            ],
            options={
                "verbose_name": "stage",
                "ordering": ["-period", "-pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["period"], name="internships_placement_period"
                    ),
                    models.Index(
                        fields=["semester", "id"], name="internships_placement_term"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__endswith__isnull", False),
                            ("period__isempty", False),
                            ("period__startswith__isnull", False),
                        ),
                        name="internships_placement_has_both_ends",
                        violation_error_message="Un stage a un premier et un dernier jour.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("site__isnull", False),
                            models.Q(("place_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="internships_placement_is_somewhere",
                        violation_error_message="Choisissez un terrain, ou nommez le lieu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("indemnities_accepted_at", None),
                                ("indemnities_wording", ""),
                            ),
                            models.Q(
                                models.Q(("indemnities_wording", ""), _negated=True),
                                ("indemnities_accepted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="internships_accepted_indemnities_are_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_at", None), ("cancelled_because", "")),
                            models.Q(
                                ("cancelled_at__isnull", False),
                                models.Q(("cancelled_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="internships_cancelled_placement_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HousingRequest",
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
                        blank=True,
                        editable=False,
                        max_length=24,
                        verbose_name="référence",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="sans stage : pourquoi"
                    ),
                ),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        verbose_name="période"
                    ),
                ),
                (
                    "for_two",
                    models.BooleanField(default=False, verbose_name="en couple"),
                ),
                (
                    "children",
                    models.PositiveSmallIntegerField(default=0, verbose_name="enfants"),
                ),
                (
                    "has_car",
                    models.BooleanField(default=False, verbose_name="a une voiture"),
                ),
                (
                    "has_animal",
                    models.BooleanField(
                        default=False, verbose_name="vient avec un animal"
                    ),
                ),
                (
                    "needs_accessible",
                    models.BooleanField(
                        default=False, verbose_name="a besoin d'un logement accessible"
                    ),
                ),
                (
                    "stay_until",
                    models.DateField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="voudrait rester jusqu'au",
                    ),
                ),
                (
                    "options_expired",
                    models.PositiveSmallIntegerField(
                        default=0,
                        editable=False,
                        verbose_name="options laissées expirer",
                    ),
                ),
                (
                    "word",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="précisions"
                    ),
                ),
                (
                    "wording",
                    models.TextField(blank=True, verbose_name="non-cumul accepté"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "en attente d'une chambre"),
                            ("held", "une option à confirmer"),
                            ("housed", "une chambre confirmée"),
                            ("refused", "sans suite"),
                            ("withdrawn", "retirée"),
                            ("over", "terminée"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "refusal",
                    models.TextField(blank=True, max_length=1000, verbose_name="motif"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="demandée le"
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="close le"
                    ),
                ),
                (
                    "dwellings",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Aucun : ce qui se libère.",
                        related_name="requests",
                        to="internships.dwelling",
                        verbose_name="logements souhaités",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="housing_requests",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="housing_requests",
                        to="internships.placement",
                        verbose_name="stage",
                    ),
                ),
            ],
            options={
                "verbose_name": "demande de logement",
                "verbose_name_plural": "demandes de logement",
                "ordering": ["created_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["created_at", "id"],
                        name="internships_request_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__endswith__isnull", False),
                            ("period__isempty", False),
                            ("period__startswith__isnull", False),
                        ),
                        name="internships_request_has_both_ends",
                        violation_error_message="Indiquez le jour d'arrivée et de départ.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "held", "housed"])
                        ),
                        expressions=[("person", "="), ("period", "&&")],
                        name="internships_one_request_at_a_time",
                        violation_error_message="Vous avez déjà une demande pour ces dates.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None),
                                ("state__in", ["waiting", "held", "housed"]),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("state__in", ["refused", "withdrawn", "over"]),
                            ),
                            _connector="OR",
                        ),
                        name="internships_closed_request_is_dated",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("reference",),
                        name="internships_request_reference_is_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("refusal", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="internships_refused_request_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Room",
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
                    "name",
                    models.CharField(
                        help_text="« Chambre bleue ».",
                        max_length=60,
                        verbose_name="nom",
                    ),
                ),
                (
                    "surface",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="surface, en m²"
                    ),
                ),
                (
                    "rent",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="De 100 à 200 € par mois dans la charte « hébergement territorial ».",
                        max_digits=7,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0"))
                        ],
                        verbose_name="loyer par mois, charges comprises, en euros",
                    ),
                ),
                (
                    "charges_share",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        help_text="La part du loyer qui paie l'eau, l'énergie, internet.",
                        max_digits=7,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0"))
                        ],
                        verbose_name="dont charges par mois, en euros",
                    ),
                ),
                (
                    "for_two",
                    models.BooleanField(default=False, verbose_name="pour deux"),
                ),
                (
                    "is_accessible",
                    models.BooleanField(
                        default=False, verbose_name="accessible en fauteuil roulant"
                    ),
                ),
                (
                    "notes",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="particularités"
                    ),
                ),
                (
                    "closed_on",
                    models.DateField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="n'est plus proposée depuis le",
                    ),
                ),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rooms",
                        to="internships.dwelling",
                        verbose_name="logement",
                    ),
                ),
            ],
            options={
                "verbose_name": "chambre",
                "ordering": ["dwelling", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dwelling", "name"),
                        name="internships_one_room_of_a_name",
                        violation_error_message="Ce logement a déjà une chambre de ce nom.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rent__gte", 0)),
                        name="internships_rent_is_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("charges_share__gte", 0),
                            ("charges_share__lte", models.F("rent")),
                        ),
                        name="internships_charges_are_part_of_the_rent",
                        violation_error_message="Les charges sont une part du loyer.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
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
                    "title",
                    models.CharField(max_length=100, verbose_name="en quelques mots"),
                ),
                (
                    "description",
                    models.TextField(max_length=3000, verbose_name="ce qui se passe"),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("danger", "danger, ou la chambre n'est plus habitable"),
                            ("soon", "à réparer dans les jours qui viennent"),
                            ("later", "quand ce sera possible"),
                        ],
                        default="soon",
                        max_length=10,
                        verbose_name="urgence",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "signalé"),
                            ("in_progress", "pris en charge"),
                            ("closed", "clos"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                (
                    "reported_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="signalé le"
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="clos le"
                    ),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="suivi par",
                    ),
                ),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="internships.dwelling",
                        verbose_name="logement",
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="housing_incidents",
                        to="accounts.person",
                        verbose_name="signalé par",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="internships.room",
                        verbose_name="chambre",
                    ),
                ),
            ],
            options={
                "verbose_name": "incident",
                "ordering": ["-reported_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "closed"), _negated=True),
                        fields=["reported_at"],
                        name="internships_incident_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state", "closed")),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="internships_closed_incident_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "in_progress"), _negated=True),
                            ("assigned_to__isnull", False),
                            _connector="OR",
                        ),
                        name="internships_incident_in_hand_is_somebody_s",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentMessage",
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
                    "side",
                    models.CharField(
                        choices=[
                            ("occupant", "occupant"),
                            ("owner", "propriétaire"),
                            ("desk", "guichet"),
                        ],
                        max_length=10,
                        verbose_name="de",
                    ),
                ),
                ("body", models.TextField(max_length=3000, verbose_name="message")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="écrit le"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="auteur",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="internships.incident",
                        verbose_name="incident",
                    ),
                ),
            ],
            options={
                "verbose_name": "message sur un incident",
                "verbose_name_plural": "messages sur un incident",
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="IncidentPhoto",
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
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                        verbose_name="image",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="internships.incident",
                        verbose_name="incident",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo d'un incident",
                "verbose_name_plural": "photos d'un incident",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="IndemnityRate",
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
                            ("lodging", "indemnité d'hébergement du CHU, par mois"),
                            ("transport", "indemnité de transport du CHU, par mois"),
                            ("junior", "indemnité de docteur junior en ZIP, par mois"),
                            ("pay", "émoluments de troisième année d'internat, par an"),
                        ],
                        max_length=10,
                        verbose_name="montant",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=8, verbose_name="en euros"
                    ),
                ),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="Du premier jour au jour de fin, celui-ci non compris.",
                        verbose_name="en vigueur",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
            ],
            options={
                "verbose_name": "montant d'indemnité",
                "verbose_name_plural": "montants des indemnités",
                "ordering": ["kind", "-period"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("kind", "="), ("period", "&&")],
                        name="internships_one_rate_at_a_time",
                        violation_error_message="Ce montant est déjà fixé dans cette période : fermez-la d'abord.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__isempty", False),
                            ("period__startswith__isnull", False),
                        ),
                        name="internships_rate_has_a_first_day",
                        violation_error_message="Indiquez le premier jour.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)),
                        name="internships_rate_is_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Occupation",
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
                            ("hold", "option"),
                            ("stay", "séjour"),
                            ("maintenance", "travaux"),
                            ("buffer", "ménage"),
                        ],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        verbose_name="période"
                    ),
                ),
                (
                    "expires_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="option jusqu'au"
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, max_length=200, verbose_name="note"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="posée le",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="confirmée le"
                    ),
                ),
                (
                    "released_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="libérée le"
                    ),
                ),
                (
                    "released_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("expired", "option expirée"),
                            ("declined", "option déclinée"),
                            ("withdrawn", "demande retirée"),
                            ("cancelled", "annulée par le guichet ou le propriétaire"),
                            ("moved", "changée de chambre ou de dates"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="libérée",
                    ),
                ),
                (
                    "follows",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="buffer",
                        to="internships.occupation",
                        verbose_name="suit",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="occupations",
                        to="internships.housingrequest",
                        verbose_name="demande",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="occupations",
                        to="internships.room",
                        verbose_name="chambre",
                    ),
                ),
            ],
            options={
                "verbose_name": "occupation",
                "ordering": ["room", "period"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("kind", "hold"), ("released_at", None)),
                        fields=["expires_at"],
                        name="internships_holds_that_expire",
                    ),
                    models.Index(
                        django.db.models.functions.text.Upper("period"),
                        condition=models.Q(("released_at", None)),
                        name="internships_occupation_ends",
                    ),
                ],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("released_at", None)),
                        expressions=[("room", "="), ("period", "&&")],
                        name="internships_a_bed_is_booked_once",
                        violation_error_message="Cette chambre est déjà prise à ces dates.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__endswith__isnull", False),
                            ("period__isempty", False),
                            ("period__startswith__isnull", False),
                        ),
                        name="internships_occupation_has_both_ends",
                        violation_error_message="Indiquez le premier jour et le jour de fin.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ["hold", "stay"]),
                                ("request__isnull", False),
                            ),
                            models.Q(
                                ("kind__in", ["maintenance", "buffer"]),
                                ("request", None),
                            ),
                            _connector="OR",
                        ),
                        name="internships_beds_are_kept_for_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at", None),
                                ("expires_at__isnull", False),
                                ("kind", "hold"),
                            ),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("expires_at", None),
                                ("kind", "stay"),
                            ),
                            models.Q(
                                ("confirmed_at", None),
                                ("expires_at", None),
                                ("kind__in", ["maintenance", "buffer"]),
                            ),
                            _connector="OR",
                        ),
                        name="internships_only_holds_expire",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("follows__isnull", False), ("kind", "buffer")),
                            models.Q(
                                models.Q(("kind", "buffer"), _negated=True),
                                ("follows", None),
                            ),
                            _connector="OR",
                        ),
                        name="internships_a_buffer_follows_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at", None), ("released_because", "")),
                            models.Q(
                                ("released_at__isnull", False),
                                models.Q(("released_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="internships_released_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("released_at", None)),
                        fields=("request",),
                        name="internships_one_bed_a_request",
                        violation_error_message="Une chambre est déjà retenue pour elle.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stay",
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
                    "rent",
                    models.DecimalField(
                        decimal_places=2, max_digits=7, verbose_name="loyer par mois"
                    ),
                ),
                (
                    "deposit",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=7,
                        verbose_name="dépôt de garantie",
                    ),
                ),
                ("terms", models.CharField(max_length=20, verbose_name="contrat")),
                (
                    "insurance_sent_at",
                    models.DateTimeField(
                        null=True, verbose_name="attestation envoyée le"
                    ),
                ),
                (
                    "insurance_checked_at",
                    models.DateTimeField(
                        null=True, verbose_name="attestation vérifiée le"
                    ),
                ),
                (
                    "insurance_refusal",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="à refaire parce que"
                    ),
                ),
                (
                    "entry_signed_at",
                    models.DateTimeField(null=True, verbose_name="entrée signée le"),
                ),
                (
                    "deposit_received_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="dépôt reçu le"
                    ),
                ),
                (
                    "keys_given_at",
                    models.DateTimeField(null=True, verbose_name="clés remises le"),
                ),
                (
                    "keys_returned_at",
                    models.DateTimeField(null=True, verbose_name="clés rendues le"),
                ),
                (
                    "exit_signed_at",
                    models.DateTimeField(null=True, verbose_name="sortie signée le"),
                ),
                (
                    "deposit_returned_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="dépôt rendu le"
                    ),
                ),
                (
                    "deposit_kept",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=7,
                        verbose_name="retenu sur le dépôt",
                    ),
                ),
                (
                    "deposit_kept_because",
                    models.CharField(blank=True, max_length=300, verbose_name="motif"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="confirmé le"
                    ),
                ),
                (
                    "insurance",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                        verbose_name="attestation d'assurance",
                    ),
                ),
                (
                    "occupation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stay",
                        to="internships.occupation",
                        verbose_name="séjour",
                    ),
                ),
            ],
            options={
                "verbose_name": "séjour",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("keys_given_at", None),
                            models.Q(
                                ("entry_signed_at__isnull", False),
                                ("insurance_checked_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="internships_no_keys_before_insurance_and_inventory",
                        violation_error_message="Les clés se remettent après l'attestation d'assurance et l'état des lieux d'entrée signé.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("keys_returned_at", None),
                            ("keys_given_at__isnull", False),
                            _connector="OR",
                        ),
                        name="internships_keys_come_back_after_they_went",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deposit_returned_on", None),
                            models.Q(
                                ("exit_signed_at__isnull", False),
                                ("keys_returned_at__isnull", False),
                            ),
                            ("keys_given_at", None),
                            _connector="OR",
                        ),
                        name="internships_deposit_back_after_exit",
                        violation_error_message="Le dépôt se rend après l'état des lieux de sortie et les clés.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("deposit_kept", 0), ("deposit_kept_because", "")),
                            models.Q(
                                ("deposit_kept__gt", 0),
                                ("deposit_kept__lte", models.F("deposit")),
                                models.Q(("deposit_kept_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="internships_kept_deposit_says_why",
                        violation_error_message="Dites pourquoi une part du dépôt est retenue, sans la dépasser.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inventory",
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
                        choices=[("entry", "entrée"), ("exit", "sortie")],
                        max_length=10,
                        verbose_name="moment",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "en cours de saisie"),
                            ("preparing", "document en préparation"),
                            ("to_sign", "à signer"),
                            ("signed", "signé des deux"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "done_on",
                    models.DateField(blank=True, null=True, verbose_name="fait le"),
                ),
                (
                    "owner_name",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="pour le propriétaire"
                    ),
                ),
                (
                    "owner_email",
                    models.EmailField(
                        blank=True,
                        max_length=254,
                        verbose_name="courriel de qui le représente",
                    ),
                ),
                (
                    "remark",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="observations"
                    ),
                ),
                (
                    "correction",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="correction demandée"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="commencé le"
                    ),
                ),
                (
                    "signed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="signé le"
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
                    "circuit",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.signaturerequest",
                        verbose_name="signatures",
                    ),
                ),
                (
                    "filled_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saisi par",
                    ),
                ),
                (
                    "stay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inventories",
                        to="internships.stay",
                        verbose_name="séjour",
                    ),
                ),
            ],
            options={
                "verbose_name": "état des lieux",
                "verbose_name_plural": "états des lieux",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("stay", "kind"),
                        name="internships_one_inventory_a_moment",
                        violation_error_message="Cet état des lieux existe déjà.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at__isnull", False), ("state", "signed")),
                            models.Q(
                                models.Q(("state", "signed"), _negated=True),
                                ("signed_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="internships_signed_inventory_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "preparing"]),
                            ("circuit__isnull", False),
                            _connector="OR",
                        ),
                        name="internships_inventory_signed_on_a_document",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(
                                ("done_on__isnull", False),
                                models.Q(("owner_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="internships_finished_inventory_is_complete",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InventoryLine",
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
                ("section", models.CharField(max_length=60, verbose_name="pièce")),
                ("label", models.CharField(max_length=100, verbose_name="élément")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("item", "élément"),
                            ("meter", "compteur"),
                            ("keys", "clés"),
                        ],
                        default="item",
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                (
                    "rank",
                    models.PositiveSmallIntegerField(default=0, verbose_name="ordre"),
                ),
                (
                    "condition",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new", "neuf"),
                            ("good", "bon état"),
                            ("worn", "usé"),
                            ("damaged", "dégradé"),
                            ("absent", "absent"),
                        ],
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "reading",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        verbose_name="relevé",
                    ),
                ),
                (
                    "count",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="nombre"
                    ),
                ),
                (
                    "remark",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="remarque"
                    ),
                ),
                (
                    "before",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="after",
                        to="internships.inventoryline",
                        verbose_name="à l'entrée",
                    ),
                ),
                (
                    "inventory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="internships.inventory",
                        verbose_name="état des lieux",
                    ),
                ),
            ],
            options={
                "verbose_name": "ligne d'état des lieux",
                "verbose_name_plural": "lignes d'état des lieux",
                "ordering": ["inventory", "rank", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("inventory", "section", "label"),
                        name="internships_inventory_line_once",
                        violation_error_message="Cet élément est déjà dans la pièce.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("count", None), ("kind", "item"), ("reading", None)
                            ),
                            models.Q(
                                ("condition", ""), ("count", None), ("kind", "meter")
                            ),
                            models.Q(
                                ("condition", ""), ("kind", "keys"), ("reading", None)
                            ),
                            _connector="OR",
                        ),
                        name="internships_line_says_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reading", None), ("reading__gte", 0), _connector="OR"
                        ),
                        name="internships_meter_is_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("before", None),
                            models.Q(("before", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="internships_line_follows_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InventoryPhoto",
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
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                        verbose_name="image",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="internships.inventoryline",
                        verbose_name="ligne",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo d'état des lieux",
                "verbose_name_plural": "photos d'état des lieux",
                "ordering": ["line", "pk"],
            },
        ),
        migrations.CreateModel(
            name="InventoryTemplateLine",
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
                ("section", models.CharField(max_length=60, verbose_name="pièce")),
                ("label", models.CharField(max_length=100, verbose_name="élément")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("item", "élément"),
                            ("meter", "compteur"),
                            ("keys", "clés"),
                        ],
                        default="item",
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                (
                    "rank",
                    models.PositiveSmallIntegerField(default=0, verbose_name="ordre"),
                ),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inventory_template",
                        to="internships.dwelling",
                        verbose_name="logement",
                    ),
                ),
            ],
            options={
                "verbose_name": "ligne type d'état des lieux",
                "verbose_name_plural": "lignes types d'état des lieux",
                "ordering": ["dwelling", "rank", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dwelling", "section", "label"),
                        name="internships_template_line_once",
                        violation_error_message="Cet élément est déjà dans la pièce.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HousingBenefit",
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
                            ("lent", "logement prêté"),
                            ("allowance", "indemnité de logement"),
                        ],
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        verbose_name="période"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="housing_benefits",
                        to="accounts.person",
                        verbose_name="personne",
                    ),
                ),
                (
                    "occupation",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefit",
                        to="internships.occupation",
                        verbose_name="séjour",
                    ),
                ),
            ],
            options={
                "verbose_name": "avantage de logement",
                "verbose_name_plural": "avantages de logement",
                "ordering": ["-period", "-pk"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("person", "="), ("kind", "<>"), ("period", "&&")],
                        name="internships_lent_bed_or_allowance",
                        violation_error_message="Un logement prêté et une indemnité de logement ne se cumulent pas aux mêmes dates (article D. 1511-52 du CGCT).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__endswith__isnull", False),
                            ("period__isempty", False),
                            ("period__startswith__isnull", False),
                        ),
                        name="internships_benefit_has_both_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "lent"), ("occupation__isnull", False)),
                            models.Q(("kind", "allowance"), ("occupation", None)),
                            _connector="OR",
                        ),
                        name="internships_lent_bed_is_a_stay",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
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
                    "welcome",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="accueil",
                    ),
                ),
                (
                    "supervision",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="accompagnement",
                    ),
                ),
                (
                    "variety",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="variété",
                    ),
                ),
                (
                    "autonomy",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="autonomie",
                    ),
                ),
                (
                    "living",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="vie sur place",
                    ),
                ),
                (
                    "would_return",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="retour",
                    ),
                ),
                (
                    "comment",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        verbose_name="un mot pour le guichet",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="répondu le"
                    ),
                ),
                (
                    "placement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessment",
                        to="internships.placement",
                        verbose_name="stage",
                    ),
                ),
            ],
            options={
                "verbose_name": "bilan de stage",
                "verbose_name_plural": "bilans de stage",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("autonomy__range", (1, 5)),
                            ("living__range", (1, 5)),
                            ("supervision__range", (1, 5)),
                            ("variety__range", (1, 5)),
                            ("welcome__range", (1, 5)),
                            ("would_return__range", (1, 5)),
                        ),
                        name="internships_assessment_marks_are_one_to_five",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferPhoto",
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
                    "alternative",
                    models.CharField(
                        max_length=150, verbose_name="ce que montre la photo"
                    ),
                ),
                (
                    "rank",
                    models.PositiveSmallIntegerField(default=0, verbose_name="ordre"),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                        verbose_name="image",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="internships.placementoffer",
                        verbose_name="offre",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo d'une offre",
                "verbose_name_plural": "photos d'une offre",
                "ordering": ["rank", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("alternative", ""), _negated=True),
                        name="internships_offer_photo_is_described",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RentCall",
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
                    "month",
                    models.DateField(
                        help_text="Son premier jour.", verbose_name="mois"
                    ),
                ),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        verbose_name="nuits couvertes"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Charges comprises, en euros.",
                        max_digits=8,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.00"))
                        ],
                        verbose_name="à payer",
                    ),
                ),
                (
                    "charges",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        max_digits=8,
                        verbose_name="dont charges",
                    ),
                ),
                (
                    "called_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="appelé le"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="à payer avant le")),
                (
                    "paid_amount",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        editable=False,
                        max_digits=8,
                        verbose_name="reçu",
                    ),
                ),
                (
                    "settled_on",
                    models.DateField(
                        editable=False, null=True, verbose_name="soldé le"
                    ),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="annulé le"
                    ),
                ),
                (
                    "payee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rent_calls",
                        to="territory.organisation",
                        verbose_name="à payer à",
                    ),
                ),
                (
                    "receipt",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                        verbose_name="quittance",
                    ),
                ),
                (
                    "stay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rent_calls",
                        to="internships.stay",
                        verbose_name="séjour",
                    ),
                ),
            ],
            options={
                "verbose_name": "appel de loyer",
                "verbose_name_plural": "appels de loyer",
                "ordering": ["-month", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("cancelled_at", None), ("settled_on", None)
                        ),
                        fields=["due_on"],
                        name="internships_rent_unpaid",
                    ),
                    models.Index(
                        fields=["payee", "-month"], name="internships_rent_of_an_owner"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("stay", "month"),
                        name="internships_one_rent_call_a_month",
                        violation_error_message="Ce mois est déjà appelé pour ce séjour.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="internships_rent_month_is_its_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gte", 0),
                            ("charges__gte", 0),
                            ("charges__lte", models.F("amount")),
                            ("paid_amount__gte", 0),
                        ),
                        name="internships_rent_amounts_are_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__endswith__isnull", False),
                            ("period__isempty", False),
                            ("period__startswith__isnull", False),
                        ),
                        name="internships_rent_call_has_both_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancelled_at__isnull", False), ("settled_on", None)
                            ),
                            models.Q(
                                ("cancelled_at", None),
                                ("paid_amount__lt", models.F("amount")),
                                ("settled_on", None),
                            ),
                            models.Q(
                                ("cancelled_at", None),
                                ("paid_amount__gte", models.F("amount")),
                                ("settled_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="internships_paid_rent_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at", None), ("amount", 0), _connector="OR"
                        ),
                        name="internships_cancelled_rent_costs_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("receipt", None),
                            ("settled_on__isnull", False),
                            _connector="OR",
                        ),
                        name="internships_receipt_once_paid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RentPayment",
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
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=8, verbose_name="montant reçu"
                    ),
                ),
                ("paid_on", models.DateField(verbose_name="reçu le")),
                (
                    "means",
                    models.CharField(
                        choices=[
                            ("transfer", "virement"),
                            ("cheque", "chèque"),
                            ("cash", "espèces"),
                            ("treasury", "titre de recettes"),
                            ("other", "autrement"),
                        ],
                        default="transfer",
                        max_length=10,
                        verbose_name="moyen",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="noté le"
                    ),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="annulé le"
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="internships.rentcall",
                        verbose_name="appel",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noté par",
                    ),
                ),
            ],
            options={
                "verbose_name": "paiement de loyer",
                "verbose_name_plural": "paiements de loyer",
                "ordering": ["paid_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="internships_payment_is_positive",
                        violation_error_message="Un paiement est supérieur à zéro.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MoveQuestion",
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
                ("until", models.DateField(verbose_name="voudrait rester jusqu'au")),
                (
                    "arrival",
                    models.DateField(
                        null=True, verbose_name="nouvelle arrivée proposée"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "posée"),
                            ("accepted", "acceptée"),
                            ("refused", "refusée"),
                            ("dropped", "sans objet"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="posée le"
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(null=True, verbose_name="close le"),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="move_questions",
                        to="internships.housingrequest",
                        verbose_name="demande de prolongation",
                    ),
                ),
                (
                    "occupation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="move_questions",
                        to="internships.occupation",
                        verbose_name="occupation suivante",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="internships.room",
                        verbose_name="autre chambre proposée",
                    ),
                ),
            ],
            options={
                "verbose_name": "question à l'occupant suivant",
                "verbose_name_plural": "questions aux occupants suivants",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("request",),
                        name="internships_one_question_for_a_stay",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("occupation",),
                        name="internships_one_question_to_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("state", "asked")),
                            models.Q(
                                models.Q(("state", "asked"), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="internships_answered_question_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("arrival__isnull", False), ("room", None)),
                            models.Q(("arrival", None), ("room__isnull", False)),
                            _connector="OR",
                        ),
                        name="internships_question_offers_one_way",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoreWeight",
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
                    "criterion",
                    models.CharField(
                        choices=[
                            ("priority_zone", "stage en zone prioritaire (ZIP)"),
                            ("far_faculty", "faculté à plus d'une heure"),
                            ("family", "en couple ou avec des enfants"),
                            ("first_placement", "premier stage dans le département"),
                            ("waiting_week", "semaine d'attente (dix au plus)"),
                        ],
                        max_length=20,
                        verbose_name="critère",
                    ),
                ),
                ("points", models.PositiveSmallIntegerField(verbose_name="points")),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="Du premier jour au jour de fin, celui-ci non compris.",
                        verbose_name="en vigueur",
                    ),
                ),
            ],
            options={
                "verbose_name": "critère de priorité",
                "verbose_name_plural": "critères de priorité",
                "ordering": ["-points", "criterion"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("criterion", "="), ("period", "&&")],
                        name="internships_one_weight_at_a_time",
                        violation_error_message="Ce critère a déjà un poids dans cette période : fermez-le la veille.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__isempty", False),
                            ("period__startswith__isnull", False),
                        ),
                        name="internships_weight_has_a_first_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteDistance",
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
                ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
                (
                    "means",
                    models.CharField(
                        choices=[
                            ("car", "en voiture"),
                            ("foot", "à pied"),
                            ("bicycle", "à vélo"),
                            ("transit", "en transports"),
                        ],
                        default="car",
                        max_length=10,
                        verbose_name="moyen",
                    ),
                ),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="distances",
                        to="internships.dwelling",
                        verbose_name="logement",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="distances",
                        to="internships.placementsite",
                        verbose_name="terrain",
                    ),
                ),
            ],
            options={
                "verbose_name": "trajet vers un terrain",
                "verbose_name_plural": "trajets vers les terrains",
                "ordering": ["minutes"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dwelling", "site", "means"),
                        name="internships_one_way_to_a_site",
                        violation_error_message="Ce trajet est déjà noté.",
                    )
                ],
            },
        ),
    ]
