"""Markdown from editors becomes safe, ordered markup; plain words take the short way to the same end."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadamun.toolkit import prose

pytestmark = pytest.mark.pure


def settled(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", html)).strip()


@given(st.text(alphabet=st.sampled_from("abc نزهة.,;'\"()?1-+*_#>&<`\n "), max_size=60))
def test_short_way_for_plain_words_ends_where_the_long_way_does(words: str) -> None:
    quick = prose._paragraphs(words)
    if quick is not None and words.strip():
        assert settled(quick) == settled(prose._marked_up(words))


def test_short_way_is_taken_for_ordinary_texts() -> None:
    assert prose._paragraphs('Women\'s rights (in parks), "at work".\n\nAnd more; always?') is not None
    assert prose._paragraphs("- a list") is None
    assert prose._paragraphs("1. a list") is None


def test_formatting_survives() -> None:
    html = prose.rendered("*one* **two**\n\n- three\n- [four](https://example.org/x)")
    assert "<em>one</em> <strong>two</strong>" in html
    assert '<a href="https://example.org/x" rel="noopener noreferrer external">four</a>' in html


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](https://evil.example/pixel.png)",
        "<img src=x onerror=alert(1)>",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        '<https://evil.example/"onmouseover=alert(1)>',
        "[x](https://a.example 'title\" onclick=alert(1)')",
    ],
)
def test_nothing_active_comes_out(words: str) -> None:
    html = prose.rendered(words)
    tags = re.findall(r"<[^>]*>", html)
    assert not re.search(r"<(script|img|iframe)|\son\w+=|javascript:|data:", " ".join(tags))


def test_headings_are_levelled_below_the_title_and_skip_none() -> None:
    html = prose.rendered("# One\n\n### Three\n\n###### Six\n\n# Again")
    assert re.findall(r"<(h\d)>", html) == ["h2", "h3", "h4", "h2"]
    assert re.findall(r"<(h\d)>", prose.rendered("#### Deep\n\n## Higher")) == ["h2", "h2"]
