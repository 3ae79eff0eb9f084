"""Pages that need no week: which language, what this site is, what is not here."""

from tadamun.publish.site.typesetting import Typesetter


def chooser_page(typesetter: Typesetter) -> bytes:
    """Set the very first page, where a reader picks a language. It has no masthead and no footer."""
    return typesetter.set_bare("chooser.html", title=typesetter.voice.words(typesetter.site.name))


def about_page(typesetter: Typesetter) -> bytes:
    """Set the page that says what the site is, what it keeps (nothing) and how to check and copy it."""
    return typesetter.set_page(
        "about.html", path="about/", section="about", title=_titled(typesetter, "About this site")
    )


def missing_page(typesetter: Typesetter) -> bytes:
    """Set the page for an address that has none."""
    return typesetter.set_page("missing.html", path=None, title=_titled(typesetter, "This page is not here"))


def _titled(typesetter: Typesetter, title: str) -> str:
    site = typesetter.site
    return f"{typesetter.voice.gettext(title).unescape()} · {typesetter.voice.words(site.short_name or site.name)}"
