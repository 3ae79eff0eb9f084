from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Lease",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("duty", models.CharField(max_length=40, unique=True)),
                ("holder", models.CharField(max_length=40)),
                ("until", models.DateTimeField()),
            ],
            options={"ordering": ("duty",)},
        ),
    ]
