"""Locked phones ask whether they are to be erased: what they ask with, and the order."""

from typing import Any

from django.db import migrations, models

from tadamun.organise.field.rules.standing import hash_of, token_of


def name_kits(apps: Any, _editor: Any) -> None:
    """Kits that are out already can ask too: their phones make the same token when they are next opened."""
    devices = apps.get_model("field", "Device").objects
    for pk, key in devices.filter(paper_of=None).values_list("pk", "key"):
        devices.filter(pk=pk).update(standing=hash_of(token_of(bytes(key))))


class Migration(migrations.Migration):
    """Two columns of kits."""

    dependencies = [("field", "0003_photos_from_phones")]

    operations = [
        migrations.AddField(
            model_name="device",
            name="erase_locked",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="device",
            name="standing",
            field=models.BinaryField(blank=True, max_length=32, null=True, unique=True),
        ),
        migrations.RunPython(name_kits, migrations.RunPython.noop),
    ]
