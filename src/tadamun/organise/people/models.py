"""Who comes, without saying who: what identifies a person is sealed in `Registration.sealed` and nowhere else."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.models import Account
from tadamun.organise.people.vocabulary import (
    AgeBand,
    Asked,
    Governorate,
    LetterKind,
    LetterState,
    ListState,
    Promotion,
    Proof,
    QuestionKind,
    Sex,
    Standing,
)
from tadamun.organise.programme.models import Activity
from tadamun.toolkit.languages.fields import TextColumn


class Admission(models.Model):
    """How an activity is signed up for, and how many places are taken. This row is the lock of all places.

    ``taken`` counts persons (guests too) of registrations that hold places, those in groups' places included.
    """

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="admission")
    capacity = models.PositiveIntegerField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    arrivals = models.PositiveIntegerField(default=0)
    approval = models.BooleanField(default=False)
    waiting_list = models.BooleanField(default=True)
    promotion = models.CharField(max_length=10, choices=Promotion, default=Promotion.AUTOMATIC)
    offer_hours = models.PositiveSmallIntegerField(default=0)
    guests_max = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=8, choices=Asked, default=Asked.OPTIONAL)
    contact = models.CharField(max_length=8, choices=Asked, default=Asked.OPTIONAL)
    categories = models.JSONField(default=list, blank=True)
    needs = models.JSONField(default=list, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    closed = models.BooleanField(default=False)
    retention_days = models.PositiveSmallIntegerField(default=30)
    attendance_share = models.PositiveSmallIntegerField(default=80)
    folded = models.JSONField(default=dict, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("activity_id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True) | models.Q(taken__lte=models.F("capacity")),
                name="never_one_place_too_many",
            ),
        )

    def __str__(self) -> str:
        return f"admission of activity {self.activity_id}"

    @property
    def key_subject(self) -> str:
        """Whose key the entries are sealed to."""
        return f"activity:{self.activity.uid}"


class PlaceGroup(models.Model):
    """Places held for a group, for example two for each list. Its people use these first, then the open ones."""

    admission = models.ForeignKey(Admission, on_delete=models.CASCADE, related_name="groups")
    slug = models.SlugField(max_length=40)
    names = TextColumn()
    places = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    code_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("admission_id", "slug")
        constraints = (
            models.UniqueConstraint(fields=("admission", "slug"), name="group_slug_is_unique"),
            models.CheckConstraint(condition=models.Q(taken__lte=models.F("places")), name="group_is_never_overfull"),
        )

    def __str__(self) -> str:
        return self.slug


class Question(models.Model):
    """An activity's own question, and why it is asked. Answers are sealed."""

    admission = models.ForeignKey(Admission, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    text = TextColumn()
    why = TextColumn()
    kind = models.CharField(max_length=8, choices=QuestionKind, default=QuestionKind.WORDS)
    choices = models.JSONField(default=list, blank=True)
    required = models.BooleanField(default=False)

    class Meta:
        ordering = ("admission_id", "position")
        constraints = (models.UniqueConstraint(fields=("admission", "code"), name="question_code_is_unique"),)

    def __str__(self) -> str:
        return self.code


class Condition(models.Model):
    """One predicate of who may sign up, and how it is shown to hold."""

    admission = models.ForeignKey(Admission, on_delete=models.CASCADE, related_name="conditions")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    says = TextColumn()
    proof = models.CharField(max_length=8, choices=Proof, default=Proof.DECLARED)
    code_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("admission_id", "position")
        constraints = (models.UniqueConstraint(fields=("admission", "code"), name="condition_code_is_unique"),)

    def __str__(self) -> str:
        return self.code


class Registration(models.Model):
    """One sign-up. In the clear are only its standing and categories; who it is lies in ``sealed``.

    ``own_copy`` is the same entry under a key that only the ticket holds; ``remark`` is an organiser's, sealed too.
    ``told`` is the standing that the person was told; it differs from ``standing`` only for a shadow (somebody signed
    up twice). ``registered_on`` has no time of day on purpose; ``number`` keeps the order. ``attended`` names the
    sittings (keys) that its ticket was seen at.
    """

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    admission = models.ForeignKey(Admission, on_delete=models.CASCADE, related_name="registrations")
    number = models.PositiveIntegerField()
    standing = models.CharField(max_length=12, choices=Standing)
    told = models.CharField(max_length=12, choices=Standing)
    same_as = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="shadows")
    guests = models.PositiveSmallIntegerField(default=0)
    group = models.ForeignKey(PlaceGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="people")
    in_group_places = models.BooleanField(default=False)
    sealed = models.BinaryField()
    own_copy = models.BinaryField()
    remark = models.BinaryField(default=b"", blank=True)
    reachable = models.BooleanField(default=False)
    ticket_hash = models.BinaryField(max_length=32, unique=True)
    short_code = models.CharField(max_length=9, db_index=True)
    form_mark = models.BinaryField(max_length=32, unique=True)
    contact_mark = models.BinaryField(max_length=32, null=True, blank=True, db_index=True)
    language = models.CharField(max_length=10)
    sex = models.CharField(max_length=8, choices=Sex, blank=True)
    age_band = models.CharField(max_length=8, choices=AgeBand, blank=True)
    governorate = models.CharField(max_length=14, choices=Governorate, blank=True)
    needs = models.JSONField(default=list, blank=True)
    conditions = models.JSONField(default=dict, blank=True)
    registered_on = models.DateField()
    offer_until = models.DateTimeField(null=True, blank=True)
    confirmed = models.BooleanField(default=False)
    came = models.BooleanField(default=False)
    attended = models.JSONField(default=list, blank=True)
    by_hand = models.BooleanField(default=False)

    class Meta:
        ordering = ("admission_id", "number")
        constraints = (models.UniqueConstraint(fields=("admission", "number"), name="one_number_in_line"),)
        indexes = (models.Index(fields=("admission", "standing", "number"), name="line_in_order"),)

    def __str__(self) -> str:
        return f"{self.short_code} {self.standing}"

    @property
    def party(self) -> int:
        """How many persons come with this registration, herself included."""
        return 1 + self.guests


class Move(models.Model):
    """The log of the line: who moved whom, from where to where, and why. It names nobody."""

    admission = models.ForeignKey(Admission, on_delete=models.CASCADE, related_name="moves")
    registration = models.UUIDField()
    was = models.CharField(max_length=12, choices=Standing)
    became = models.CharField(max_length=12, choices=Standing)
    why = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("admission_id", "pk")
        verbose_name = _("move in the line")

    def __str__(self) -> str:
        return f"{self.was} → {self.became}"


class Letter(models.Model):
    """A message that is due. It holds no address: that is in the registration's seal."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=12, choices=LetterKind)
    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.WAITING)
    due_at = models.DateTimeField()

    class Meta:
        ordering = ("due_at", "pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class ListRequest(models.Model):
    """A member asked for a list so long that a second one has to agree (P-12). It holds nobody's entry."""

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    admission = models.ForeignKey(Admission, on_delete=models.CASCADE, related_name="list_requests")
    asker = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="lists_asked_for")
    why = models.CharField(max_length=12)
    people = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=ListState, default=ListState.WAITING)
    second = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="lists_answered")
    answered_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("admission_id", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(second__isnull=True) | ~models.Q(second=models.F("asker")),
                name="nobody_answers_herself",
            ),
        )

    def __str__(self) -> str:
        return f"{self.uid} {self.answer}"
