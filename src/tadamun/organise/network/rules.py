"""Who may do what for an organisation, and which passphrases will do."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.vocabulary import ROLES, Permission, Role, Standing
from tadamun.toolkit import passphrases
from tadamun.toolkit.passphrases import Easy
from tadamun.toolkit.rulings import ALLOWED, Ruling

SHORTEST = 15
SHORTEST_WITH_SECOND_FACTOR = 8
# NIST SP 800-63B-4 (2025) asks for these two lengths, a list of refused passphrases and nothing about composition.
LONGEST = 1024
# So long a second factor that was shown is taken for her presence.
FACTOR_FRESH_FOR = timedelta(minutes=10)

_NOT_YOURS = {
    Permission.LOOK: _("You may look at what your own organisations take part in."),
    Permission.TRANSLATE: _("Translating is for translators, editors and coordinators of this organisation."),
    Permission.RUN_DOOR: _("The door is for field members, editors and coordinators of this organisation."),
    Permission.EDIT: _("Editing is for editors and coordinators of an organisation that carries this."),
    Permission.ADMIT: _("Sign-up is decided by editors and coordinators of an organisation that carries this."),
    Permission.PUBLISH: _("Publishing is for editors and coordinators of an organisation that carries this."),
    Permission.INVITE: _("Only a coordinator of this organisation invites members and changes their roles."),
    Permission.DESTROY: _("Only a coordinator destroys sign-ups before their time."),
    Permission.SHUT_DOWN: _("Only a coordinator or an operator shuts everything down."),
}
_EASY = {
    Easy.COMMON: _("This passphrase is on a list of stolen ones, which anybody would try first. Choose another."),
    Easy.LOCAL: _(
        "This passphrase is little more than names that belong here: of organisations, the week, the city, yourself. "
        "Whoever knows you would try them. Add some words that have nothing to do with this."
    ),
    Easy.PATTERN: _(
        "This passphrase is only a pattern or a repetition. Take four or five words that come to your mind."
    ),
}


def may(permission: Permission, *, standing: Standing, organisations: Iterable[str]) -> Ruling:
    """Whether a member may do something for one of the organisations (slugs) that carry a thing."""
    if standing.may(permission, organisations):
        return ALLOWED
    if permission is Permission.SHUT_DOWN and standing.operator:
        return ALLOWED
    return Ruling(_NOT_YOURS[permission])


def may_see_names(*, standing: Standing, organisations: Iterable[str], unlocked: bool) -> Ruling:
    """Whether a member may open names now that are sealed to one of the organisations (slugs)."""
    if not standing.sees_names_of(organisations):
        return Ruling(_("You may work on this, but seeing names was not given to you. A coordinator can give it."))
    if standing.needs_second_factor and not standing.second_factor:
        return Ruling(_("Names stay closed until you have set up a second factor. You find it under “Account”."))
    if not unlocked:
        return Ruling(_("The names are locked in this browser. Enter your passphrase to open them."))
    return ALLOWED


def may_invite(*, standing: Standing, organisation: str, role: Role, sees_names: bool) -> Ruling:
    """Whether a member may give somebody this role in the organisation (slug)."""
    allowed = may(Permission.INVITE, standing=standing, organisations=[organisation])
    if allowed and sees_names and not standing.sees_names_of([organisation]):
        return Ruling(_("Seeing names can only be given by who has it. Leave that box empty, or ask her to invite."))
    if allowed and role not in ROLES:
        return Ruling(_("There is no such role."))
    return allowed


def may_change_member(*, standing: Standing, organisation: str, member: str, last_coordinator: bool) -> Ruling:
    """Whether a member may take somebody's role in the organisation (slug) away or change it."""
    allowed = may(Permission.INVITE, standing=standing, organisations=[organisation])
    if allowed and last_coordinator:
        return Ruling(_("This is the only coordinator. Make somebody else coordinator first."))
    if not allowed and standing.member == member:
        return Ruling(_("Ask a coordinator to change your role, or to let you go."))
    return allowed


def passphrase_will_do(passphrase: str, *, second_factor: bool, words: Iterable[str]) -> Ruling:
    """Whether a passphrase is long and unforeseeable enough. ``words`` are names that belong to the place."""
    shortest = SHORTEST_WITH_SECOND_FACTOR if second_factor else SHORTEST
    if len(passphrase) < shortest:
        return Ruling(
            _(
                "A passphrase needs at least %(shortest)d signs, this one has %(length)d. "
                "Four or five words are easy to keep."
            )
            % {"shortest": shortest, "length": len(passphrase)}
        )
    if len(passphrase) > LONGEST:
        return Ruling(_("A passphrase has at most %(longest)d signs.") % {"longest": LONGEST})
    found = passphrases.easy(passphrase, words=words)
    return Ruling(_EASY[found]) if found else ALLOWED
