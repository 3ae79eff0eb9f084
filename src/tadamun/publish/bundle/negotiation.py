"""What a browser asked for (RFC 9110): content coding §12.5.3, language §12.5.4, the edition it holds §13.1.2."""

from collections.abc import Iterator, Sequence

CODINGS = ("br", "gzip", "identity")
LONGEST_HEADER = 2000


def _weighted(header: str) -> Iterator[tuple[str, float]]:
    for item in header[:LONGEST_HEADER].lower().split(","):
        name, *parameters = item.split(";")
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    weight = float(value)
                except ValueError:
                    weight = 0.0
        if name.strip():
            yield name.strip(), weight if 0 <= weight <= 1 else 0.0


def codings_wanted(header: str) -> tuple[str, ...]:
    """Return the codings to try in order, best first; ``identity`` is always among them.

    Unlike a strict reading, a reader who refuses ``identity`` gets it all the same if there is nothing else.
    """
    weights = dict(_weighted(header))
    rest = weights.get("*", 0.0)
    asked = {coding: weights.get(coding, rest) for coding in ("br", "gzip")}
    identity = weights.get("identity", min([0.001, *(weight for weight in asked.values() if weight)]))
    wanted = [coding for coding in ("br", "gzip") if asked[coding] and asked[coding] >= identity]
    wanted.sort(key=lambda coding: -asked[coding])
    later = [coding for coding in ("br", "gzip") if asked[coding] and coding not in wanted]
    return (*wanted, "identity", *later)


def language_wanted(header: str, languages: Sequence[str]) -> str:
    """Return the language of the site that the reader prefers, or nothing.

    ``ku`` alone says "Kurdish" and means Sorani (``ckb``) on a site that has no ``ku`` of its own.
    """
    best, best_weight = "", 0.0
    for tag, weight in _weighted(header):
        primary = tag.partition("-")[0]
        if primary == "ku" and "ku" not in languages:
            primary = "ckb"
        if primary in languages and weight > best_weight:
            best, best_weight = primary, weight
    return best


def is_held(header: str, etag: str) -> bool:
    """Say whether ``If-None-Match`` names this entity tag, by the weak comparison."""
    if header.strip() == "*":
        return True
    return any(tag.strip().removeprefix("W/") == etag for tag in header[:LONGEST_HEADER].split(","))
