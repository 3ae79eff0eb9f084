"""Money and gifts in kind, kept plain: lines of a budget, and what was spent on them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.models import Organisation
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.planning.models.planned import Planned
from tadamun.organise.planning.vocabulary import Currency, SeenBy
from tadamun.toolkit.languages.fields import TextColumn
from tadamun.toolkit.languages.text import Text


class Purse(Planned):
    """Base: what only those who may edit see, in the history too."""

    seen_with: ClassVar[Permission] = Permission.EDIT

    class Meta(Planned.Meta):
        abstract = True


class BudgetLine(Purse):
    """What money, or a gift in kind that is worth so much, is planned for, and where it comes from.

    ``planned`` is empty while the amount is not stated. What only coordinators see leaves no amount in the history.
    """

    purpose = TextColumn(_("What for"))
    planned = models.DecimalField(_("Planned"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("Currency"), max_length=3, choices=Currency, default=Currency.IQD)
    in_kind = models.BooleanField(_("Given in kind: the amount is what it is worth"), default=False)
    source = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Which organisation gives it"),
    )
    source_words = TextColumn(_("Where it comes from, in words"))
    seen_by = models.CharField(_("Who sees this"), max_length=12, choices=SeenBy, default=SeenBy.EDITORS)

    class Meta(Purse.Meta):
        verbose_name = _("Budget line")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(planned__isnull=True) | models.Q(planned__gte=0),
                name="planned_money_is_not_negative",
            ),
        )

    @property
    def titles(self) -> Text:
        """What other rows and the history call it; nothing, where only coordinators see it."""
        return {} if self.seen_by == SeenBy.COORDINATORS else self.purpose

    @property
    def history_leaves_out(self) -> frozenset[str]:
        """What the history, which every editor reads, must not hold."""
        closed = {"purpose", "planned", "source", "source_words"}
        return frozenset(closed) if self.seen_by == SeenBy.COORDINATORS else frozenset()


class Receipt(Purse):
    """What was paid on a day, in the currency of its line; a negative amount is money that came back."""

    line = models.ForeignKey(
        BudgetLine, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("Line of the budget")
    )
    amount = models.DecimalField(_("Amount"), max_digits=14, decimal_places=2, null=True)
    day = models.DateField(_("Paid on"), null=True)
    what = models.CharField(_("What was paid"), max_length=200)
    number = models.CharField(_("Number of the receipt"), max_length=60, blank=True)

    class Meta(Purse.Meta):
        verbose_name = _("Receipt")
        ordering = ("day", "position")

    @property
    def history_leaves_out(self) -> frozenset[str]:
        """As with the line that it belongs to."""
        return frozenset({"amount", "what", "number"}) if self.line.history_leaves_out else frozenset()
