"""Sheets that wait to be keyed in once more, and what stays of a log."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("field", "0004_locked_kits_ask"),
        ("programme", "0004_sign_off_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FoldedLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("counts", models.JSONField(blank=True, default=list)),
                ("devices", models.PositiveIntegerField(default=0)),
                ("entries", models.PositiveIntegerField(default=0)),
                ("emptied_at", models.DateTimeField()),
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="folded_log",
                        to="programme.activity",
                    ),
                ),
            ],
            options={"ordering": ("activity_id",)},
        ),
        migrations.CreateModel(
            name="Keying",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sheet", models.CharField(max_length=40)),
                ("mark", models.CharField(max_length=16, unique=True)),
                ("passes", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                ("keyed_at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="keyings", to="programme.activity"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ("keyed_at", "pk")},
        ),
    ]
