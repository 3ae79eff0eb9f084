"""Sentences about changes and warnings hold words that people wrote: none of them becomes a mark on the page."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from tadamun.desk.sentences import say
from tadamun.record.changes import Sentence
from tadamun.record.structs import When

MARK = "<script>alert(1)</script>"


def test_no_part_of_a_sentence_becomes_a_mark() -> None:
    for part in (MARK, {"en": MARK}, ({"en": MARK}, MARK), _(MARK)):
        told = say(Sentence(pattern="%(what)s & more", parts={"what": part}))
        assert "<script>" not in told
        assert "&lt;script&gt;" in told
        assert told.endswith("&amp; more")


def test_a_time_is_said_as_exactly_as_it_was_stated() -> None:
    when = When(start=date(2018, 3, 22), end=date(2018, 3, 23))
    assert say(Sentence(pattern="%(when)s", parts={"when": when})) == "22 March 2018 – 23 March 2018"
