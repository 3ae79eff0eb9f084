"""Content lines of iCalendar (RFC 5545 §3.1): escaping of texts and folding by octets."""

import re

from tadamun.toolkit.languages.text import Spoken

_LONGEST = 75
_SPECIAL = re.compile(r"[\\;,\n]")
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


def folded(line: str) -> bytes:
    """Encode a line and fold it so that no piece has more than 75 octets and no character is cut in two."""
    raw = line.encode()
    if len(raw) <= _LONGEST:
        return raw
    pieces = []
    start, room = 0, _LONGEST
    while len(raw) - start > room:
        cut = start + room
        while raw[cut] & 0xC0 == 0x80:
            cut -= 1
        pieces.append(raw[start:cut])
        start, room = cut, _LONGEST - 1
    pieces.append(raw[start:])
    return b"\r\n ".join(pieces)


def escaped(words: str) -> str:
    """Escape a TEXT value. The words are clean already (``wording.plain``): their only control is the line end."""
    return _SPECIAL.sub(lambda sign: _ESCAPED[sign[0]], words)


def text_line(name: str, words: Spoken) -> str:
    """Write a property with a text and the language that it is in."""
    return f"{name};LANGUAGE={words.language}:{escaped(words.words)}"


def joined(lines: list[str]) -> bytes:
    """Fold lines and end each with CR LF."""
    return b"\r\n".join([*map(folded, lines), b""])
