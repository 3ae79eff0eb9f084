"""Nothing that one side alone changed is lost, and what both changed is shown."""

from hypothesis import given
from hypothesis import strategies as st

from tadamun.toolkit.merging import merged_text

WORDINGS = st.dictionaries(st.sampled_from(["en", "ar", "ckb"]), st.text("ab", min_size=1, max_size=2), max_size=3)


@given(seen=WORDINGS, there=WORDINGS, mine=WORDINGS)
def test_merging_keeps_every_wording_that_one_side_changed(
    seen: dict[str, str], there: dict[str, str], mine: dict[str, str]
) -> None:
    merged, clash = merged_text(seen, there, mine)
    for code in {*seen, *there, *mine}:
        before, theirs, ours = seen.get(code, ""), there.get(code, ""), mine.get(code, "")
        if ours == before:
            assert merged.get(code, "") == theirs
        elif theirs == before:
            assert merged.get(code, "") == ours
        elif ours != theirs:
            assert clash
