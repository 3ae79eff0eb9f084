"""The templates of one language: compiled once a process, with the language's phrases as filters.

A site is thousands of pages, so what a template does most is made short: reading an attribute, escaping a
word, printing what is escaped already, calling a component. A name that a page was not given, or an
attribute that a record does not have, stops the page with an error.
"""

import builtins
from collections.abc import Callable, Mapping, MutableMapping
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup, escape

from tadamun.publish.site.voice import Voice

_FOLDER = Path(__file__).parent / "templates"


def environment(
    *, voice: Voice, filters: Mapping[str, Callable[..., object]], constants: Mapping[str, object]
) -> Environment:
    """Make the environment of a language. ``constants`` are known to all templates, components included."""
    made = _StrictEnvironment(
        loader=_loader(),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_memory(),
    )
    made.newstyle_gettext = True  # type: ignore[attr-defined]  # an attribute that the extension brings
    made.filters.update(filters)
    made.globals.update(constants, gettext=voice.gettext, ngettext=voice.ngettext)
    return made


class _QuickTemplate(Template):
    """A compiled template that escapes without ceremony: marked words as they are, plain words escaped."""

    @classmethod
    def from_code(cls, environment: Environment, code: CodeType, *more: Any, **named: Any) -> Template:
        template = super().from_code(environment, code, *more, **named)
        template.root_render_func.__globals__["escape"] = _escaped
        return template


class _QuickContext(Context):
    """Calls what a template calls as it is: nothing of ours asks for the context beside its arguments."""

    @staticmethod
    def call(called: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
        if named:
            named.pop("_loop_vars", None)
            named.pop("_block_vars", None)
        return called(*given, **named)


class _StrictEnvironment(Environment):
    """Reads attributes as Python does, so that a missing one is an error where it happens."""

    template_class = _QuickTemplate
    context_class = _QuickContext

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give every template the constants themselves: none of ours has any of its own."""
        return self.globals if d is None else super().make_globals(d)

    getattr = staticmethod(builtins.getattr)  # type: ignore[assignment]  # same parameters, no detour


class _Memory(BytecodeCache):
    """Keeps compiled templates for the other languages, and for the next site that is set in this process."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._codes[bucket.key, bucket.checksum] = bucket.code


@cache
def _memory() -> _Memory:
    return _Memory()


@cache
def _loader() -> BaseLoader:
    return FileSystemLoader(_FOLDER)


def _escaped(value: object) -> str:
    kind = type(value)
    if kind is str:
        return _escaped_word(value)
    return value if kind is Markup else escape(value)  # type: ignore[return-value]  # Markup is a str


@lru_cache(maxsize=8192)
def _escaped_word(word: object) -> str:
    return str(escape(word))
