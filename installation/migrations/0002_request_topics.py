from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("installation", "0001_initial")]

    operations = [
        migrations.RenameField(
            model_name="installationrequest", old_name="needs", new_name="topics"
        ),
    ]
