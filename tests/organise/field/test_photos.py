"""Photos from phones: in pieces, in any repetition, after their entry alone, rebuilt, and shown to nobody unseen."""

import hashlib
import hmac
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image

from tadamun.organise.archive.models import Photo
from tadamun.organise.archive.vocabulary import ConsentState
from tadamun.organise.field.models import Device, Entry, PhotoPiece, SentPhoto
from tadamun.organise.field.rules import photos as rules
from tadamun.organise.field.rules import wire
from tadamun.organise.field.services import kits
from tadamun.organise.field.services import photos as services
from tadamun.organise.programme.models import Activity, Change
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.builders.week import build_week
from tadamun.toolkit import clock
from tests.characters import Character, World, make_world
from tests.organise.field.phones import HAWRE, Phone, enrolled
from tests.organise.people_desk.houses import make_activity

pytestmark = pytest.mark.django_db
CAMERA = b"Planted Camera 77"
PIECE = 700


def jpeg(colour: str = "teal", size: tuple[int, int] = (60, 40)) -> bytes:
    image, exif, out = Image.new("RGB", size, colour), Image.Exif(), io.BytesIO()
    exif[0x0110] = CAMERA.decode()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def announces(phone: Phone, data: bytes, **said: Any) -> list[Any]:
    """The phone writes that it took a photo."""
    body = {"id": "p", "consent": "nobody_shown", "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    return phone.writes("photo", body | said)


def brings(phone: Phone, data: bytes, start: int = 0, *, of: bytes | None = None, key: bytes | None = None) -> Any:
    """The phone posts bytes of the photo ``of`` (all of it unless said), from ``start`` on."""
    name, moment = hashlib.sha256(data if of is None else of).hexdigest(), clock.milliseconds()
    message = f"tadamun photo 1\n{moment}\n{name}\n{start}\n{hashlib.sha256(data).hexdigest()}".encode()
    mac = wire.encode(hmac.new(key or phone.key, message, hashlib.sha256).digest())
    return Client().post(
        f"/field/photo?sha256={name}&from={start}",
        data,
        content_type="application/octet-stream",
        headers={"Authorization": f"Kit {phone.device}:{moment}:{mac}"},
    )


def brings_all(phone: Phone, data: bytes) -> None:
    """In pieces, as a phone does it: the answers say where to go on."""
    start = 0
    for _ in range(len(data) // PIECE + 3):
        answer = brings(phone, data[start : start + PIECE], start, of=data)
        assert answer.status_code == 200, answer.content
        told = json.loads(answer.content)
        if told["whole"]:
            return
        start = told["next"]
    raise AssertionError("it never became whole")


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def activity(world: World) -> Activity:
    return make_activity(world)


@pytest.fixture
def phone(activity: Activity) -> Phone:
    return enrolled(activity)


def shown(activity: Activity, audience: Audience = Audience.PUBLIC) -> int:
    record = build_week(week=activity.week, audience=audience, now=clock.now(), languages=("en",), small_cell=10)
    return len(record.photos)


def test_a_photo_comes_in_pieces_rebuilt_and_waits_for_a_look(phone: Phone, activity: Activity) -> None:
    data = jpeg()
    assert CAMERA in data
    announces(phone, data, words="  The  start\n", language="en")
    phone.sends()
    brings_all(phone, data)
    photo = Photo.objects.get()
    assert (photo.activity, photo.consent, photo.looked_at) == (activity, ConsentState.NOBODY_SHOWN, False)
    assert photo.caption == {"en": "The start"}
    kept = (settings.HOME / "archive" / photo.sha256).read_bytes()
    assert (photo.width, photo.height) == (60, 40)
    assert CAMERA not in kept
    assert b"JFIF" not in kept
    assert not PhotoPiece.objects.exists()
    assert str(phone.device) not in photo.file


def test_nobody_sees_it_before_a_member_has_looked(phone: Phone, activity: Activity, world: World) -> None:
    announces(phone, jpeg())
    phone.sends()
    brings_all(phone, jpeg())
    photo = Photo.objects.get()
    assert [shown(activity, audience) for audience in Audience] == [0] * len(Audience)
    client = world.client(Character.EDITOR)
    address = reverse("activity_photo", kwargs={"uid": activity.uid, "photo": photo.pk})
    seen = client.get(address).context["form"].initial["seen"]
    sent = {"caption-en": "A run", "consent": photo.consent, "consent_audiences": ["public"], "seen": seen}
    client.post(address, sent)
    assert shown(activity) == 0, "its words may be written before"
    seen = client.get(address).context["form"].initial["seen"]
    client.post(address, sent | {"seen": seen, "looked_at": "on"})
    assert shown(activity) == 1


@pytest.mark.parametrize(
    ("said", "consent", "audiences"),
    [
        ({"consent": "given"}, ConsentState.GIVEN, {"public", "coalition"}),
        ({"consent": "inside"}, ConsentState.GIVEN, {"coalition"}),
        ({"consent": "not_asked"}, ConsentState.NOT_ASKED, {"public"}),
        ({"consent": "withdrawn"}, ConsentState.NOT_ASKED, {"public"}),
        ({"consent": ["given"]}, ConsentState.NOT_ASKED, {"public"}),
        ({"consent": "given", "no_photo": True}, ConsentState.NOT_ASKED, {"public"}),
    ],
)
def test_what_is_said_of_consent_is_never_more_than_was_agreed(
    said: dict[str, Any], consent: ConsentState, audiences: set[str]
) -> None:
    read = rules.read({"size": 9, **said}, languages=frozenset({"en"}))
    assert read is not None
    assert read.consent == consent
    assert audiences <= set(read.audiences)
    assert len(audiences) > 1 or audiences == {"public"} or set(read.audiences) == audiences


def test_who_wants_no_photo_is_marked_and_no_form_lets_it_out(phone: Phone, activity: Activity, world: World) -> None:
    announces(phone, jpeg(), no_photo=True, child=True)
    phone.sends()
    brings_all(phone, jpeg())
    photo, client = Photo.objects.get(), world.client(Character.EDITOR)
    assert photo.care == ["child", "no_photo"]
    address = reverse("activity_photo", kwargs={"uid": activity.uid, "photo": photo.pk})
    page = client.get(address)
    assert "wants no photo" in page.content.decode()
    sent = {"consent": "given", "consent_audiences": ["public"], "looked_at": "on", "care": ["no_photo"]}
    sent["seen"] = page.context["form"].initial["seen"]
    assert client.post(address, sent).status_code == 400
    photo.refresh_from_db()
    assert photo.looked_at is False
    assert client.post(address, sent | {"care": []}).status_code == 302, "once nobody of them can be recognised"


def test_what_comes_again_or_from_the_middle_is_stored_once(phone: Phone) -> None:
    data = jpeg(size=(200, 200))
    announces(phone, data)
    phone.sends()
    assert json.loads(brings(phone, data[100:200], 100, of=data).content) == {"next": 0, "whole": False}
    for _ in range(2):
        assert json.loads(brings(phone, data[:100], 0, of=data).content)["next"] == 100
    assert json.loads(brings(phone, data[300:400], 300, of=data).content)["next"] == 100
    brings_all(phone, data)
    for start in (0, 100):
        assert json.loads(brings(phone, data[start:], start, of=data).content)["whole"] is True
    assert (Photo.objects.count(), SentPhoto.objects.count(), PhotoPiece.objects.count()) == (1, 1, 0)


def test_a_server_that_died_before_the_last_step_finishes_with_an_empty_piece(phone: Phone) -> None:
    data = jpeg()
    announces(phone, data)
    phone.sends()
    entry = Entry.objects.get()
    sent = SentPhoto.objects.create(entry=entry, held=len(data), begun_at=clock.now())
    PhotoPiece.objects.create(of=sent, start=0, data=data)
    assert json.loads(brings(phone, b"", len(data), of=data).content)["whole"] is True
    assert Photo.objects.count() == 1


def test_no_bytes_are_taken_without_an_entry_of_the_same_kit(phone: Phone, activity: Activity) -> None:
    data, other = jpeg(), enrolled(activity, label="door 2")
    assert brings(phone, data).status_code == 409
    announces(other, data)
    other.sends()
    assert brings(phone, data).status_code == 409
    assert brings(other, data).status_code == 200


def test_a_photo_that_was_destroyed_does_not_come_back(phone: Phone, activity: Activity, world: World) -> None:
    data = jpeg()
    announces(phone, data)
    phone.sends()
    brings_all(phone, data)
    photo = Photo.objects.get()
    address = reverse("activity_photo_destroy", kwargs={"uid": activity.uid, "photo": photo.pk})
    assert world.client(Character.EDITOR).post(address).status_code == 302
    assert json.loads(brings(phone, data).content)["whole"] is True
    assert not Photo.objects.exists()


def test_what_its_phone_took_back_is_refused_and_its_pieces_go(phone: Phone) -> None:
    data = jpeg()
    entry = announces(phone, data)
    phone.sends()
    brings(phone, data[:100], 0, of=data)
    assert PhotoPiece.objects.count() == 1
    phone.writes("undo", {"of": entry[1]})
    phone.sends()
    assert not PhotoPiece.objects.exists()
    assert brings(phone, data[100:], 100, of=data).status_code == 410
    assert not Photo.objects.exists()


def test_taken_back_after_it_came_it_loses_its_consent(phone: Phone) -> None:
    entry = announces(phone, jpeg(), consent="given")
    phone.sends()
    brings_all(phone, jpeg())
    Photo.objects.update(looked_at=True)
    phone.writes("undo", {"of": entry[1]})
    for _ in range(2):
        phone.sends()
    assert Photo.objects.get().consent == ConsentState.WITHDRAWN
    assert Change.objects.filter(thing="archive.photo").count() == 1


def test_a_revoked_kit_brings_no_photo_and_a_forger_none(phone: Phone) -> None:
    data = jpeg()
    announces(phone, data)
    phone.sends()
    assert brings(phone, data, key=b"x" * 32).status_code == 401
    assert Client().post("/field/photo?sha256=x&from=0", b"x", content_type="text/plain").status_code == 401
    kits.revoke_kit(actor=HAWRE, device=phone.row, now=clock.now())
    answer = brings(phone, data)
    assert (answer.status_code, json.loads(answer.content)["erase"]) == (401, True)
    assert not SentPhoto.objects.exists()


def test_a_kit_that_has_ended_still_brings_what_it_has(phone: Phone) -> None:
    announces(phone, jpeg())
    phone.sends()
    Device.objects.update(ends_at=clock.now() - timedelta(hours=1))
    brings_all(phone, jpeg())
    assert Photo.objects.count() == 1


@pytest.mark.parametrize("data", [b"<svg onload=alert(1)>", b"%PDF-1.4 x", b"MZ program", jpeg()[:200]])
def test_what_is_no_picture_is_refused_for_good_and_not_kept(phone: Phone, data: bytes) -> None:
    announces(phone, data)
    phone.sends()
    for _ in range(2):
        assert brings(phone, data).status_code == 422
    assert not Photo.objects.exists()
    assert not PhotoPiece.objects.exists()
    assert list((settings.HOME / "archive").iterdir()) == []


def test_bytes_that_differ_from_their_hash_or_size_are_refused(phone: Phone) -> None:
    first, second = jpeg("red"), jpeg("blue")
    announces(phone, first)
    announces(phone, second, size=10)
    announces(phone, b"large", size=rules.LARGEST + 1)
    phone.sends()
    assert brings(phone, b"x" * len(first), of=first).status_code == 422
    assert brings(phone, second).status_code == 422
    assert brings(phone, b"large").status_code == 422
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    "query", ["", "sha256=zz&from=0", f"sha256={'a' * 64}&from=-1", f"sha256={'a' * 64}&from=٣", "from=1"]
)
def test_an_address_that_says_nothing_is_refused(phone: Phone, query: str) -> None:
    parts = dict(part.split("=") for part in query.split("&") if part)
    moment = clock.milliseconds()
    said = f"{parts.get('sha256', '')}\n{parts.get('from', '')}\n{hashlib.sha256(b'x').hexdigest()}"
    mac = wire.encode(hmac.new(phone.key, f"tadamun photo 1\n{moment}\n{said}".encode(), hashlib.sha256).digest())
    headers = {"Authorization": f"Kit {phone.device}:{moment}:{mac}"}
    answer = Client().post(f"/field/photo?{query}", b"x", content_type="text/plain", headers=headers)
    assert answer.status_code == 400
    large = Client().post(f"/field/photo?{query}", b"x" * 70_000, content_type="text/plain", headers=headers)
    assert large.status_code == 413


def test_a_kit_in_wrong_hands_fills_no_disk(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    photos = [jpeg(colour) for colour in ("red", "blue", "lime", "gold", "pink", "navy")]
    for data in photos:
        announces(phone, data)
    phone.sends()
    for data in photos:
        assert brings(phone, data[:100], 0, of=data).status_code == 200
    assert PhotoPiece.objects.count() == services.MOST_BEGUN
    brings_all(phone, photos[0])
    monkeypatch.setattr(services, "MOST_OF_A_KIT", 1)
    assert brings(phone, photos[1][:100], 0, of=photos[1]).status_code == 429


def test_pieces_of_what_never_became_whole_are_forgotten(phone: Phone) -> None:
    data = jpeg()
    announces(phone, data)
    phone.sends()
    brings(phone, data[:100], 0, of=data)
    now = clock.now()
    assert services.forget_unfinished(now=now + timedelta(days=29)) == 0
    assert services.forget_unfinished(now=now + timedelta(days=31)) == 1
    assert not PhotoPiece.objects.exists()


def test_the_day_counts_photos_and_the_desk_says_that_they_wait(phone: Phone, activity: Activity, world: World) -> None:
    for colour in ("red", "blue"):
        announces(phone, jpeg(colour))
    gone = announces(phone, jpeg("gold"))
    phone.writes("undo", {"of": gone[1]})
    phone.sends()
    brings_all(phone, jpeg("red"))
    client = world.client(Character.EDITOR)
    day = client.get(reverse("field_day", kwargs={"uid": activity.uid}))
    assert ("photos", 2) in [(str(says), number) for says, number in day.context["day"].numbers]
    assert "1 photo waits for a look" in client.get(reverse("desk")).content.decode()
    assert "waits for a look" in client.get(reverse("activity_photos", kwargs={"uid": activity.uid})).content.decode()
    for nobody in (Character.DOOR, Character.COORDINATOR_ELSEWHERE):
        assert "waits for a look" not in world.client(nobody).get(reverse("desk")).content.decode()
    Photo.objects.update(looked_at=True)
    assert "waits for a look" not in client.get(reverse("desk")).content.decode()
