"""A certificate of the hours that somebody helped, as a PDF. The name on it is given for the print and never kept."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tadamun.organise.people.services.certificates import typeset
from tadamun.organise.volunteers import rules
from tadamun.organise.volunteers.models import Crew, Duty
from tadamun.organise.volunteers.queries import crews as crew_queries
from tadamun.organise.volunteers.queries.gate import keepers, when
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.languages.text import spoken
from tadamun.toolkit.rulings import Refused

_SOURCE = b"""
#let said = json(bytes(sys.inputs.said))
#set document(title: said.title)
#set page(paper: "a4", margin: (x: 24mm, y: 28mm))
#set text(
  font: ("Noto Sans", "Noto Sans Arabic"), size: 11pt, lang: said.language,
  dir: if said.direction == "rtl" { rtl } else { ltr }, fallback: false,
)
#set par(leading: 0.9em, spacing: 1.3em)
#line(length: 100%, stroke: 3pt + rgb("#0f4379"))
#v(10mm)
#text(size: 22pt, weight: 700, fill: rgb("#0f4379"), said.title)
#v(4mm)
#text(size: 16pt, weight: 700, said.name)
#for sentence in said.sentences [ #par(sentence) ]
#v(4mm)
#table(
  columns: (3fr, 4fr, 1fr), inset: (x: 0pt, y: 7pt), stroke: (x, y) => (bottom: 0.5pt + rgb("#dfd5c1")),
  ..said.shifts.map(row => (strong(row.at(0)), text(fill: rgb("#565d6e"), row.at(1)), row.at(2))).flatten()
)
#v(14mm)
#grid(columns: (1fr, 1fr), gutter: 12mm, ..said.signed.map(word => [
  #line(length: 100%, stroke: 0.5pt)
  #text(size: 9.5pt, fill: rgb("#565d6e"), word)
]))
"""


def hours_pdf(crew: Crew, duties: Sequence[Duty], *, name: str, code: str) -> bytes:
    """The certificate in the language that is switched on (``code``); wants the duties' shifts loaded.

    :raises Refused: when nothing is known of any hours.
    """
    spent = [(duty, rules.worked(crew_queries.known(duty))) for duty in duties]
    worked = [(duty, time) for duty, time in spent if time]
    if not worked:
        raise Refused(_("No hours are written down yet."))
    return typeset(_SOURCE, _said(crew, [(duty, rules.hours([time])) for duty, time in worked], name, code))


def _said(crew: Crew, worked: Sequence[tuple[Duty, float]], name: str, code: str) -> dict[str, object]:
    total = sum(hours for _duty, hours in worked)
    helped = _("has helped with %(activity)s (%(week)s). Hours in all: %(hours)s") % {
        "hours": _number(total),
        "activity": spoken(crew.activity.titles, code).words,
        "week": spoken(crew.activity.week.titles, code).words,
    }
    thanks = _("With thanks: %(names)s") % {"names": " · ".join(spoken(names, code).words for names in keepers(crew))}
    return {
        "language": code,
        "direction": language(code).direction,
        "title": _("Certificate of hours helped"),
        "name": name,
        "sentences": [helped, thanks],
        "shifts": [
            [spoken(duty.shift.what, code).words, when(duty.shift, crew.activity.week.timezone, code), _number(hours)]
            for duty, hours in worked
        ],
        "signed": [_("Place and day"), _("Signature")],
    }


def _number(hours: float) -> str:
    return f"{hours:g}"
