"""Moments of a duty are kept by who said them: she or the desk, and the field log."""

from typing import Any

from django.db import migrations, models

_COLUMNS = {"briefed": "briefed_at", "started": "started_at", "ended": "ended_at", "back": "back_at"}


def was_said(apps: Any, schema_editor: Any) -> None:
    """Until now all moments were said by herself or at the desk."""
    for duty in apps.get_model("volunteers", "Duty").objects.all():
        found = {moment: getattr(duty, column) for moment, column in _COLUMNS.items()}
        duty.said = {moment: int(at.timestamp()) * 1000 for moment, at in found.items() if at}
        duty.save(update_fields=["said"])


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0001_initial")]

    operations = [
        migrations.AddField("duty", "said", models.JSONField(blank=True, default=dict)),
        migrations.AddField("duty", "logged", models.JSONField(blank=True, default=dict)),
        migrations.RunPython(was_said, migrations.RunPython.noop),
    ]
