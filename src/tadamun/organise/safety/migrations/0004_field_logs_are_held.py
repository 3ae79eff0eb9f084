from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("safety", "0003_contacts_are_held"),
    ]

    operations = [
        migrations.AlterField(
            model_name="holding",
            name="what",
            field=models.CharField(
                choices=[
                    ("registrations", "sign-ups"),
                    ("volunteers", "volunteers' entries"),
                    ("account", "a member's account"),
                    ("consents", "consents to photos and stories"),
                    ("contacts", "names and numbers of who is called"),
                    ("field", "the field log: which codes came when"),
                ],
                max_length=20,
            ),
        ),
    ]
