"""One activity is brought up to date within what was let out, and no small number can be worked out from it."""

import pytest
from msgspec.structs import replace

from tadamun.record.splicing import splice
from tadamun.record.structs import FigureRecord, WeekRecord
from tests.record.records import a_figure, a_record, an_activity, term

pytestmark = pytest.mark.pure

UID = an_activity().uid


def figure(quantity: int | None, **values: object) -> FigureRecord:
    return a_figure(quantity=quantity, parts=(), note={}, **values)


def with_figures(week: tuple[FigureRecord, ...], *, ours: FigureRecord, theirs: FigureRecord) -> WeekRecord:
    """A week with figures, our activity's and another one's."""
    record = a_record(figures=week)
    first = replace(record.activities[0], figures=(ours,))
    other = replace(an_activity(), uid="other", slug="other", figures=(theirs,))
    return replace(record, activities=(first, other))


def test_only_the_activity_is_brought_up_to_date() -> None:
    released = a_record()
    changed = replace(released.activities[0], summary={"en": "Another summary"})
    current = replace(released, titles={"en": "Another title"}, activities=(changed,))
    record = splice(released, current, shown=released, uid=UID).record
    assert record.activities[0].summary == {"en": "Another summary"}
    assert record.titles == released.titles


def test_an_address_that_the_public_still_knows_as_anothers_is_not_taken() -> None:
    """In the plan the two may have swapped addresses; what is public would have one address twice."""
    mine, other = a_record().activities[0], replace(an_activity(), uid="other", slug="other")
    released = replace(a_record(), activities=(mine, other))
    current = replace(released, activities=(replace(mine, slug="other"), replace(other, slug="moved")))
    with pytest.raises(LookupError):
        splice(released, current, shown=released, uid=UID)
    current = replace(released, activities=(replace(mine, slug="mine"), replace(other, slug="moved")))
    assert splice(released, current, shown=released, uid=UID).record.activities[0].slug == "mine"


def test_an_activity_that_was_never_let_out_is_none() -> None:
    with pytest.raises(LookupError):
        splice(a_record(), a_record(), shown=a_record(), uid="unknown")


def test_nothing_changed_is_nothing_new() -> None:
    record = splice(a_record(), a_record(), shown=a_record(), uid=UID).record
    assert replace(record, sources=a_record().sources) == a_record()


def test_figures_wait_beside_older_claims_about_the_same() -> None:
    """104 let out, 4 of them elsewhere withheld and ours with them; then elsewhere it became 40, not yet let out."""
    hidden = figure(None, withheld=True)
    released = with_figures((figure(104),), ours=hidden, theirs=hidden)
    current = with_figures((figure(140),), ours=figure(100), theirs=figure(40))
    spliced = splice(released, current, shown=released, uid=UID)
    assert spliced.record.activities[0].figures == (hidden,), "104 − 100 would tell of the 4"
    assert spliced.figures_wait
    published = splice(current, current, shown=current, uid=UID)
    assert published.record.activities[0].figures == (figure(100),), "the control: beside equal claims it goes out"
    assert not published.figures_wait


def test_figures_about_something_else_do_not_wait() -> None:
    invited = term("invited")
    released = with_figures((figure(104),), ours=figure(50, what=invited), theirs=figure(None, withheld=True))
    current = with_figures((figure(140),), ours=figure(60, what=invited), theirs=figure(40))
    spliced = splice(released, current, shown=released, uid=UID)
    assert spliced.record.activities[0].figures == (figure(60, what=invited),)
    assert not spliced.figures_wait
