"""How a page speaks one language: which wording it takes, how it marks what is in another language.

Whatever comes out of a ``Voice`` is either plain text (for attributes and titles) or ``Markup`` whose
variable parts are escaped. A wording in another language than the page carries its own ``lang`` and
``dir``, so that it is read aloud, hyphenated and set rightly; ``told`` and ``prose`` add a discreet note.
"""

from collections.abc import Sequence
from functools import lru_cache
from gettext import NullTranslations

from markupsafe import Markup, escape

from tadamun.toolkit import prose
from tadamun.toolkit.languages.registry import Language, UnknownLanguage, language
from tadamun.toolkit.languages.text import Text, spoken

_NOTHING = Markup("")


class Voice:
    """One language of the site with its words, and the languages to fall back to."""

    def __init__(self, *, spoken_in: Language, fallbacks: Sequence[str], translations: NullTranslations) -> None:
        self.language = spoken_in
        self.code = spoken_in.code
        self.comma = "، " if spoken_in.right_to_left else ", "
        self._fallbacks = tuple(code for code in fallbacks if code != self.code)
        self._translations = translations
        self._sentences: dict[str, Markup] = {}

    def gettext(self, message: str, **values: object) -> Markup:
        """Translate a sentence of the interface; ``%(name)s`` in it takes the escaped value."""
        sentence = self._sentences.get(message)
        if sentence is None:
            sentence = self._sentences[message] = escape(self._translations.gettext(message))
        return sentence % values if values else sentence

    def ngettext(self, one: str, many: str, number: int, **values: object) -> Markup:
        """Translate a sentence whose form depends on a number, by the plural rules of the language."""
        values.setdefault("num", number)
        return escape(self._translations.ngettext(one, many, number)) % values

    def words(self, text: Text | None) -> str:
        """Choose a wording as plain text, for a title or an attribute."""
        return self._spoken(text)[0]

    def say(self, text: Text | None) -> Markup:
        """Choose a wording; one in another language is marked as such."""
        words, code = self._spoken(text)
        if code == self.code:
            return _marked(words)
        return Markup('<span lang="%s" dir="%s">%s</span>') % (code, direction(code), words)

    def name(self, text: Text | None) -> Markup:
        """Choose a name, isolated from the direction of the words around it."""
        words, code = self._spoken(text)
        if not words:
            return _NOTHING
        if code == self.code:
            return _isolated(words)
        return Markup('<bdi lang="%s">%s</bdi>') % (code, words)

    def told(self, text: Text | None) -> Markup:
        """Choose a wording for a sentence or more; say so when it is in another language."""
        said = self.say(text)
        return said if text and self.code in text else said + self.note(text)

    def prose(self, text: Text | None) -> Markup:
        """Render a Markdown text as a block; say so when it is in another language."""
        words, code = self._spoken(text)
        if not words:
            return _NOTHING
        body = prose.rendered(words)
        if code == self.code:
            return Markup('<div class="prose">%s</div>') % body
        marked = Markup('<div class="prose" lang="%s" dir="%s">%s</div>') % (code, direction(code), body)
        return marked + Markup("<p>%s</p>") % self.note(text)

    def tongue(self, text: Text | None) -> Markup:
        """Write the attributes for an element whose attribute words are in another language than the page."""
        words, code = self._spoken(text)
        if not words or code == self.code:
            return _NOTHING
        return Markup(' lang="%s" dir="%s"') % (code, direction(code))

    def note(self, text: Text | None) -> Markup:
        """Say which language a wording is in, when it is not the page's; else nothing."""
        words, code = self._spoken(text)
        if not words or code == self.code:
            return _NOTHING
        sentence = self.gettext("in %(language)s", language=self._language_name(code))
        return Markup(' <small class="in">(%s)</small>') % sentence

    def _spoken(self, text: Text | None) -> tuple[str, str]:
        words = text.get(self.code) if text else ""
        return (words, self.code) if words else spoken(text, self.code, self._fallbacks)

    def _language_name(self, code: str) -> str:
        try:
            locale = language(code).locale
        except UnknownLanguage:
            return code
        return self.language.locale.languages.get(locale.language) or code


@lru_cache(maxsize=16384)
def _marked(words: str) -> Markup:
    return escape(words)


@lru_cache(maxsize=16384)
def _isolated(words: str) -> Markup:
    return Markup("<bdi>%s</bdi>") % words


@lru_cache(maxsize=64)
def direction(code: str) -> str:
    """Which way lines of a language run; ``auto`` for a language without locale data."""
    try:
        return language(code).direction
    except UnknownLanguage:
        return "auto"
