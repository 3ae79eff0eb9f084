"""Parts joined into bytes so that two different lists of parts never give the same bytes."""


def framed(*parts: bytes) -> bytes:
    """Each part behind its length (four bytes, most significant first)."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def framed_text(*parts: str) -> bytes:
    """The same for text in UTF-8.

    :raises ValueError: when a part holds half a surrogate pair, which UTF-8 cannot write.
    """
    return framed(*(part.encode() for part in parts))
