"""How it stands with a partner's agreement, in words."""

from django.utils.translation import gettext as _

from tadamun.organise.programme.queries.partners import Asking
from tadamun.organise.programme.vocabulary import SignOff
from tadamun.toolkit.templatetags.saying import day


def standing_of(asking: Asking) -> str:
    """How it stands with an agreement, in a few words."""
    row = asking.involvement
    if asking.proposes:
        return _("wants other words")
    if asking.is_silent:
        return _("no answer, so not named")
    if asking.is_asked and row.sign_off_by:
        return _("asked, answer by %(day)s") % {"day": day(row.sign_off_by)}
    if row.sign_off == SignOff.ASKED:
        return _("not asked yet")
    if row.signed_off_on and row.sign_off == SignOff.ACCEPTED:
        return _("agreed on %(day)s") % {"day": day(row.signed_off_on)}
    if row.signed_off_on and row.sign_off == SignOff.WITHDRAWN:
        return _("withdrew on %(day)s") % {"day": day(row.signed_off_on)}
    return "" if row.sign_off == SignOff.NOT_NEEDED else row.get_sign_off_display()
