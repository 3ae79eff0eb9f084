"""What only outreach has: the material that is handed out, where, and what it says.

The days are sittings (perhaps “two days between these”), somebody else's campaign is a contribution,
how many leaflets went out is a figure.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tadamun.kinds.contract import Mistake, Plan, Tongue, unknown_languages
from tadamun.kinds.outreach.vocabulary import MaterialKind
from tadamun.toolkit.languages.text import Text


class Material(Plan, frozen=True):
    """A leaflet or poster. ``languages`` are those that it is printed in, ``print_run`` how many were printed."""

    kind: MaterialKind = MaterialKind.LEAFLET
    title: Text = {}
    message: Text = {}
    languages: tuple[Tongue, ...] = ()
    print_run: int | None = None


class OutreachPlan(Plan, frozen=True):
    """Outreach in the street or at a distance. ``areas`` are told only to those who may know the place."""

    materials: tuple[Material, ...] = ()
    slogans: tuple[Text, ...] = ()
    areas: tuple[Text, ...] = ()
    hashtags: tuple[str, ...] = ()
    join: Text = {}


def mistakes(plan: OutreachPlan) -> Iterable[Mistake]:
    """Numbers and hashtags that cannot be meant."""
    for index, material in enumerate(plan.materials):
        where = f"materials[{index}]"
        if material.print_run is not None and material.print_run < 1:
            yield Mistake(
                f"{where}.print_run", _("a print run is at least one copy; leave it out when it is not stated")
            )
        yield from unknown_languages(material.languages, f"{where}.languages")
    for index, hashtag in enumerate(plan.hashtags):
        if not hashtag.startswith("#") or " " in hashtag or len(hashtag) == 1:
            yield Mistake(
                f"hashtags[{index}]", _("a hashtag starts with # and has no spaces, for example #RatifyILO190")
            )
