"""Sets a page: templates, words of the language, the frame that all pages share.

One ``Typesetter`` for each language of a site. Whatever is the same on all its pages (the beginning with the
style sheet, masthead, footer) is set once and put in as it is.
"""

from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from tadamun.publish.site import catalogue, pictures
from tadamun.publish.site.calendar import Calendar
from tadamun.publish.site.phrases import Phrases
from tadamun.publish.site.styles import style_sheet
from tadamun.publish.site.templating import environment
from tadamun.publish.site.voice import Voice
from tadamun.record.structs import PhotoRecord, SiteRecord
from tadamun.toolkit.languages.registry import Language, language


class Feed(NamedTuple):
    """A file beside a page: its media type, address and title."""

    type: str
    href: str
    title: Markup


class Typesetter:
    """Sets the pages of a site in one language."""

    def __init__(self, *, site: SiteRecord, code: str, locale_folder: Path) -> None:
        self.site = site
        self.language: Language = language(code)
        words = catalogue.load(code, locale_folder)
        self.words_digest = words.digest
        self.voice = Voice(spoken_in=self.language, fallbacks=site.languages, translations=words.translations)
        self.calendar = Calendar(self.language)
        self.phrases = Phrases(self.voice, self.calendar)
        self._templates = environment(voice=self.voice, filters=self._filters(), constants=self._constants())
        self._mastheads: dict[str, Markup] = {}
        self._beginning = b""
        self._footer: Markup | None = None

    def set_page(
        self,
        template: str,
        *,
        path: str | None,
        title: str,
        description: str = "",
        section: str = "",
        photo: PhotoRecord | None = None,
        feeds: Sequence[Feed] = (),
        **page: object,
    ) -> bytes:
        """Set a page in the frame of the site. ``path`` is its place below the language; None when it has none."""
        if self._footer is None:
            self._beginning = self._templates.get_template("beginning.html").render().encode()
            self._footer = self._fragment("footer.html", "")
        if section not in self._mastheads:
            self._mastheads[section] = self._fragment("masthead.html", section)
        html = self._templates.get_template(template).render(
            path=path,
            title=title,
            description=description,
            photo=photo,
            feeds=feeds,
            masthead=self._mastheads[section],
            footer=self._footer,
            **page,
        )
        return self._beginning + html.encode()

    def set_bare(self, template: str, *, title: str) -> bytes:
        """Set a page without the frame: it speaks all languages at once."""
        site = self.site
        offered = [language(code) for code in site.languages]
        names = [(other, site.name[other.code]) for other in offered if site.name.get(other.code)]
        return (
            self._templates.get_template(template).render(title=title, names=names or [(self.language, title)]).encode()
        )

    def _fragment(self, template: str, section: str) -> Markup:
        set_part = self._templates.get_template(template).render(section=section)
        return Markup(set_part.strip())  # noqa: S704 (a template of ours, escaped as it was set)

    def _constants(self) -> dict[str, object]:
        calendar = self.calendar
        return {
            "site": self.site,
            "languages": tuple(language(code) for code in self.site.languages),
            "lang": self.language.code,
            "direction": self.language.direction,
            "base": self.site.base_url.rstrip("/"),
            "style": Markup(style_sheet()),  # noqa: S704 (our own style sheet)
            "icon": icon_path(),
            "lattice": LATTICE,
            "star": STAR,
            "states": self.phrases.states,
            "weekdays": calendar.weekdays,
            "weekday_signs": calendar.weekday_signs,
        }

    def _filters(self) -> dict[str, Callable[..., object]]:
        voice, phrases, calendar = self.voice, self.phrases, self.calendar
        return {
            "words": voice.words,
            "say": voice.say,
            "name": voice.name,
            "told": voice.told,
            "note": voice.note,
            "tongue": voice.tongue,
            "prose": voice.prose,
            "when": phrases.when,
            "hours": phrases.hours,
            "within_span": phrases.within_span,
            "place": phrases.place,
            "exact_place": phrases.exact_place,
            "postponement": phrases.postponement,
            "outside": phrases.outside,
            "organisation": phrases.organisation,
            "link": phrases.link,
            "value": phrases.value,
            "day": calendar.day,
            "span": calendar.span,
            "number": calendar.number,
            "sources": pictures.sources,
            "middling": pictures.middling,
        }


@cache
def icon() -> bytes:
    """Draw the mark of the site: an eight-pointed star on glazed blue."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><path fill="#0b2c55" d="M0 0h48v48H0z"/>'
        f'<path fill="#eeb23a" d="{STAR}"/></svg>'
    ).encode()


@cache
def icon_path() -> str:
    """Where the mark lies, named by its content."""
    return f"assets/star-{sha256(icon()).hexdigest()[:16]}.svg"


# An eight-pointed star (two squares, one turned) in a box of 48 × 48.
STAR = "M24 2l6.44 6.44h9.12v9.12L46 24l-6.44 6.44v9.12h-9.12L24 46l-6.44-6.44H8.44v-9.12L2 24l6.44-6.44V8.44h9.12z"

# Stars that touch at their tips leave crosses between them: the oldest of the tilers' lattices.
LATTICE = "M24 0l7 7h10v10l7 7-7 7v10H31l-7 7-7-7H7V31l-7-7 7-7V7h10z"
