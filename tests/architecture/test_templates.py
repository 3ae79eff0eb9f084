"""Templates follow the staircase too, and bring nothing along that the pages' security policy forbids."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.project import SOURCE, app_of, shown
from tests.architecture.staircase import may_use

# Django's and Jinja's ways to use another template by its name.
USES = re.compile(r"""\{%-?\s*(?:include|extends|import|from|component)\s+["'](?P<name>[^"']+)["']""")
URL = re.compile(r"""\{%-?\s*url\s+["'](?P<name>[^"']+)["']""")
FORBIDDEN = {
    "an inline style": re.compile(r"""<[^>]*\sstyle\s*=""", re.IGNORECASE),
    "an inline handler": re.compile(r"""<[^>]*\son[a-z]+\s*=\s*["']""", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "an address of another site": re.compile(r"""(?:src|action)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE),
    "unchecked markup": re.compile(r"\|\s*safe\b|autoescape\s+(?:off|false)", re.IGNORECASE),
}
# Where markup comes that was made safe by us just before, each place with its reason.
TRUSTED_MARKUP: Mapping[str, str] = {}


def templates() -> dict[str, list[Path]]:
    """All templates by the name that others use for them."""
    found: dict[str, list[Path]] = {}
    for path in SOURCE.rglob("*.html"):
        if "templates" in path.parts:
            folder = SOURCE.joinpath(
                *path.relative_to(SOURCE).parts[: path.relative_to(SOURCE).parts.index("templates") + 1]
            )
            found.setdefault(path.relative_to(folder).as_posix(), []).append(path)
    return found


def url_steps() -> dict[str, str]:
    """Namespaced URL names, each with the step of the view that answers."""

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
                yield from walk(pattern.url_patterns, inner)
            elif pattern.name and pattern.callback.__module__.startswith("tadamun."):
                parts = pattern.callback.__module__.split(".")
                yield prefix + pattern.name, ".".join(parts[1:3]) if parts[1] == "organise" else parts[1]

    return dict(walk(get_resolver().url_patterns, ""))


def upward_uses(path: Path, text: str, urls: Mapping[str, str]) -> Iterator[str]:
    """What a template takes from a higher step, or from nowhere."""
    user, known = app_of(path), templates()
    for name in (found["name"] for found in USES.finditer(text)):
        if not known.get(name):
            yield f"{shown(path)}: there is no template {name}"
        elif not any(may_use(user, app_of(other)) for other in known[name]):
            yield f"{shown(path)}: {user} may not use {name}"
    for name in (found["name"] for found in URL.finditer(text)):
        if name not in urls:
            yield f"{shown(path)}: there is no address {name}"
        elif ":" in name and not may_use(user, urls[name]):  # nouns without an app are everybody's
            yield f"{shown(path)}: {user} may not link to {name}"


def forbidden_markup(text: str) -> list[str]:
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]


def every_template() -> list[Path]:
    return [path for paths in templates().values() for path in paths]


def test_templates_use_what_stands_below_them() -> None:
    urls = url_steps()
    assert [use for path in every_template() for use in upward_uses(path, path.read_text(encoding="utf-8"), urls)] == []


def test_a_template_that_reaches_up_is_seen() -> None:
    low = SOURCE / "toolkit" / "templates" / "toolkit" / "card.html"
    above = next(name for name, paths in templates().items() if app_of(paths[0]) == "publish")
    text = '{% include "' + above + '" %}{% from "none.html" import x %}{% url "desk:week" %}{% url "desk:none" %}'
    assert list(upward_uses(low, text, {"desk:week": "desk"})) == [
        f"{shown(low)}: toolkit may not use {above}",
        f"{shown(low)}: there is no template none.html",
        f"{shown(low)}: toolkit may not link to desk:week",
        f"{shown(low)}: there is no address desk:none",
    ]


def test_templates_keep_to_the_security_policy() -> None:
    offences = {shown(path): forbidden_markup(path.read_text(encoding="utf-8")) for path in every_template()}
    assert {path: found for path, found in offences.items() if found and path not in TRUSTED_MARKUP} == {}


def test_forbidden_markup_is_seen() -> None:
    spoilt = (
        '<p style="color: red" onclick="go()">{{ words | safe }}</p>'
        '<script>go()</script><form action="//elsewhere.example">'
    )
    assert forbidden_markup(spoilt) == list(FORBIDDEN)
    assert forbidden_markup('<script src="/assets/field.js" type="module"></script><p class="style">on = "x"</p>') == []
