"""An activity with something of each kind of row, and Layla and Rana, who both work on it in their own browsers."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from tadamun.organise.people.models import Admission
from tadamun.organise.programme.models import Activity, Figure, FigurePart, Outcome, Person, Place, Promise, Sitting
from tadamun.organise.programme.services import states
from tadamun.organise.programme.services.states import Why
from tadamun.organise.safety.services.audit import Actor
from tests.browser.serving import served
from tests.characters import Character, World, make_world
from tests.organise.people_desk.houses import make_activity

NOW = datetime(2099, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


@pytest.fixture
def activity(world: World) -> Activity:
    """A training that was moved to another day, with a note."""
    made = make_activity(world)
    module = {"title": {"en": "Speaking in public", "ar": "التحدث أمام الناس"}, "at": "10:30:00"}
    summary = {"en": "For women candidates", "ar": "للمرشّحات"}
    details = {"seats": 22, "modules": [module], "languages": ["ar"]}
    Activity.objects.filter(pk=made.pk).update(kind="training", summary=summary, details=details)
    place = Place.objects.create(slug="hall", kind="venue", names={"en": "The hall", "ar": "القاعة"})
    Sitting.objects.update(place=place, start_time=time(10), tell_place="never")
    own: dict[str, Any] = {"week": made.week, "activity": made, "position": 0}
    figure = Figure.objects.create(**own, counted="attended", quantity=22, method="counted")
    FigurePart.objects.create(figure=figure, position=0, dimension="sex", group="women", quantity=22)
    Outcome.objects.create(**own, kind="recommendation", text={"en": "More halls", "ar": "قاعات أكثر"})
    Promise.objects.create(**own, slug="again", text={"en": "Again in Nasiriya", "ar": "مجددًا في الناصرية"})
    Person.objects.create(**own, role="trainer", naming="first_name", name={"en": "Huda", "ar": "هدى"})
    Admission.objects.create(activity=made, capacity=22)
    made.refresh_from_db()
    why = Why(note="The hall is being painted", reason={"en": "The hall is closed", "ar": "القاعة مغلقة"})
    states.postpone(actor=Actor("Rana", 2), activity=made, start=date(2099, 3, 5), why=why, now=NOW)
    return made


@pytest.fixture
def server(activity: Activity) -> Iterator[str]:
    """Where the desk is served, style sheets included: by the product itself, not by a helper of the test runner."""
    with served() as address:
        yield address


@pytest.fixture
def desk(browser: Browser, server: str, world: World) -> Iterator[Callable[..., Page]]:
    """Opens a page as somebody, in a browser of her own, without script."""
    contexts = []

    def open_page(
        address: str, *, who: Character = Character.EDITOR, code: str = "en", width: int = 360, **options: Any
    ) -> Page:
        session = world.client(who).cookies[settings.SESSION_COOKIE_NAME].value
        options.setdefault("java_script_enabled", False)
        context = browser.new_context(viewport={"width": width, "height": 740}, **options)
        contexts.append(context)
        cookies = {settings.SESSION_COOKIE_NAME: session, settings.LANGUAGE_COOKIE_NAME: code}
        context.add_cookies([{"name": name, "value": value, "url": server} for name, value in cookies.items()])
        page = context.new_page()
        page.goto(server + address)
        return page

    yield open_page
    for context in contexts:
        context.close()
