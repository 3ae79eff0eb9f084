"""What is planned for a week or one of its activities. Django looks for models here."""

from tadamun.organise.planning.models.money import BudgetLine, Receipt
from tadamun.organise.planning.models.safety import Contact, Permit, Risk, Round
from tadamun.organise.planning.models.work import Material, PrintedMatter, Task

__all__ = ["BudgetLine", "Contact", "Material", "Permit", "PrintedMatter", "Receipt", "Risk", "Round", "Task"]
