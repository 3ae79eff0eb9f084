"""A change says why it was made, and which changes were made together with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programme", "0002_history")]

    operations = [
        migrations.AddField("change", "note", models.CharField(blank=True, max_length=500)),
        migrations.AddField("change", "together", models.UUIDField(blank=True, db_index=True, null=True)),
    ]
