"""Markdown texts as safe HTML: CommonMark without HTML and images, then an allowlist.

Headings are levelled: the first one of a text becomes ``h2`` and none skips a level, so that every page
keeps its order of headings whatever an editor typed.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "h2", "h3", "h4", "hr", "code", "pre"}
_ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_TOP, _DEEPEST = 2, 4

# Words without any sign that Markdown or HTML could read as more than words: most texts are such.
_PLAIN = re.compile(r"(?!\d+[.)])[^\\`*_\[\]<>&#|~!=+\-\s:][^\\`*_\[\]<>&\t\r\n\x00-\x08\x0b-\x1f\x7f\xa0]*")


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])


_MARKDOWN = _parser()


@lru_cache(maxsize=1024)
def rendered(words: str) -> Markup:
    """Render a Markdown text. Whatever is not on the allowlist comes out as words or not at all."""
    return _paragraphs(words) or _marked_up(words)


def _paragraphs(words: str) -> Markup | None:
    paragraphs = words.strip("\n").split("\n\n")
    if all(_PLAIN.fullmatch(paragraph) and paragraph == paragraph.rstrip() for paragraph in paragraphs):
        return Markup("".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs))  # noqa: S704 (no sign of HTML in it)
    return None


def _marked_up(words: str) -> Markup:
    tokens = _MARKDOWN.parse(words)
    _level_headings(tokens)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    cleaned = nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener noreferrer external"
    )
    return Markup(cleaned)  # noqa: S704 (cleaned by the allowlist just above)


def _level_headings(tokens: Sequence[Token]) -> None:
    typed: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            while typed and typed[-1] >= level:
                typed.pop()
            typed.append(level)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(_TOP + len(typed) - 1, _DEEPEST)}"
