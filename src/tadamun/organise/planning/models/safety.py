"""Safety: permits, risks, go or no-go, who is called."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.models import Organisation
from tadamun.organise.planning.models.planned import Planned, member
from tadamun.organise.planning.vocabulary import CallFor, Degree, PermitState, Verdict
from tadamun.toolkit.languages.fields import TextColumn


class Permit(Planned):
    """What an authority has to allow, by when, and who asks for it."""

    what = TextColumn(_("What has to be allowed"), blank=False)
    state = models.CharField(_("How it stands"), max_length=10, choices=PermitState, default=PermitState.TO_ASK)
    deadline = models.DateField(_("Wanted by"), null=True, blank=True)
    responsible = member(_("Who takes care of it"))
    authority = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Authority")
    )
    authority_words = TextColumn(_("Authority, in words"))
    number = models.CharField(_("Number of the permit"), max_length=80, blank=True)
    note = TextColumn(_("Note"))

    class Meta(Planned.Meta):
        verbose_name = _("Permit")


class Risk(Planned):
    """What could happen, how likely it is and how much harm it does, and what is done about it."""

    what = TextColumn(_("What could happen"), blank=False)
    likelihood = models.PositiveSmallIntegerField(_("How likely"), choices=Degree, default=Degree.MIDDLE)
    harm = models.PositiveSmallIntegerField(_("How much harm"), choices=Degree, default=Degree.MIDDLE)
    measure = TextColumn(_("What we do about it"))
    responsible = member(_("Who takes care of it"))

    class Meta(Planned.Meta):
        verbose_name = _("Risk")
        ordering = ((F("likelihood") * F("harm")).desc(), "-harm", "position")


class Round(Planned):
    """One round of go or no-go: what has to be in order, by when it is decided, then the verdict and its reasons.

    A verdict is never written over: whoever decides anew begins a new round, and the newest that is decided holds.
    """

    criteria = TextColumn(_("What has to be in order"))
    decide_by = models.DateField(_("To be decided by"), null=True, blank=True)
    responsible = member(_("Who decides"))
    verdict = models.CharField(_("Decision"), max_length=10, choices=Verdict, blank=True)
    reasons = TextColumn(_("Reasons"))
    decided_by = models.CharField(_("Decided by"), max_length=120, blank=True)
    decided_at = models.DateTimeField(_("Decided at"), null=True, blank=True)

    class Meta(Planned.Meta):
        verbose_name = _("Go or no-go")
        ordering = ("-position", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(verdict="", decided_at__isnull=True)
                | (~models.Q(verdict="") & models.Q(decided_at__isnull=False)),
                name="a_verdict_says_when",
            ),
        )


class Contact(Planned):
    """Whom to call for what, and who comes first. Name and number are sealed; a member stands by her shown name."""

    # What is sealed must be able to end; the history does not.
    history_leaves_out: ClassVar[frozenset[str]] = frozenset({"sealed"})

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    call_for = models.CharField(_("Called when"), max_length=12, choices=CallFor, default=CallFor.LEADS)
    turn = models.PositiveSmallIntegerField(_("Called first, second, …"), default=1)
    role = TextColumn(_("Who that is, without a name"))
    account = member(_("A member"))
    sealed = models.BinaryField(_("Name and number, sealed"), default=bytes, editable=False)

    class Meta(Planned.Meta):
        verbose_name = _("Contact")
        ordering = ("call_for", "turn", "position")
