from django.db import migrations

TOPICS = [
    ("premises", "Local professionnel", "professional"),
    ("structure", "Maison ou centre de santé à rejoindre", "professional"),
    ("administrative", "Démarches d'installation", "professional"),
    ("aids", "Aides financières", "professional"),
    ("mentor", "Parrainage par un confrère ou une consœur", "professional"),
    ("housing", "Logement", "family"),
    ("partner-job", "Emploi de qui vient avec vous", "family"),
    ("school", "École, collège, lycée", "family"),
    ("childcare", "Garde d'enfants", "family"),
    ("leisure", "Loisirs et vie locale", "family"),
]


def add_topics(apps, schema_editor):
    topic = apps.get_model("territory", "Topic")
    for rank, (slug, name, track) in enumerate(TOPICS, start=1):
        topic.objects.update_or_create(
            slug=slug, defaults={"name": name, "track": track, "rank": rank}
        )


class Migration(migrations.Migration):
    dependencies = [("territory", "0001_initial")]

    operations = [migrations.RunPython(add_topics, migrations.RunPython.noop)]
