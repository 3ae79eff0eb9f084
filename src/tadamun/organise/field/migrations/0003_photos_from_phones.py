import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0002_photos_from_phones'),
        ('field', '0002_what_is_planned_for_the_day'),
    ]

    operations = [
        migrations.CreateModel(
            name='SentPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held', models.PositiveIntegerField(default=0)),
                ('begun_at', models.DateTimeField()),
                ('arrived_at', models.DateTimeField(blank=True, null=True)),
                ('refused', models.BooleanField(default=False)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sent_photo', to='field.entry')),
                ('photo', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='sent', to='archive.photo')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='PhotoPiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField()),
                ('data', models.BinaryField()),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='field.sentphoto')),
            ],
            options={
                'ordering': ('of', 'start'),
                'constraints': [models.UniqueConstraint(fields=('of', 'start'), name='piece_is_kept_once')],
            },
        ),
    ]
