"""Publishing: from what changed in the database, through records, to the bundle.

The records of the public audience are kept as files (``home/records``); the site is a function of them.
So a week whose record did not change costs nothing, and the site can be compiled again without the database.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.db.models import F, Q, QuerySet

from tadamun.organise.archive.services import open_pixels
from tadamun.organise.network.models import Site
from tadamun.organise.programme.models import Publication, Week
from tadamun.organise.programme.vocabulary import State
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.vocabulary import Audience
from tadamun.publish.bundle.errors import BundleError
from tadamun.publish.bundle.store import Compiled, Leaf, compile_bundle
from tadamun.publish.feeds.leaves import feed_leaves
from tadamun.publish.pictures.renditions import rendition_leaves
from tadamun.publish.published import PublishedWeek, WeekCard, week_card
from tadamun.publish.site.leaves import site_leaves
from tadamun.record.builders.links import weeks_that_link_to
from tadamun.record.builders.site import build_site
from tadamun.record.builders.week import build_week, when_due_again
from tadamun.record.schema import decode, encode
from tadamun.record.structs import SiteRecord, WeekRecord

Progress = Callable[[int], None]


@dataclass(frozen=True)
class PublishingHouse:
    """What publishing needs to know of an installation."""

    home: Path
    signing_key: Ed25519PrivateKey
    languages: tuple[str, ...]
    base_url: str
    onion_url: str
    small_cell: int
    locale_folder: Path


@dataclass(frozen=True)
class Published:
    """What a publication came to: weeks whose record is new, weeks taken down, and the compiled bundle."""

    renewed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    bundle: Compiled

    def sentence(self) -> str:
        """For people."""
        return (
            f"Published: {len(self.renewed)} weeks renewed, {len(self.withdrawn)} withdrawn; "
            f"{self.bundle.written} files written, {self.bundle.kept} kept, {self.bundle.removed} removed, "
            f"in {self.bundle.seconds:.2f} s."
        )

    def facts(self) -> dict[str, Any]:
        """For machines."""
        return {
            "renewed": list(self.renewed),
            "withdrawn": list(self.withdrawn),
            "written": self.bundle.written,
            "kept": self.bundle.kept,
            "removed": self.bundle.removed,
            "seconds": round(self.bundle.seconds, 3),
        }


def publish(
    *,
    actor: Actor,
    house: PublishingHouse,
    now: datetime,
    everything: bool = False,
    progress: Progress | None = None,
) -> Published:
    """Make the public record of every week that changed, and compile the site.

    A reader sees the site of before or the site of after, never a part of each.

    :raises BundleError: when the site could not be compiled; the old one stands then.
    """
    taken_down = _take_down()
    renewed = tuple(_renew(house, week, now) for week in _to_renew(house, taken_down, everything=everything, now=now))
    withdrawn = _forget_withdrawn(house)
    site = _site(house, now)
    weeks = tuple(_published_weeks(house))
    bundle = compile_bundle(
        root=house.home / "bundle",
        leaves=_leaves(house, site, weeks, now),
        signing_key=house.signing_key,
        published_at=now,
        progress=progress,
    )
    if renewed or withdrawn:
        note_act(
            actor=actor,
            act="publish",
            subject="site",
            now=now,
            detail={"renewed": list(renewed), "withdrawn": list(withdrawn)},
        )
    return Published(renewed=renewed, withdrawn=withdrawn, bundle=bundle)


def due(now: datetime) -> bool:
    """Whether a published record changes by itself by now, for example because a place may be told."""
    return Publication.objects.filter(due_again_at__lte=now).exists()


def _take_down() -> set[int]:
    """Weeks that went back to being an idea are public no more; returns their keys."""
    back = Publication.objects.filter(week__state=State.IDEA)
    keys = set(back.values_list("week", flat=True))
    back.delete()
    return keys


def _to_renew(house: PublishingHouse, taken_down: set[int], *, everything: bool, now: datetime) -> QuerySet[Week]:
    """The weeks whose record is not what it should be: changed themselves, due, lost, or linking to one that is."""
    weeks = Week.objects.exclude(state=State.IDEA).order_by("slug")
    new = Q(publication__isnull=True)
    stale = new | ~Q(publication__revision=F("revision")) | Q(publication__due_again_at__lte=now)
    changed = set((weeks if everything else weeks.filter(stale)).values_list("pk", flat=True))
    kept = {file.stem for file in _folder(house).glob("*.json")}
    changed |= {key for key, slug in weeks.values_list("pk", "slug") if slug not in kept}
    # A link is told only to what is published, so all that is new counts as published before any record is made.
    Publication.objects.bulk_create(
        Publication(week=week, revision=0, fingerprint="", published_at=now) for week in weeks.filter(new)
    )
    linking = weeks_that_link_to(changed | taken_down)
    return weeks.filter(pk__in=changed | linking)


@transaction.atomic
def _renew(house: PublishingHouse, week: Week, now: datetime) -> str:
    record = build_week(
        week=week, audience=Audience.PUBLIC, now=now, languages=house.languages, small_cell=house.small_cell
    )
    encoded = encode(record)
    _write(_folder(house) / f"{week.slug}.json", encoded)
    _write(_folder(house) / f"{week.slug}.card", msgspec.msgpack.encode(week_card(record)))
    Publication.objects.update_or_create(
        week=week,
        defaults={
            "revision": week.revision,
            "fingerprint": hashlib.sha256(encoded).hexdigest(),
            "published_at": now,
            "due_again_at": when_due_again(week=week, now=now),
        },
    )
    return week.slug


def _forget_withdrawn(house: PublishingHouse) -> tuple[str, ...]:
    public = set(Publication.objects.values_list("week__slug", flat=True))
    gone = sorted({file.stem for file in _folder(house).glob("*.json")} - public)
    for slug in gone:
        for suffix in (".json", ".card"):
            (_folder(house) / f"{slug}{suffix}").unlink(missing_ok=True)
    return tuple(gone)


def _site(house: PublishingHouse, now: datetime) -> SiteRecord:
    return build_site(
        site=Site.objects.select_related("publisher").filter(pk=1).first(),
        languages=house.languages,
        base_url=house.base_url,
        onion_url=house.onion_url,
        small_cell=house.small_cell,
        today=now.date(),
    )


def _published_weeks(house: PublishingHouse) -> Iterator[PublishedWeek]:
    rows = Publication.objects.order_by("-week__start", "week__slug").values_list("week__slug", "fingerprint")
    for slug, fingerprint in rows:
        yield PublishedWeek(
            slug=slug,
            fingerprint=bytes.fromhex(fingerprint),
            card=_card(house, slug),
            load=partial(_load, _folder(house) / f"{slug}.json"),
        )


def _card(house: PublishingHouse, slug: str) -> WeekCard:
    path = _folder(house) / f"{slug}.card"
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=WeekCard)
    except (OSError, msgspec.MsgspecError):  # written by another version: the record has it all
        card = week_card(_load(_folder(house) / f"{slug}.json"))
        _write(path, msgspec.msgpack.encode(card))
        return card


def _load(path: Path) -> WeekRecord:
    try:
        return decode(path.read_bytes())
    except (OSError, msgspec.MsgspecError) as error:
        raise BundleError(f"{path}: is damaged or of another version; run: tadamun publish --all") from error


def _leaves(
    house: PublishingHouse, site: SiteRecord, weeks: tuple[PublishedWeek, ...], now: datetime
) -> Iterator[Leaf]:
    return chain(
        site_leaves(site=site, weeks=weeks, now=now.date(), locale_folder=house.locale_folder),
        feed_leaves(site=site, weeks=weeks, locale_folder=house.locale_folder),
        rendition_leaves(
            photos=chain.from_iterable(week.card.photos for week in weeks),
            open_photo=lambda sha256: open_pixels(home=house.home, sha256=sha256),
        ),
    )


def _folder(house: PublishingHouse) -> Path:
    return house.home / "records"


def _write(path: Path, content: bytes) -> None:
    draft = path.with_suffix(f".{os.getpid()}.new")
    draft.write_bytes(content)
    os.replace(draft, path)
