"""Two people write, nothing is lost: merging, both versions, history, undoing."""

from datetime import UTC, datetime

import pytest

from tadamun.organise.programme.models import Act, Activity, Change, Promise
from tadamun.organise.programme.services import changes
from tadamun.organise.safety.models import AuditEntry
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.rulings import Refused
from tests.characters import make_world
from tests.organise.people_desk.houses import make_activity

NOW = datetime(2018, 3, 1, 9, 0, tzinfo=UTC)
LAYLA, RANA = Actor("Layla", 1), Actor("Rana", 2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(db: None) -> Activity:
    return make_activity(make_world())


def fresh(activity: Activity) -> Activity:
    return Activity.objects.get(pk=activity.pk)


def test_two_people_who_change_two_languages_of_one_text_are_merged(activity: Activity) -> None:
    seen = changes.values_of(activity, ["summary"])
    changes.change(actor=LAYLA, row=activity, seen=seen, wanted={"summary": {"en": "A run"}}, now=NOW)
    outcome = changes.change(actor=RANA, row=activity, seen=seen, wanted={"summary": {"ar": "سباق"}}, now=NOW)
    assert not outcome.both
    assert fresh(activity).summary == {"ar": "سباق", "en": "A run"}


def test_two_people_who_change_the_same_words_see_both_versions_and_nothing_is_written(activity: Activity) -> None:
    seen = changes.values_of(activity, ["summary"])
    changes.change(actor=LAYLA, row=activity, seen=seen, wanted={"summary": {"en": "A run"}}, now=NOW)
    outcome = changes.change(actor=RANA, row=activity, seen=seen, wanted={"summary": {"en": "A race"}}, now=NOW)
    (both,) = outcome.both
    assert (both.mine, both.theirs, both.by) == ({"en": "A race"}, {"en": "A run"}, "Layla")
    assert fresh(activity).summary == {"en": "A run"}


def test_the_trail_says_which_fields_changed_and_no_words(activity: Activity) -> None:
    changes.change(actor=LAYLA, row=activity, seen={"summary": {}}, wanted={"summary": {"en": "Secret"}}, now=NOW)
    entry = AuditEntry.objects.latest("number")
    assert (entry.actor, entry.act, entry.detail["fields"]) == ("Layla", "change", ["summary"])
    assert "Secret" not in str(entry.detail)


def test_a_change_lets_the_record_be_made_again(activity: Activity) -> None:
    before = activity.week.revision
    changes.change(actor=LAYLA, row=activity, seen={"summary": {}}, wanted={"summary": {"en": "A run"}}, now=NOW)
    activity.week.refresh_from_db()
    assert activity.week.revision == before + 1


def test_what_is_no_change_leaves_no_trace(activity: Activity) -> None:
    seen = changes.values_of(activity, ["summary", "state"])
    assert changes.change(actor=LAYLA, row=activity, seen=seen, wanted=dict(seen), now=NOW).change is None
    assert not Change.objects.exists()


def test_a_row_that_was_taken_away_comes_back_as_it_was(activity: Activity) -> None:
    promise = Promise(week=activity.week, activity=activity, slug="again", position=3, text={"en": "Again"})
    changes.add(actor=LAYLA, row=promise, now=NOW)
    gone = changes.remove(actor=LAYLA, row=promise, now=NOW)
    assert not Promise.objects.exists()
    changes.undo(actor=LAYLA, change_made=gone, now=NOW)
    back = Promise.objects.get()
    assert (back.text, back.position, back.activity) == ({"en": "Again"}, 3, activity)


def test_undoing_an_addition_takes_it_away_and_works_once(activity: Activity) -> None:
    changes.add(actor=LAYLA, row=Promise(week=activity.week, slug="again", position=0), now=NOW)
    added = Change.objects.get(act=Act.ADDED)
    changes.undo(actor=LAYLA, change_made=added, now=NOW)
    assert not Promise.objects.exists()
    with pytest.raises(Refused, match="already"):
        changes.undo(actor=LAYLA, change_made=added, now=NOW)


def test_undoing_what_was_changed_again_since_shows_both(activity: Activity) -> None:
    first = changes.change(actor=LAYLA, row=activity, seen={"summary": {}}, wanted={"summary": {"en": "1"}}, now=NOW)
    changes.change(actor=RANA, row=activity, seen={"summary": {"en": "1"}}, wanted={"summary": {"en": "2"}}, now=NOW)
    assert first.change
    assert changes.undo(actor=LAYLA, change_made=first.change, now=NOW).both
    assert fresh(activity).summary == {"en": "2"}
