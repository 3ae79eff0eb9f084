"""Components are strict: they say what they need, get that and nothing else, and each stands in the gallery."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.template import Engine, RequestContext
from django.test import RequestFactory
from django.urls import reverse

from tadamun.desk.views.gallery import COMMON, PIECES
from tadamun.toolkit.templatetags.components import ComponentMisused, Declared, declared
from tests.architecture.project import SOURCE, shown
from tests.architecture.test_templates import every_template
from tests.architecture.walk import reader
from tests.characters import make_world

# These are printed by the renderer of forms and by the banner's view, which give what they need.
GIVEN_BY_CODE = {"text.html", "field.html", "form.html", "preview_banner.html"}
LOCAL = re.compile(r"\{% for (?P<names>[\w, ]+) in|as (?P<held>\w+) %\}")


def components() -> list[Path]:
    return [path for path in every_template() if declared(path.read_text(encoding="utf-8"))]


def told(path: Path) -> Declared:
    found = declared(path.read_text(encoding="utf-8"))
    assert found
    return found


def printed(source: str) -> set[str]:
    """The variables that a template prints, asks about or walks through, without those that it makes itself."""
    made = {"forloop", "csrf_token"}
    for found in LOCAL.finditer(source):
        made.update(re.findall(r"\w+", next(filter(None, found.groups()))))
    for given in re.findall(r"\{% blocktranslate ([^%]*)%\}", source):
        made.update(re.findall(r"(\w+)=", given))
    asked: set[str] = set()
    for tag in re.findall(r"\{\{ *(\w+)|\{% (?:if|elif|for \w+(?:, \w+)* in) ([^%]*?) %\}", source):
        words = tag[0] or re.sub(r"\"[^\"]*\"|'[^']*'|\|\w+", " ", tag[1])
        asked.update(re.findall(r"(?<![\w.])([a-z_]+)", words))
    return asked - made - {"if", "and", "or", "not", "in", "is", "for"}


def uses(text: str, name: str) -> Iterator[str]:
    """Where a template is taken in without its rules."""
    yield from re.findall(r'\{% include "' + re.escape(name) + r'"[^%]*%\}', text)


@pytest.mark.parametrize("path", components(), ids=lambda path: path.name)
def test_a_component_prints_what_it_declares_and_no_more(path: Path) -> None:
    assert printed(path.read_text(encoding="utf-8")) <= told(path).needs | told(path).may


def test_everything_in_the_folder_of_components_is_one() -> None:
    folder = SOURCE / "toolkit" / "templates" / "components"
    assert [path.name for path in folder.glob("*.html") if path not in components()] == []


@pytest.mark.parametrize("path", every_template(), ids=lambda path: path.name)
def test_components_are_taken_in_with_their_rules(path: Path) -> None:
    names = [
        component.relative_to(next(up for up in component.parents if up.name == "templates"))
        for component in components()
    ]
    text = path.read_text(encoding="utf-8")
    assert [found for name in names for found in uses(text, name.as_posix())] == [], shown(path)


def render(source: str, **given: Any) -> str:
    engine = Engine(dirs=[str(SOURCE / "toolkit" / "templates")], libraries=LIBRARIES, builtins=BUILTINS)
    return engine.from_string(source).render(RequestContext(RequestFactory().get("/"), given))


LIBRARIES = {"i18n": "django.templatetags.i18n"}
BUILTINS = ["tadamun.toolkit.templatetags.components"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('{% component "components/empty.html" %}', "needs what"),
        ('{% component "components/empty.html" what=nowhere %}', "needs what"),
        ('{% component "components/empty.html" what="x" than="y" %}', "does not know than"),
        ('{% component "desk/refused.html" reason="x" %}', "does not say in its first line"),
        ('{% component "components/empty.html" what %}', "not of the form name=value"),
        ("{% component empty %}", "in quotes"),
    ],
)
def test_a_component_that_is_misused_ends_the_page(source: str, said: str) -> None:
    with pytest.raises(ComponentMisused, match=said):
        render(source)


def test_a_component_sees_only_what_it_is_given() -> None:
    assert "leak" not in render('{% component "components/empty.html" what="x" %}', then="leak")
    assert "<p>y</p>" in render('{% component "components/empty.html" what="x" then=then %}', then="y")


def test_what_a_component_prints_without_saying_so_is_seen() -> None:
    source = '{% for one in rows %}{{ one.name }}{% if other.kind == "x" and not third %}{{ fourth|title }}{% endif %}'
    assert printed(source) == {"rows", "other", "third", "fourth"}


def gallery(world_page: str = "") -> HttpResponse:
    return reader(make_world(), "en").get(reverse("gallery") + world_page)  # type: ignore[return-value]  # a test's


@pytest.mark.django_db
def test_each_component_stands_in_the_gallery_in_every_language() -> None:
    templates = SOURCE / "desk" / "templates" / "desk" / "gallery"
    pieces = {path.stem: path.read_text(encoding="utf-8") for path in templates.glob("*.html")}
    assert pieces.keys() == PIECES.keys()
    shown_there = " ".join(pieces.values())
    parts_of_others = {"panels.html"}
    absent = {path.name for path in components()} - GIVEN_BY_CODE - parts_of_others
    assert {name for name in absent if f'/{name}"' not in shown_there} == set()
    page = gallery().content.decode()
    for titles in COMMON["titles"].values():
        assert titles in page
    assert page.count('class="look"') == len(PIECES) * len(settings.LANGUAGES)


@pytest.mark.django_db
def test_the_gallery_by_night_has_the_colours_of_the_dark() -> None:
    desk = (SOURCE / "toolkit" / "static" / "desk" / "desk.css").read_text(encoding="utf-8")
    night = (SOURCE / "desk" / "static" / "desk" / "gallery.css").read_text(encoding="utf-8")
    dark = re.search(r"prefers-color-scheme: dark\) \{\s*:root \{([^}]*)\}", desk)
    assert dark
    assert dark[1].strip() in night
    assert 'class="pieces night"' in gallery("?night").content.decode()
