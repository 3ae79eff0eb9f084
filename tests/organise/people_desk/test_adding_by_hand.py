"""Somebody who signs up by phone is asked what the gate asks, in the same words, and it is sealed in the same way."""

from typing import Any

import pytest
from django.http import HttpResponse

from tadamun.organise.people.forms.by_hand import ByHandForm
from tadamun.organise.people.forms.gate import SignUpForm
from tadamun.organise.people.models import Admission, Condition, PlaceGroup, Question, Registration
from tadamun.organise.people.queries.gate import page_of
from tadamun.organise.people.services.opened import open_entries
from tadamun.organise.people.vocabulary import Proof, QuestionKind
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit import clock
from tests.organise.people_desk.houses import LAYLA, House, make_house

pytestmark = pytest.mark.django_db
SHIRT, DIET = "Which shirt?", "What do you not eat?"


@pytest.fixture
def asking(db: None) -> House:
    """A house that asks two questions of its own, offers help, brings guests and holds places for a list."""
    house = make_house(needs=["childcare", "wheelchair"], categories=["sex"], guests_max=2)
    admission = house.admission
    Question.objects.create(
        admission=admission,
        position=0,
        code="q1",
        text={"en": SHIRT, "ar": "أي قميص؟"},
        why={"en": "To order them"},
        kind=QuestionKind.CHOICE,
        choices=[{"en": "small", "ar": "صغير"}, {"en": "large", "ar": "كبير"}],
        required=True,
    )
    Question.objects.create(
        admission=admission, position=1, code="q2", text={"en": DIET}, why={"en": "For the kitchen"}
    )
    Condition.objects.create(
        admission=admission, position=0, code="c1", says={"en": "I am a candidate"}, proof=Proof.CODE, code_hash="0"
    )
    PlaceGroup.objects.create(admission=admission, slug="list-1", names={"en": "List 1"}, places=0)
    return house


def send(house: House, **given: Any) -> HttpResponse:
    client, address = house.client(), house.url("add_by_hand")
    slip = client.get(address).context["form"]["slip"].value()
    answer: HttpResponse = client.post(address, {"language": "ar", "agreed": "on", "slip": slip, **given})
    return answer


def asked(form: Any) -> dict[str, tuple[str, str]]:
    """What a form asks: label and reason of each field that is about the person."""
    own = {"agreed", "language", "slip", "website", "group", "group_code", "c_c1"}
    return {name: (str(field.label), str(field.help_text)) for name, field in form.fields.items() if name not in own}


def test_the_desk_asks_what_the_gate_asks_in_the_same_words(asking: House) -> None:
    page = page_of(Admission.objects.get(), code="en", now=clock.now())
    gate, desk = asked(SignUpForm(page=page, code="en")), asked(ByHandForm(page=page, code="en"))
    assert desk == gate
    assert {"q_q1", "q_q2", "needs", "sex", "guests", "note"} <= set(desk)


def test_the_page_shows_questions_with_why_and_the_conditions_to_answer_for(asking: House) -> None:
    page = asking.client().get(asking.url("add_by_hand")).content.decode()
    for words in (SHIRT, "To order them", DIET, "For the kitchen", "I am a candidate", "childcare", "List 1"):
        assert words in page
    assert 'name="c_c1"' not in page, "no code is asked of somebody whom an organiser knows"


def test_answers_and_needs_are_kept_as_from_the_gate(asking: House) -> None:
    answer = send(
        asking, name="Noor", q_q1="صغير", q_q2="No nuts", needs=["wheelchair"], sex="woman", guests="1", group="list-1"
    )
    assert answer.status_code == 200, answer.content.decode()
    row = Registration.objects.select_related("group").get()
    assert (row.needs, row.sex, row.guests, row.by_hand) == (["wheelchair"], "woman", 1, True)
    assert row.group
    assert row.group.slug == "list-1"
    assert b"No nuts" not in bytes(row.sealed)
    (opened,) = open_entries(
        actor=LAYLA,
        keyring=asking.keyring(),
        admission=asking.admission,
        rows=[row],
        why=OpeningReason.ADMIT,
        now=clock.now(),
    )
    assert opened.entry
    assert opened.entry.answers == {"q1": "صغير", "q2": "No nuts"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({}, "q_q1"), ({"q_q1": "purple"}, "q_q1"), ({"q_q1": "صغير", "needs": ["a pony"]}, "needs")],
)
def test_what_is_missing_or_not_offered_is_refused_at_its_field(
    asking: House, wrong: dict[str, Any], field: str
) -> None:
    answer = send(asking, **wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]  # type: ignore[attr-defined]  # the test client adds it
    assert not Registration.objects.exists()


def test_what_is_not_asked_is_not_there(house: House) -> None:
    page = page_of(Admission.objects.get(), code="en", now=clock.now())
    fields = set(ByHandForm(page=page, code="en").fields)
    assert fields == {"name", "contact", "note", "language", "agreed", "slip"}
