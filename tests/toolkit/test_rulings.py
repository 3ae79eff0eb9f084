"""A ruling is allowed, or refused with a sentence."""

import pytest
from django.utils.translation import gettext_lazy

from tadamun.toolkit.rulings import ALLOWED, Refused, Ruling

pytestmark = pytest.mark.pure


def test_allowed_is_true_and_lets_one_go_on() -> None:
    assert ALLOWED
    assert Ruling()
    ALLOWED.require()


@pytest.mark.parametrize("reason", ["The activity has begun.", gettext_lazy("The activity has begun.")])
def test_refused_is_false_and_says_why(reason: str) -> None:
    ruling = Ruling(reason)
    assert not ruling
    with pytest.raises(Refused, match=r"^The activity has begun\.$") as refused:
        ruling.require()
    assert refused.value.reason is reason
