"""No one is spoken for: who takes part is named once it agreed, in the words that it agreed to, until it says no."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest

from tadamun.organise.network.models import Organisation
from tadamun.organise.network.vocabulary import OrganisationKind, Part, Role, Standing
from tadamun.organise.programme.models import Change, Publication, SignOffRequest
from tadamun.organise.programme.queries import partners as queries
from tadamun.organise.programme.queries.partner_needs import unsigned
from tadamun.organise.programme.queries.reach import carriers_of, reachable
from tadamun.organise.programme.services import answers, changes, partners
from tadamun.organise.programme.services.answers import Said
from tadamun.organise.programme.services.records import AT_ONCE
from tadamun.organise.programme.vocabulary import Answer, Asked, InvolvementType, SignOff
from tadamun.organise.safety.models import AuditEntry
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.builders.week import build_week
from tadamun.toolkit.rulings import Refused
from tests.organise.programme.partners_world import AFTER, LAYLA, NOW, UNTIL, Ground, fresh, make_ground, say

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "ar", "ckb")


@pytest.fixture
def ground(db: None) -> Ground:
    return make_ground()


def credited(ground: Ground) -> list[str]:
    """How the public reads who takes part in the race."""
    record = build_week(week=ground.race.week, audience=Audience.PUBLIC, now=NOW, languages=LANGUAGES, small_cell=5)
    race = next(one for one in record.activities if one.slug == ground.race.slug)
    return [part.line["en"] for part in race.involvements]


def test_who_is_named_is_public_only_once_it_agreed(ground: Ground) -> None:
    request = ground.asked()
    assert credited(ground) == []
    say(request)
    assert credited(ground) == ["in cooperation with Sports Against Violence"]
    row = fresh(request.involvement)
    assert (row.sign_off, row.signed_off_on) == (SignOff.ACCEPTED, date(2099, 2, 1))


def test_silence_is_no_and_an_answer_after_the_day_is_refused(ground: Ground) -> None:
    request = ground.asked()
    (asking,) = queries.partners_of(ground.race.week, ground.race, now=AFTER)
    assert asking.is_silent
    with pytest.raises(Refused, match="over"):
        say(request, now=AFTER)
    assert credited(ground) == []


def test_the_last_day_still_counts_where_the_week_is(ground: Ground) -> None:
    request = ground.asked()
    say(request, now=AFTER.replace(day=15, hour=20))
    assert fresh(request.involvement).sign_off == SignOff.ACCEPTED


def test_who_declines_is_not_named_and_may_say_why(ground: Ground) -> None:
    request = say(ground.asked(), Answer.NO, words="Not this year")
    assert (fresh(request.involvement).sign_off, request.words) == (SignOff.DECLINED, "Not this year")
    assert credited(ground) == []


def test_other_words_go_back_and_name_nobody_until_they_are_taken(ground: Ground) -> None:
    request = say(ground.asked(), Answer.OTHER_WORDS, line={"en": "with Sports Against Violence"})
    assert credited(ground) == []
    answers.take_proposal(actor=LAYLA, request=request, now=NOW)
    assert credited(ground) == ["with Sports Against Violence"]
    with pytest.raises(Refused, match="proposed"):
        answers.take_proposal(actor=LAYLA, request=request, now=NOW)


def test_other_words_can_be_answered_and_are_asked_about_again(ground: Ground) -> None:
    request = say(ground.asked(), Answer.OTHER_WORDS, line={"en": "thanks to us"})
    answers.reply(actor=LAYLA, request=request, words="All are credited alike", ends_on=UNTIL, now=NOW)
    (asking,) = queries.partners_of(ground.race.week, ground.race, now=NOW)
    assert asking.is_asked
    assert not asking.proposes
    say(request)
    assert credited(ground) == ["in cooperation with Sports Against Violence"]


def test_who_proposes_words_is_not_asked_over_them(ground: Ground) -> None:
    request = say(ground.asked(), Answer.OTHER_WORDS, line={"en": "with us"})
    with pytest.raises(Refused, match="propose"):
        ground.ask(request.involvement)
    (asking,) = queries.partners_of(ground.race.week, ground.race, now=NOW)
    assert asking.proposes


def test_the_same_words_are_no_other_words(ground: Ground) -> None:
    request = ground.asked()
    for line in ({}, queries.credit_line(request.involvement, LANGUAGES)):
        with pytest.raises(Refused, match="Write the line"):
            say(request, Answer.OTHER_WORDS, line=line)


def test_a_yes_is_a_yes_to_what_was_shown(ground: Ground) -> None:
    request = ground.asked()
    seen = queries.fingerprint(request, answers.languages())
    row = request.involvement
    partners.change_partner(
        actor=LAYLA, row=row, seen={"line": {}}, wanted={"line": {"en": "all thanks to Sports"}}, own=False, now=NOW
    )
    said = Said(answer=Answer.YES, fingerprint=seen, line={})
    with pytest.raises(Refused, match="changed"):
        answers.answer(actor=LAYLA, request=request, said=said, by_link=True, now=NOW)
    assert fresh(row).sign_off == SignOff.ASKED
    say(request)
    assert credited(ground) == ["all thanks to Sports"]


@pytest.mark.parametrize("wanted", [{"line": {"en": "sponsored by Sports"}}, {"type": "funder"}])
def test_who_agreed_has_not_agreed_to_another_part_or_other_words(ground: Ground, wanted: dict[str, object]) -> None:
    row = ground.agreed()
    seen = changes.values_of(row, wanted)
    partners.change_partner(actor=LAYLA, row=row, seen=seen, wanted=wanted, own=False, now=NOW)
    assert fresh(row).sign_off == SignOff.ASKED
    assert credited(ground) == []
    assert not SignOffRequest.objects.filter(closed_at=None).exists(), "the old link is over"


def test_to_whom_it_is_told_changes_nothing_about_the_agreement(ground: Ground) -> None:
    row = ground.agreed()
    wanted = {"type": row.type, "line": {}, "audiences": ["coalition"]}
    partners.change_partner(
        actor=LAYLA, row=row, seen=changes.values_of(row, wanted), wanted=wanted, own=False, now=NOW
    )
    assert fresh(row).sign_off == SignOff.ACCEPTED
    assert credited(ground) == []


@pytest.mark.parametrize("by_partner", [True, False])
def test_either_side_ends_it_and_the_name_goes_at_once(ground: Ground, by_partner: bool) -> None:
    row = ground.agreed()
    publication = Publication.objects.create(week=row.week, revision=1, published_at=NOW)
    partners.withdraw(actor=LAYLA, row=row, by_partner=by_partner, now=NOW)
    publication.refresh_from_db()
    assert publication.due_again_at == AT_ONCE, "the site is made again by itself"
    assert credited(ground) == []
    assert (fresh(row).sign_off, fresh(row).signed_off_on) == (SignOff.WITHDRAWN, date(2099, 2, 1))
    assert AuditEntry.objects.latest("number").detail["by"] == ("partner" if by_partner else "organisers")


def test_no_history_brings_back_what_a_partner_took_back(ground: Ground) -> None:
    row = ground.agreed()
    partners.withdraw(actor=LAYLA, row=row, by_partner=True, now=NOW)
    with pytest.raises(Refused, match="agreed to"):
        changes.undo(actor=LAYLA, change_made=Change.objects.filter(row=row.pk).latest("pk"), now=NOW)
    assert credited(ground) == []


def test_without_that_guard_history_would_bring_it_back(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    row = ground.agreed()
    partners.withdraw(actor=LAYLA, row=row, by_partner=True, now=NOW)
    monkeypatch.setattr(type(row), "never_undone", frozenset())
    changes.undo(actor=LAYLA, change_made=Change.objects.filter(row=row.pk).latest("pk"), now=NOW)
    assert credited(ground) == ["in cooperation with Sports Against Violence"]


@pytest.mark.parametrize("kind", [OrganisationKind.PARTY, OrganisationKind.BLOC])
def test_parties_take_part_and_are_never_partners(ground: Ground, kind: OrganisationKind) -> None:
    party = Organisation.objects.create(slug="party", kind=kind, names={"en": "A Party"})
    for type_ in InvolvementType:
        if type_ in {InvolvementType.INVITED, InvolvementType.ADDRESSEE, InvolvementType.SIGNATORY}:
            ground.name(party, type_)
        else:
            with pytest.raises(Refused, match="never partners"):
                ground.name(party, type_)
    assert credited(ground) == ["with the participation of A Party", "addressed to A Party"], "a signature is asked for"


def test_an_invited_party_cannot_be_made_a_partner_afterwards(ground: Ground) -> None:
    party = Organisation.objects.create(slug="party", kind=OrganisationKind.PARTY, names={"en": "A Party"})
    row = ground.name(party, InvolvementType.INVITED)
    with pytest.raises(Refused, match="never partners"):
        partners.change_partner(
            actor=LAYLA, row=row, seen={"type": "invited"}, wanted={"type": "funder"}, own=False, now=NOW
        )


def test_who_needs_not_agree_as_addressee_must_agree_as_partner(ground: Ground) -> None:
    row = ground.name(type_=InvolvementType.ADDRESSEE)
    assert fresh(row).sign_off == SignOff.NOT_NEEDED
    partners.change_partner(
        actor=LAYLA, row=row, seen={"type": "addressee"}, wanted={"type": "host"}, own=False, now=NOW
    )
    assert fresh(row).sign_off == SignOff.ASKED


def test_people_without_an_organisation_are_credited_and_nobody_is_asked(ground: Ground) -> None:
    row = ground.name(collective={"en": "women volunteers"})
    assert credited(ground) == ["in cooperation with women volunteers"]
    with pytest.raises(Refused, match="nobody who could be asked"):
        ground.ask(row)


def test_whoever_answers_for_an_organisation_agrees_by_naming_it(ground: Ground) -> None:
    ground.name(ground.world.ours, own=True)
    assert credited(ground) == ["in cooperation with Our Forum"]


def test_a_week_is_never_left_without_anybody_who_works_on_it(ground: Ground) -> None:
    organiser = ground.race.week.involvements.get(type=InvolvementType.ORGANISER)
    supporter = {"type": InvolvementType.SUPPORTER.value}
    for leave in (
        lambda: partners.withdraw(actor=LAYLA, row=organiser, by_partner=True, now=NOW),
        lambda: partners.remove_partner(actor=LAYLA, row=fresh(organiser), now=NOW),
        lambda: partners.change_partner(
            actor=LAYLA, row=organiser, seen={"type": "organiser"}, wanted=supporter, own=True, now=NOW
        ),
    ):
        with pytest.raises(Refused, match="another organiser"):
            leave()
        assert carriers_of(ground.race) == ["our-forum"]
    ground.name(ground.world.theirs, InvolvementType.RUNS, whole=True, own=True)
    partners.withdraw(actor=LAYLA, row=organiser, by_partner=True, now=NOW)
    assert carriers_of(ground.race) == ["their-forum"]


def test_a_part_is_stated_once(ground: Ground) -> None:
    ground.name()
    with pytest.raises(Refused, match="already"):
        ground.name()


def member_of(slug: str) -> Standing:
    return Standing("member:9", "Sara", False, True, (Part(slug, Role.EDITOR, False),))


def test_a_partner_edits_what_its_part_lets_it_edit_and_nothing_else(ground: Ground) -> None:
    request = ground.asked()
    assert not reachable(member_of("sports").organisations).exists(), "not before it agreed"
    say(request)
    assert list(reachable(member_of("sports").organisations)) == [ground.race]
    assert "sports" not in carriers_of(ground.training)
    assert "sports" not in queries.namers_of(ground.race.week, ground.race), "it does not decide who else takes part"
    partners.withdraw(actor=LAYLA, row=request.involvement, by_partner=True, now=NOW)
    assert not reachable(member_of("sports").organisations).exists()


def test_a_new_question_ends_the_old_link(ground: Ground) -> None:
    row = ground.name()
    old, new = ground.ask(row), ground.ask(row)
    assert queries.request_with(old) is None
    assert queries.request_with(new) is not None


def test_a_question_that_was_taken_back_has_no_link(ground: Ground) -> None:
    row = ground.name()
    secret = ground.ask(row)
    request = queries.request_with(secret)
    assert request
    answers.take_back(actor=LAYLA, request=request, now=NOW)
    assert queries.request_with(secret) is None
    assert fresh(row).sign_off_by is None
    with pytest.raises(Refused):
        say(request)


def test_the_secret_of_a_link_is_stored_nowhere(ground: Ground) -> None:
    secret = ground.ask(ground.name())
    stored = [str(values) for model in (SignOffRequest, Change, AuditEntry) for values in model.objects.values()]
    assert secret not in "".join(stored)
    assert queries.hash_of(secret) in "".join(stored), "the hash is there, so the search would have seen the secret"


def test_an_organisation_with_members_here_is_answered_for_by_them_alone(ground: Ground) -> None:
    row = ground.name(ground.world.theirs)
    assert ground.ask(row) == "", "there is no link that somebody else could use"
    request = SignOffRequest.objects.get()
    with pytest.raises(Refused, match="members"):
        say(request)
    with pytest.raises(Refused, match="members"):
        partners.note_agreement(actor=LAYLA, row=row, now=NOW)
    say(request, by_link=False)
    assert fresh(row).sign_off == SignOff.ACCEPTED


def test_an_agreement_by_letter_is_noted_with_who_noted_it(ground: Ground) -> None:
    row = ground.name()
    partners.note_agreement(actor=LAYLA, row=row, now=NOW)
    assert credited(ground) == ["in cooperation with Sports Against Violence"]
    entry = AuditEntry.objects.latest("number")
    assert (entry.actor, entry.act) == ("Layla", "note agreement")
    with pytest.raises(Refused, match="No answer is awaited"):
        partners.note_agreement(actor=LAYLA, row=row, now=NOW)


def test_every_step_is_in_the_trail(ground: Ground) -> None:
    request = say(ground.asked(), Answer.OTHER_WORDS, line={"en": "with us"}, words="our board wants it so")
    answers.take_proposal(actor=LAYLA, request=request, now=NOW)
    partners.withdraw(actor=Actor("Sports"), row=request.involvement, by_partner=True, now=NOW)
    acts = [entry.act for entry in AuditEntry.objects.order_by("number") if entry.act != "change"]
    assert acts == ["ask partner", "answer", "take proposal", "withdraw partner"]
    assert "our board" not in str(list(AuditEntry.objects.values_list("detail", flat=True))), "no words in the trail"


def ask_text(ground: Ground) -> SignOffRequest:
    row = ground.agreed()
    ground.ask(row, Asked.TEXT)
    return SignOffRequest.objects.filter(about=Asked.TEXT).latest("pk")


def test_a_text_is_signed_off_as_it_was_read_and_no_further(ground: Ground) -> None:
    request = ask_text(ground)
    assert [one.request for one in queries.open_sign_offs(ground.race.week, now=NOW)] == [request]
    say(request)
    assert queries.open_sign_offs(ground.race.week, now=NOW) == []
    changes.change(
        actor=LAYLA,
        row=ground.race,
        seen=changes.values_of(ground.race, ["summary"]),
        wanted={"summary": {"en": "Women win."}},
        now=NOW,
    )
    (missing,) = queries.open_sign_offs(ground.race.week, now=NOW)
    assert missing.changed_since
    assert not missing.silent


def test_silence_about_a_text_is_missing_too(ground: Ground) -> None:
    ask_text(ground)
    (missing,) = queries.open_sign_offs(ground.race.week, now=AFTER)
    assert missing.silent


def test_who_publishes_reads_who_has_not_signed(ground: Ground) -> None:
    request = ask_text(ground)
    week = ground.race.week
    (waits,), (silent,) = unsigned(week, NOW), unsigned(week, AFTER)
    assert "They are asked to read the text" in str(waits.beside)
    assert "Has not signed off the text" in str(waits.says)
    assert "Has not answered about the text" in str(silent.says)
    say(request, Answer.NO, words="Not <b>like</b> this")
    (refused,) = unsigned(week, NOW)
    assert "Not &lt;b&gt;like&lt;/b&gt; this" in str(refused.beside)
    ground.ask(request.involvement, Asked.TEXT)
    say(SignOffRequest.objects.latest("pk"))
    assert unsigned(week, NOW) == []


def test_a_reservation_says_what_it_is(ground: Ground) -> None:
    request = ask_text(ground)
    with pytest.raises(Refused, match="reservation"):
        say(request, Answer.RESERVED)
    say(request, Answer.RESERVED, words="Leave out the figure")
    (missing,) = queries.open_sign_offs(ground.race.week, now=NOW)
    assert missing.request.words == "Leave out the figure"


def test_a_text_is_shown_only_to_who_agreed_to_be_named(ground: Ground) -> None:
    row = ground.name()
    with pytest.raises(Refused, match="not agreed"):
        ground.ask(row, Asked.TEXT)


def test_what_waits_is_asked_in_a_fixed_number_of_queries(
    ground: Ground, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    counted: list[int] = []
    for number in range(2):
        for index in range(1 if number == 0 else 49):
            body = Organisation.objects.create(
                slug=f"o{number}-{index}", kind="team", names={"en": f"O {number} {index}"}
            )
            ground.ask(ground.name(body))
        with django_assert_num_queries(2):
            counted.append(len(queries.partners_of(ground.race.week, ground.race, now=NOW)))
        with django_assert_num_queries(2):
            queries.answers_awaited(member_of("our-forum"), NOW)
    assert counted == [1, 50]
