"""The certificate of deletion as a PDF, set in the reader's language with fonts that we ship.

What it says goes to the typesetter as data (JSON), never as part of its source, so no title can be a command.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import fontpkg_noto_sans  # type: ignore[import-untyped]  # a package of fonts
import fontpkg_noto_sans_arabic  # type: ignore[import-untyped]  # a package of fonts
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tadamun.organise.people.queries.held import GoneLine
from tadamun.organise.safety.vocabulary import HeldData
from tadamun.toolkit.languages import days
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.languages.text import spoken

_FONTS = [str(Path(package.ROOT) / "files") for package in (fontpkg_noto_sans, fontpkg_noto_sans_arabic)]
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
#for sentence in said.sentences [ #par(sentence) ]
#v(6mm)
#table(
  columns: (2fr, 3fr), inset: (x: 0pt, y: 7pt), stroke: (x, y) => (bottom: 0.5pt + rgb("#dfd5c1")),
  ..said.facts.map(fact => (text(fill: rgb("#565d6e"), fact.at(0)), strong(fact.at(1)))).flatten()
)
#v(8mm)
#for sentence in said.notes [ #text(size: 9.5pt, fill: rgb("#565d6e"), par(sentence)) ]
"""


def certificate_pdf(line: GoneLine, *, code: str, check_address: str) -> bytes:
    """The certificate in the language that is switched on (``code``); ``check_address`` is where anybody checks it."""
    return typeset(_SOURCE, _said(line, code, check_address))


def typeset(source: bytes, said: Mapping[str, object]) -> bytes:
    """A PDF from a Typst source of ours, which reads ``said`` as JSON from its input of that name."""
    import typst  # noqa: PLC0415  slow import: a fifth of a second, and needed once in a long while

    words = json.dumps(said, ensure_ascii=False)
    return typst.compile(  # type: ignore[call-overload, no-any-return]  # its types want the fonts given as bytes
        source, font_paths=_FONTS, ignore_system_fonts=True, format="pdf", sys_inputs={"said": words}
    )


def _said(line: GoneLine, code: str, check_address: str) -> dict[str, object]:
    tongue = language(code)
    destroyed, how = _of_log(line, code) if line.what is HeldData.FIELD else _of_sign_up(line, code)
    return {
        "language": code,
        "direction": tongue.direction,
        "title": _("Certificate of deletion"),
        "sentences": [
            destroyed,
            how,
        ],
        "facts": [
            [_("Activity"), spoken(line.label, code).words],
            [_("What was held"), str(line.what.label)],
            [_("Held since"), days.day(line.since, code)],
            [_("Destroyed on"), days.day(line.ended_on, code)],
            [_("Why then"), str(line.how.label)],
            [_("What stays"), _("counts in which nobody can be recognised")],
            [_("Number of this certificate"), isolated(line.certificate)],
        ],
        "notes": [
            _("Whoever has the number can check it here: %(address)s") % {"address": isolated(check_address)},
            _("It does not speak of lists that members had handed out before; the log says when that was done."),
        ],
    }


def _of_sign_up(line: GoneLine, code: str) -> tuple[str, str]:
    """What was destroyed, and how."""
    destroyed = ngettext(
        "On %(day)s %(count)s entry of a sign-up was destroyed.",
        "On %(day)s %(count)s entries of a sign-up were destroyed.",
        line.entries,
    ) % {"day": days.day(line.ended_on, code), "count": days.number(line.entries, code)}
    return destroyed, _(
        "Names, addresses, answers and notes had been sealed to a key of this activity alone. The sealed "
        "entries were deleted and overwritten, and the key was destroyed: copies that may exist elsewhere "
        "cannot be opened with anything that this installation still has."
    )


def _of_log(line: GoneLine, code: str) -> tuple[str, str]:
    destroyed = ngettext(
        "On %(day)s %(count)s entry of a field log was destroyed.",
        "On %(day)s %(count)s entries of a field log were destroyed.",
        line.entries,
    ) % {"day": days.day(line.ended_on, code), "count": days.number(line.entries, code)}
    return destroyed, _(
        "The log named nobody: it held codes of tickets and of helpers, times, counts and sealed notes. The entries "
        "were deleted and overwritten, with the kits that had written them."
    )


def isolated(words: str) -> str:
    """Latin words so that they keep their order inside a line from right to left (LRI … PDI, UAX #9)."""
    return f"\u2066{words}\u2069"
