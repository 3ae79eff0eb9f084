"""Names end, counts stay; and counts stay only where they give nobody away."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadamun.organise.people.models import Letter, Move
from tadamun.organise.people.services import admissions, endings
from tadamun.organise.people.services.entries import TicketUnknown
from tadamun.organise.people.services.registrations import by_ticket
from tadamun.organise.people.vocabulary import Standing
from tadamun.organise.safety.models import AuditEntry, Holding, VaultKey
from tadamun.organise.safety.services.holdings import begin_holding
from tadamun.organise.safety.services.openings import has_key
from tadamun.organise.safety.vocabulary import Ending, HeldData, HoldingReason
from tadamun.toolkit.rulings import Refused
from tests.organise.people.house import LAYLA, NOW, House, comes, house, leaves, row_of, secret_of

pytestmark = pytest.mark.django_db
LAST_DAY = date(2030, 3, 24)
SMALL = 5


def held(run: House) -> None:
    begin_holding(
        subject=run.admission.key_subject,
        label={"en": "Run"},
        what=HeldData.REGISTRATIONS,
        why=HoldingReason.ACTIVITY,
        since=NOW.date(),
        until=admissions.ends_on(run.admission),
    )


def retired(run: House) -> str | None:
    return endings.retire(actor=LAYLA, admission=run.admission, how=Ending.BY_HAND, now=NOW, small_cell=SMALL)


def test_retention_counts_from_the_last_sitting_or_the_end_of_the_week() -> None:
    run = house(5, retention_days=14)
    assert admissions.ends_on(run.admission) == LAST_DAY + timedelta(days=14)
    run.activity.sittings.all().delete()
    assert admissions.ends_on(run.admission) == date(2030, 3, 28) + timedelta(days=14)


def test_only_what_is_due_is_retired_and_each_once() -> None:
    due, later = house(5, retention_days=7), house(5, retention_days=30)
    for run in (due, later):
        held(run)
        comes(run)
    night_before = NOW.replace(month=3, day=31)
    assert endings.retire_what_is_due(now=night_before, small_cell=SMALL) == []
    numbers = endings.retire_what_is_due(now=night_before + timedelta(days=1), small_cell=SMALL)
    assert [(entry.subject, entry.counts) for entry in Holding.objects.filter(certificate_number__in=numbers)] == [
        (due.admission.key_subject, {"entries": 1})
    ]
    assert endings.retire_what_is_due(now=night_before + timedelta(days=2), small_cell=SMALL) == []
    assert (len(due.rows()), len(later.rows())) == (0, 1)


def test_retiring_leaves_counts_and_takes_everything_else() -> None:
    run = house(9, categories=["sex", "governorate"])
    held(run)
    for number in range(11):
        hers = comes(run, f"{number}@example.org", sex="woman" if number < 7 else "man", governorate="basra")
    again = comes(run, "1@example.org")
    leaves(comes(run))
    leaves(again)
    first = run.rows()[0]
    admissions.check_in(actor=LAYLA, admission=run.admission, stored_hash=bytes(first.ticket_hash), now=NOW)
    secret = secret_of(hers)
    certificate = retired(run)
    folded = run.admission.folded
    expected = {"registered": 11, "placed": 9, "waiting": 2, "cancelled": 1, "came": 1, "stayed_away": 8}
    assert {name: folded["people"][name] for name in expected} == expected
    assert (folded["sex"], folded["governorate"], folded["came_sex"]) == ({"others": 9}, {"basra": 9}, {"others": 1})
    assert (run.rows(), Letter.objects.count(), Move.objects.count()) == ([], 0, 0)
    assert not has_key(run.admission.key_subject)
    assert VaultKey.objects.get(subject=run.admission.key_subject).destroyed_at == NOW
    assert Holding.objects.get(certificate_number=certificate).ended_how == "by_hand"
    with pytest.raises(TicketUnknown):
        by_ticket(secret)
    with pytest.raises(Refused, match="is over"):
        comes(run)
    assert (retired(run), run.admission.folded["people"]["registered"]) == (None, 11)


@given(
    st.lists(st.sampled_from(["woman", "man", "other", "unsaid"]), max_size=60),
    st.integers(min_value=2, max_value=12),
)
def test_no_cell_below_the_limit_is_left_and_nobody_is_lost(values: list[str], small_cell: int) -> None:
    cells = endings.merged(values, small_cell=small_cell)
    assert sum(cells.values()) == len(values)
    if len(cells) > 1:
        assert min(cells.values()) >= small_cell
    elif 0 < len(values) < small_cell:
        assert cells == {"others": len(values)}
    assert endings.merged(reversed(values), small_cell=small_cell) == cells


def test_lockdown_shuts_every_door_at_once() -> None:
    run, talk = house(5), house(5)
    endings.lockdown(actor=LAYLA, now=NOW)
    for each in (run, talk):
        with pytest.raises(Refused, match="closed"):
            comes(each)
    assert AuditEntry.objects.filter(act="lock down").count() == 1


def test_offers_lapse_in_a_later_process_too() -> None:
    """Held places return after their time, also across a restart (P-15): nothing of an offer lives in memory."""
    run = house(1, offer_hours=2)
    first, second = comes(run), comes(run)
    leaves(first)
    row = row_of(second)
    assert (row.standing, row.offer_until) == (Standing.OFFERED, NOW + timedelta(hours=2))
    assert endings.expire_offers(now=NOW + timedelta(days=1)) == 1
    assert run.admission.taken == 0


def test_the_audit_trail_of_an_ending_names_nobody() -> None:
    run = house(5)
    held(run)
    comes(run, "zaynab@example.org", name="Zaynab")
    retired(run)
    told = " ".join(f"{entry.act} {entry.subject} {entry.detail}" for entry in AuditEntry.objects.all())
    assert "entries" in told
    assert "aynab" not in told
