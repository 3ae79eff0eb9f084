"""What the demo has beside its weeks: members to sign in as, and a training that is nearly full. All invented."""

import secrets
from datetime import datetime

from django.db import transaction

from tadamun.config.commands.user_add import demo_member
from tadamun.organise.network.models import Organisation
from tadamun.organise.network.vocabulary import Role
from tadamun.organise.people.models import Admission, Condition, Question
from tadamun.organise.people.services import registrations
from tadamun.organise.people.services.admissions import open_admission
from tadamun.organise.people.services.entries import Entry
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.people.services.registrations import Form
from tadamun.organise.people.vocabulary import AgeBand, Asked, Category, Governorate, Need, Sex
from tadamun.organise.programme.models import Activity
from tadamun.organise.programme.vocabulary import State
from tadamun.organise.safety.services.audit import COMMAND_LINE

WEEK = "kahramana-week-upcoming"
TRAINING = "candidate-training-nasiriya"
PLACES = 25
TAKEN = 24
MEMBERS = (
    ("coordinator@example.org", "Samira (invented)", "kahramana", Role.COORDINATOR, True),
    ("door@example.org", "Dana (invented)", "kahramana", Role.FIELD, False),
    ("partner@example.org", "Rojin (invented)", "morning-runners", Role.COORDINATOR, False),
)


def prepare(*, now: datetime) -> None:
    """Make the members and open sign-up, once; the second time nothing changes."""
    for email, name, organisation, role, sees_names in MEMBERS:
        demo_member(
            email=email,
            name=name,
            organisation=Organisation.objects.get(slug=organisation),
            role=role,
            sees_names=sees_names,
        )
    for activity in Activity.objects.filter(week__slug=WEEK, state=State.OPEN, admission__isnull=True):
        if activity.slug == TRAINING:
            _open_training(activity, now)
        else:
            _open_plainly(activity, now)


@transaction.atomic
def _open_plainly(activity: Activity, now: datetime) -> None:
    open_admission(
        actor=COMMAND_LINE,
        activity=activity,
        now=now,
        capacity=300,
        name=Asked.NEVER,
        guests_max=2,
        categories=[Category.SEX, Category.AGE_BAND],
        needs=[Need.CHILDCARE, Need.TRANSPORT],
    )


@transaction.atomic
def _open_training(activity: Activity, now: datetime) -> None:
    admission = open_admission(
        actor=COMMAND_LINE,
        activity=activity,
        now=now,
        capacity=PLACES,
        name=Asked.OPTIONAL,
        categories=[Category.SEX, Category.AGE_BAND, Category.GOVERNORATE],
        needs=[Need.CHILDCARE, Need.WHEELCHAIR, Need.INTERPRETATION],
    )
    Condition.objects.bulk_create(
        Condition(admission=admission, position=position, code=code, says=says)
        for position, (code, says) in enumerate(_CONDITIONS.items())
    )
    Question.objects.create(admission=admission, position=0, code="practise", text=_QUESTION, why=_WHY)
    for number in range(1, TAKEN + 1):
        _invented_person(admission, number, now)


def _invented_person(admission: Admission, number: int, now: datetime) -> None:
    form = Form(
        entry=Entry(name=f"Invented Person {number}"),
        nonce=secrets.token_bytes(16),
        language=("ar", "ckb")[number % 5 == 0],
        sex=Sex.WOMAN,
        age_band=(AgeBand.FROM_25, AgeBand.FROM_35)[number % 2],
        governorate=Governorate.DHI_QAR,
        conditions=dict.fromkeys(_CONDITIONS, "yes"),
    )
    registrations.register(admission=admission, form=form, mint=ticket_mint(), now=now)


_CONDITIONS = {
    "woman": {"en": "I am a woman.", "ar": "أنا امرأة.", "ckb": "من ژنم."},
    "candidate": {
        "en": "I am standing in the coming council election.",
        "ar": "أنا مرشّحة في انتخابات المجلس المقبلة.",
        "ckb": "من کاندیدم لە هەڵبژاردنی داهاتووی ئەنجوومەن.",
    },
    "dhi-qar": {
        "en": "I am standing in Dhi Qar governorate.",
        "ar": "أترشّح في محافظة ذي قار.",
        "ckb": "لە پارێزگای زیقار کاندیدم.",
    },
}
_QUESTION = {
    "en": "What would you most like to practise?",
    "ar": "ما أكثر ما تودّين التدرّب عليه؟",
    "ckb": "زیاتر حەز دەکەیت ڕاهێنان لەسەر چی بکەیت؟",
}
_WHY = {
    "en": "So that the trainers can prepare what helps you.",
    "ar": "كي تُعدّ المدرِّبات ما ينفعكِ.",
    "ckb": "بۆ ئەوەی ڕاهێنەران ئەوە ئامادە بکەن کە یارمەتیت دەدات.",
}
