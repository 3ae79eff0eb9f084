"""Three versions of a value become one: what was seen, what stands there now, what is wanted.

What only one side changed is taken; what both changed otherwise is a clash, to be shown to a person.
"""

from collections.abc import Mapping
from typing import Any

from tadamun.toolkit.languages.text import Text


def merged_value(seen: Any, there: Any, mine: Any) -> tuple[Any, bool]:
    """The value that shall stand, and whether both sides changed it differently (then it is mine)."""
    if mine in (seen, there):
        return there, False
    return mine, there != seen


def merged_text(seen: Mapping[str, str], there: Mapping[str, str], mine: Mapping[str, str]) -> tuple[Text, bool]:
    """A text merged language by language, empty wordings left out, and whether any language clashes."""
    merged: Text = {}
    clash = False
    for code in sorted({*seen, *there, *mine}):
        words, differs = merged_value(seen.get(code, ""), there.get(code, ""), mine.get(code, ""))
        clash = clash or differs
        if words:
            merged[code] = words
    return merged, clash
