from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="registration", name="remark", field=models.BinaryField(blank=True, default=b"")
        ),
    ]
