
import django.db.models.deletion
import django.db.models.expressions
import tadamun.toolkit.languages.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0002_accounts'),
        ('programme', '0004_sign_off_requests'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('purpose', tadamun.toolkit.languages.fields.TextColumn(blank=True, default=dict, verbose_name='What for')),
                ('planned', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='Planned')),
                ('currency', models.CharField(choices=[('IQD', 'Iraqi dinar (IQD)'), ('USD', 'US dollar (USD)'), ('EUR', 'euro (EUR)')], default='IQD', max_length=3, verbose_name='Currency')),
                ('in_kind', models.BooleanField(default=False, verbose_name='Given in kind: the amount is what it is worth')),
                ('source_words', tadamun.toolkit.languages.fields.TextColumn(blank=True, default=dict, verbose_name='Where it comes from, in words')),
                ('seen_by', models.CharField(choices=[('editors', 'everybody who may edit'), ('coordinators', 'coordinators only')], default='editors', max_length=12, verbose_name='Who sees this')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.activity')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.organisation', verbose_name='Which organisation gives it')),
                ('week', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.week')),
            ],
            options={
                'verbose_name': 'Budget line',
                'ordering': ('week', 'activity', 'position'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('call_for', models.CharField(choices=[('leads', 'leads the day'), ('injury', 'somebody is hurt'), ('arrest', 'somebody is arrested or held up'), ('harassment', 'somebody is harassed'), ('missing', 'somebody does not check back'), ('venue', 'trouble with the place'), ('press', 'the press asks'), ('transport', 'transport'), ('other', 'anything else')], default='leads', max_length=12, verbose_name='Called when')),
                ('turn', models.PositiveSmallIntegerField(default=1, verbose_name='Called first, second, …')),
                ('role', tadamun.toolkit.languages.fields.TextColumn(blank=True, default=dict, verbose_name='Who that is, without a name')),
                ('sealed', models.BinaryField(default=bytes, verbose_name='Name and number, sealed')),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='A member')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.activity')),
                ('week', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.week')),
            ],
            options={
                'verbose_name': 'Contact',
                'ordering': ('call_for', 'turn', 'position'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('what', tadamun.toolkit.languages.fields.TextColumn(blank=True, default=dict, verbose_name='What is needed')),
                ('quantity', models.PositiveIntegerField(blank=True, null=True, verbose_name='How many')),
                ('unit', tadamun.toolkit.languages.fields.TextColumn(blank=True, default=dict, verbose_name='Of what size or unit')),
                ('have_it', models.BooleanField(default=False, verbose_name='We have it')),
                ('note', tadamun.toolkit.languages.fields.TextColumn(blank=True, default=dict, verbose_name='Note')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.activity')),
                ('brought_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Who brings it')),
                ('lent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.organisation', verbose_name='Which organisation brings it')),
                ('week', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.week')),
            ],
            options={
                'verbose_name': 'Material',
                'ordering': ('week', 'activity', 'position'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Permit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('what', tadamun.toolkit.languages.fields.TextColumn(blank=True, default=dict, verbose_name='What has to be allowed')),
                ('state', models.CharField(choices=[('to_ask', 'to be asked for'), ('asked', 'asked for'), ('granted', 'granted'), ('refused', 'refused'), ('not_needed', 'not needed')], default='to_ask', max_length=10, verbose_name='How it stands')),
                ('deadline', models.DateField(blank=True, null=True, verbose_name='Wanted by')),
                ('authority_words', tadamun.toolkit.languages.fields.TextColumn(blank=True, default=dict, verbose_name='Authority, in words')),
                ('number', models.CharField(blank=True, max_length=80, verbose_name='Number of the permit')),
                ('note', tadamun.toolkit.languages.fields.TextColumn(blank=True, default=dict, verbose_name='Note')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.activity')),
                ('authority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.organisation', verbose_name='Authority')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Who takes care of it')),
                ('week', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.week')),
            ],
            options={
                'verbose_name': 'Permit',
                'ordering': ('week', 'activity', 'position'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PrintedMatter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('what', tadamun.toolkit.languages.fields.TextColumn(blank=True, default=dict, verbose_name='Leaflet, poster, banner')),
                ('language', models.CharField(max_length=10, verbose_name='Language')),
                ('version', models.CharField(blank=True, max_length=40, verbose_name='Version')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('to_approve', 'to be approved'), ('approved', 'approved'), ('printed', 'printed')], default='draft', max_length=10, verbose_name='How it stands')),
                ('approved_on', models.DateField(blank=True, null=True, verbose_name='Approved on')),
                ('copies', models.PositiveIntegerField(blank=True, null=True, verbose_name='Copies')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.activity')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Who approves it')),
                ('week', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.week')),
            ],
            options={
                'verbose_name': 'Printed matter',
                'ordering': ('week', 'activity', 'position'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name='Amount')),
                ('day', models.DateField(null=True, verbose_name='Paid on')),
                ('what', models.CharField(max_length=200, verbose_name='What was paid')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='Number of the receipt')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.activity')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='planning.budgetline', verbose_name='Line of the budget')),
                ('week', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.week')),
            ],
            options={
                'verbose_name': 'Receipt',
                'ordering': ('day', 'position'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Risk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('what', tadamun.toolkit.languages.fields.TextColumn(blank=True, default=dict, verbose_name='What could happen')),
                ('likelihood', models.PositiveSmallIntegerField(choices=[(1, 'low'), (2, 'middle'), (3, 'high')], default=2, verbose_name='How likely')),
                ('harm', models.PositiveSmallIntegerField(choices=[(1, 'low'), (2, 'middle'), (3, 'high')], default=2, verbose_name='How much harm')),
                ('measure', tadamun.toolkit.languages.fields.TextColumn(blank=True, default=dict, verbose_name='What we do about it')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.activity')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Who takes care of it')),
                ('week', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.week')),
            ],
            options={
                'verbose_name': 'Risk',
                'ordering': (models.OrderBy(django.db.models.expressions.CombinedExpression(models.F('likelihood'), '*', models.F('harm')), descending=True), '-harm', 'position'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('criteria', tadamun.toolkit.languages.fields.TextColumn(blank=True, default=dict, verbose_name='What has to be in order')),
                ('decide_by', models.DateField(blank=True, null=True, verbose_name='To be decided by')),
                ('verdict', models.CharField(blank=True, choices=[('go', 'go'), ('no_go', 'no-go'), ('postpone', 'postpone')], max_length=10, verbose_name='Decision')),
                ('reasons', tadamun.toolkit.languages.fields.TextColumn(blank=True, default=dict, verbose_name='Reasons')),
                ('decided_by', models.CharField(blank=True, max_length=120, verbose_name='Decided by')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='Decided at')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.activity')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Who decides')),
                ('week', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.week')),
            ],
            options={
                'verbose_name': 'Go or no-go',
                'ordering': ('-position', '-pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('what', tadamun.toolkit.languages.fields.TextColumn(blank=True, default=dict, verbose_name='What is to be done')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='Due by')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='Done at')),
                ('done_by', models.CharField(blank=True, max_length=120, verbose_name='Done by')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.activity')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Who does it')),
                ('week', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programme.week')),
            ],
            options={
                'verbose_name': 'Task',
                'ordering': (models.OrderBy(models.F('due_on'), nulls_last=True), 'position'),
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(('planned__isnull', True), ('planned__gte', 0), _connector='OR'), name='planned_money_is_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('verdict', '')), models.Q(models.Q(('verdict', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='a_verdict_says_when'),
        ),
    ]
