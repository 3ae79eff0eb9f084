"""Zeinab and Huda run the forum; the forum and a union hold the race. Who may open its names, and who no longer may."""

from dataclasses import replace

import pytest

from tadamun.organise.safety.vault.chains import Link, SealedRow, follow, found, pass_on, reach, seal_again
from tadamun.organise.safety.vault.errors import BadKey, ChainBroken, NoHolder, SealBroken, WrongKey
from tadamun.organise.safety.vault.keys import KeyPair, generate
from tadamun.organise.safety.vault.sealing import Context, open_sealed, seal

ZEINAB, HUDA, STRANGER = generate(), generate(), generate()
MEMBERS = {"member:zeinab": ZEINAB.public, "member:huda": HUDA.public}
FORUM, UNION, RACE = "organisation:forum", "organisation:union", "activity:race"
PLACE = Context(purpose="registration", activity=RACE, field="name", row="1")
NAME = "شهد".encode()


class Week:
    """The rows that a server would hold: public keys, links and one sealed name. No private key."""

    def __init__(self) -> None:
        self.forum_links = found(subject=FORUM, holders=MEMBERS)
        self.union_links = found(subject=UNION, holders={"member:huda": HUDA.public})
        self.forum_key, self.union_key = self.forum_links[0].public_key, self.union_links[0].public_key
        self.race_links = found(subject=RACE, holders={FORUM: self.forum_key, UNION: self.union_key})
        self.race_key = self.race_links[0].public_key
        self.row = SealedRow(PLACE, seal(self.race_key, NAME, context=PLACE))

    @property
    def links(self) -> tuple[Link, ...]:
        return (*self.race_links, *self.union_links, *self.forum_links)

    def read(self, member: KeyPair) -> bytes:
        race = reach(member, self.links, subject=RACE)
        return open_sealed(race, self.row.envelope, context=self.row.context)


@pytest.fixture
def week() -> Week:
    return Week()


def test_member_reads_names_along_the_chain(week: Week) -> None:
    assert week.read(ZEINAB) == NAME
    assert week.read(HUDA) == NAME


def test_link_by_link_leads_to_the_same_key(week: Week) -> None:
    forum = follow(ZEINAB, week.forum_links[0])
    race = follow(forum, week.race_links[0])
    assert (forum.public, race.public) == (week.forum_key, week.race_key)
    assert race == reach(HUDA, week.links, subject=RACE)


def test_stranger_and_server_reach_nothing(week: Week) -> None:
    with pytest.raises(ChainBroken, match="activity:race"):
        reach(STRANGER, week.links, subject=RACE)
    for link in week.links:
        with pytest.raises(WrongKey):
            follow(STRANGER, link)
    with pytest.raises(ChainBroken):
        reach(ZEINAB, [], subject=RACE)


def test_rows_hold_no_private_key(week: Week) -> None:
    race, forum = (reach(ZEINAB, week.links, subject=subject) for subject in (RACE, FORUM))
    for link in week.links:
        assert race.private not in link.envelope
        assert forum.private not in link.envelope


def test_names_are_dead_when_the_links_are_deleted(week: Week) -> None:
    week.race_links = ()
    for member in (ZEINAB, HUDA):
        with pytest.raises(ChainBroken):
            week.read(member)


def test_link_given_to_another_subject_or_holder_is_refused(week: Week) -> None:
    link = week.forum_links[0]
    for moved in (replace(link, subject=UNION), replace(link, holder="member:huda")):
        with pytest.raises(SealBroken):
            follow(ZEINAB, moved)


def test_exchanged_public_key_is_refused(week: Week) -> None:
    with pytest.raises(SealBroken):
        follow(ZEINAB, replace(week.forum_links[0], public_key=STRANGER.public))
    false = KeyPair(public=week.forum_key, private=STRANGER.private)
    (forged,) = pass_on(false, subject=FORUM, holders={"member:zeinab": ZEINAB.public})
    with pytest.raises(ChainBroken, match=FORUM):
        follow(ZEINAB, forged)


def test_new_member_gets_the_key_from_one_who_has_it(week: Week) -> None:
    newcomer = generate()
    forum = reach(ZEINAB, week.links, subject=FORUM)
    week.forum_links += pass_on(forum, subject=FORUM, holders={"member:noor": newcomer.public})
    assert week.read(newcomer) == NAME


def test_removed_member_is_shut_out_of_what_comes_later(week: Week) -> None:
    """Huda leaves both groups. She kept every key that she could ever open; the control shows that they did open."""
    kept = [HUDA, *(reach(HUDA, week.links, subject=subject) for subject in (FORUM, UNION, RACE))]
    _remove_huda(week)

    assert week.read(ZEINAB) == NAME
    later = SealedRow(PLACE, seal(week.race_key, b"later", context=PLACE))
    for key in kept:
        for subject in (FORUM, RACE):
            with pytest.raises(ChainBroken):
                reach(key, week.links, subject=subject)
        for row in (week.row, later):
            with pytest.raises(WrongKey):
                open_sealed(key, row.envelope, context=row.context)


def test_deleting_the_link_alone_would_not_shut_her_out(week: Week) -> None:
    """The negative control of the test above: without new keys the kept ones go on opening."""
    kept = reach(HUDA, week.links, subject=FORUM)
    week.forum_links = tuple(link for link in week.forum_links if link.holder != "member:huda")
    week.union_links = ()
    with pytest.raises(ChainBroken):
        reach(HUDA, week.links, subject=RACE)
    assert open_sealed(reach(kept, week.links, subject=RACE), week.row.envelope, context=PLACE) == NAME


def test_old_and_new_key_of_a_subject_are_told_apart_while_one_is_replaced(week: Week) -> None:
    new = found(subject=RACE, holders={FORUM: week.forum_key})
    links = (*new, *week.links)
    assert reach(ZEINAB, links, subject=RACE, public_key=week.race_key).public == week.race_key
    assert reach(ZEINAB, links, subject=RACE, public_key=new[0].public_key).public == new[0].public_key
    with pytest.raises(ChainBroken):
        reach(ZEINAB, links, subject=RACE, public_key=STRANGER.public)


def test_a_row_is_sealed_again_in_its_own_place_and_opens_with_the_new_key_only(week: Week) -> None:
    old, new = reach(ZEINAB, week.links, subject=RACE), generate()
    again = seal_again(week.row, old, new.public)
    assert again.context == PLACE
    assert open_sealed(new, again.envelope, context=PLACE) == NAME
    with pytest.raises(WrongKey):
        open_sealed(old, again.envelope, context=PLACE)
    damaged = replace(week.row, envelope=week.row.envelope[:-1] + b"\x00\x00")
    with pytest.raises(SealBroken):
        seal_again(damaged, old, new.public)


def test_nobody_can_be_locked_out_by_mistake(week: Week) -> None:
    with pytest.raises(NoHolder, match="at least one member"):
        found(subject=FORUM, holders={})
    with pytest.raises(BadKey):
        found(subject=FORUM, holders={"member:zeinab": b"short"})


def _remove_huda(week: Week) -> None:
    """What a service does: new keys for the groups, then for the activities that she could reach."""
    race = reach(ZEINAB, week.links, subject=RACE)
    week.forum_links = found(subject=FORUM, holders={"member:zeinab": ZEINAB.public})
    week.forum_key, week.union_links = week.forum_links[0].public_key, ()
    week.race_links = found(subject=RACE, holders={FORUM: week.forum_key})
    week.race_key = week.race_links[0].public_key
    week.row = seal_again(week.row, race, week.race_key)
