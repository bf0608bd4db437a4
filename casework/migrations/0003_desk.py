import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_message_is_last"),
    ]

    operations = [
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
        migrations.AddField(
            model_name="message",
            name="stop_url",
            field=models.URLField(blank=True, editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name="task",
            name="key",
            field=models.CharField(
                editable=False, max_length=100, null=True, unique=True
            ),
        ),
        migrations.AlterField(
            model_name="ladderstep",
            name="audience",
            field=models.CharField(
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
    ]
