"""Bodies and people: who takes which part, who is named, what was promised."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tadamun.organise.network.vocabulary import POLITICAL
from tadamun.organise.programme.vocabulary import PARTICIPATING, Naming, PromiseState, SignOff
from tadamun.weekfile.document import InvolvementEntry, PersonEntry, PromiseEntry
from tadamun.weekfile.problems import one_of
from tadamun.weekfile.rules.findings import Finding, Ground, hint, wrong


def involvements_name_one_body(ground: Ground) -> Iterator[Finding]:
    """Either an organisation of the network, or a collective in words."""
    for entry in ground.all(InvolvementEntry):
        if entry.organisation and entry.collective:
            says = _("Both an organisation and a collective are named.")
            yield wrong(entry, "collective", says=says, right=_("Make two involvements of it."))
        elif not entry.organisation and not entry.collective:
            says = _("Nobody is named here.")
            yield wrong(entry, says=says, right=_("State “organisation”, or “collective” for people without one."))


def parties_take_part_but_are_no_partners(ground: Ground) -> Iterator[Finding]:
    """Parties and blocs are invited, addressed, or sign. They never carry, host or fund."""
    kinds = {**ground.system.organisations, **{entry.slug: entry.kind for entry in ground.document.organisations}}
    for entry in ground.all(InvolvementEntry):
        if kinds.get(entry.organisation) in POLITICAL and entry.type not in PARTICIPATING:
            says = _("“%(slug)s” is a party or bloc, which cannot be “%(type)s”.")
            says %= {"slug": entry.organisation, "type": entry.type.value}
            yield wrong(entry, "type", says=says, right=one_of(word.value for word in PARTICIPATING))


def agreements_have_no_date_before_they_are_made(ground: Ground) -> Iterator[Finding]:
    """A day of agreement belongs to an agreement."""
    for entry in ground.all(InvolvementEntry):
        if entry.signed_off_on and entry.sign_off in {SignOff.ASKED, SignOff.NOT_NEEDED}:
            says = _("A day of agreement is stated, but no agreement.")
            yield wrong(entry, "signed_off_on", says=says, right=_("Write “sign_off: accepted” if they agreed."))


def people_are_named_as_they_chose(ground: Ground) -> Iterator[Finding]:
    """Who is not to be named has no name in the file, and who is named has one."""
    for entry in ground.all(PersonEntry):
        if entry.naming == Naming.NOBODY and entry.name:
            says = _("A name stands here, but the person is not to be named.")
            yield wrong(entry, "name", says=says, right=_("Remove the name, or state how they chose to be named."))
        elif entry.naming != Naming.NOBODY and not entry.name:
            says = _("The person is to be named, but no name is stated.")
            yield wrong(entry, "naming", says=says, right=_("State “name”, or write “naming: nobody”."))


def promises_say_what_became_of_them(ground: Ground) -> Iterator[Finding]:
    """A kept promise points at what kept it; a dropped one says why."""
    for entry in ground.all(PromiseEntry):
        if entry.state == PromiseState.HELD and not entry.kept_by:
            says = _("The promise is kept, but it is not said by which activity.")
            yield hint(entry, "state", says=says, right=_("State “kept_by”."))
        if entry.state == PromiseState.DROPPED and not entry.reason:
            says = _("The promise is dropped, but it is not said why.")
            yield hint(entry, "state", says=says, right=_("State “reason”."))
