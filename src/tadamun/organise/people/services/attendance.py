"""Certificates of attendance as a PDF, one page each. The names on them are given for the print and never kept."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tadamun.organise.people.models import Admission
from tadamun.organise.people.queries.attendance import Attended, length_of
from tadamun.organise.people.queries.gate import keepers, when_in_words
from tadamun.organise.people.services.certificates import typeset
from tadamun.organise.programme.models import Sitting
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
#for (number, person) in said.people.enumerate() [
  #if number > 0 { pagebreak() }
  #line(length: 100%, stroke: 3pt + rgb("#0f4379"))
  #v(10mm)
  #text(size: 22pt, weight: 700, fill: rgb("#0f4379"), said.title)
  #v(4mm)
  #text(size: 16pt, weight: 700, person.name)
  #for sentence in person.sentences [ #par(sentence) ]
  #v(4mm)
  #table(
    columns: (1fr, auto), inset: (x: 0pt, y: 7pt), stroke: (x, y) => (bottom: 0.5pt + rgb("#dfd5c1")),
    ..person.sittings.map(row => (row.at(0), row.at(1))).flatten()
  )
  #v(14mm)
  #grid(columns: (1fr, 1fr), gutter: 12mm, ..said.signed.map(word => [
    #line(length: 100%, stroke: 0.5pt)
    #text(size: 9.5pt, fill: rgb("#565d6e"), word)
  ]))
]
"""


def attendance_pdf(admission: Admission, people: Sequence[tuple[str, Attended]], *, code: str) -> bytes:
    """Certificates in the language that is switched on (``code``), for each name and what it attended.

    :raises Refused: when there is nobody, or somebody has not attended as much as is asked.
    """
    if not people or not all(attended.reached for _name, attended in people):
        raise Refused(
            _("For a certificate, %(share)d per cent of the sittings have to be attended.")
            % {"share": admission.attendance_share}
        )
    thanks = _("Organised by: %(names)s") % {
        "names": " · ".join(spoken(names, code).words for names in keepers(admission))
    }
    return typeset(
        _SOURCE,
        {
            "language": code,
            "direction": language(code).direction,
            "title": _("Certificate of attendance"),
            "people": [
                {
                    "name": name,
                    "sentences": [_took_part(admission, attended, code), thanks],
                    "sittings": [[when_in_words(sitting, code), _hours(sitting)] for sitting in attended.sittings],
                }
                for name, attended in people
            ],
            "signed": [_("Place and day"), _("Signature")],
        },
    )


def _took_part(admission: Admission, attended: Attended, code: str) -> str:
    said = {
        "activity": spoken(admission.activity.titles, code).words,
        "week": spoken(admission.activity.week.titles, code).words,
    }
    if attended.hours is None:
        many = {"many": len(attended.sittings), "of": attended.of}
        return _("has taken part in %(activity)s (%(week)s). Sittings: %(many)d of %(of)d") % {**said, **many}
    hours = f"{attended.hours:g}"
    return _("has taken part in %(activity)s (%(week)s). Hours in all: %(hours)s") % {**said, "hours": hours}


def _hours(sitting: Sitting) -> str:
    length = length_of(sitting)
    return f"{length.total_seconds() / 3600:g}" if length else ""
