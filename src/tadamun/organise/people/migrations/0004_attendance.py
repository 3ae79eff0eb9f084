"""Who attended which sitting, and how much attendance a certificate asks."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_list_requests")]

    operations = [
        migrations.AddField("registration", "attended", models.JSONField(blank=True, default=list)),
        migrations.AddField("admission", "attendance_share", models.PositiveSmallIntegerField(default=80)),
    ]
