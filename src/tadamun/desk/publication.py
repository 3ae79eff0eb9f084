"""Publishing: from what was let out, through records, to the bundle.

What members let out (``desk.releases``) becomes the records of the public audience, kept as files (``home/records``);
the site is a function of them. So a week whose record did not change costs nothing, and the site can be compiled
again without the database.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import F, Q, QuerySet

from tadamun.desk.house import PublishingHouse
from tadamun.desk.models import Release
from tadamun.desk.releases import let_out_for_operator, public_record
from tadamun.organise.archive.services import open_pixels
from tadamun.organise.programme.models import Publication, Week
from tadamun.organise.programme.vocabulary import State
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.publish.bundle.errors import BundleError
from tadamun.publish.bundle.store import Compiled, Leaf, compile_bundle
from tadamun.publish.feeds.leaves import feed_leaves
from tadamun.publish.pictures.renditions import rendition_leaves
from tadamun.publish.published import PublishedWeek, WeekCard, week_card
from tadamun.publish.site.leaves import site_leaves
from tadamun.record.builders.links import weeks_that_link_to
from tadamun.record.builders.week import when_due_again
from tadamun.record.linking import LetOut, let_out_of, linked_weeks, links_as_published
from tadamun.record.schema import decode, encode
from tadamun.record.structs import SiteRecord, WeekRecord

Progress = Callable[[int], None]


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
    progress: Progress | None = None,
) -> Published:
    """Bring the site up to what was let out: due releases, what was taken away since, what is live; and compile it.

    A reader sees the site of before or the site of after, never a part of each.

    :raises BundleError: when the site could not be compiled; the old one stands then.
    """
    _adopt(house, now)
    taken_down = _take_down()
    fresh = _bring_out(now)
    renewed = _renew(house, _to_renew(house, taken_down, fresh, now=now), now)
    withdrawn = _forget_withdrawn(house)
    bundle = _compiled(house, now, progress)
    if renewed or withdrawn:
        note_act(
            actor=actor,
            act="publish",
            subject="site",
            now=now,
            detail={"renewed": list(renewed), "withdrawn": list(withdrawn)},
        )
    return Published(renewed=renewed, withdrawn=withdrawn, bundle=bundle)


def _compiled(house: PublishingHouse, now: datetime, progress: Progress | None) -> Compiled:
    """Compile; what fails is due again, so that it is tried again by itself."""
    try:
        return compile_bundle(
            root=house.home / "bundle",
            leaves=_leaves(house, house.site(now.date()), tuple(_published_weeks(house)), now),
            signing_key=house.signing_key,
            published_at=now,
            progress=progress,
        )
    except BundleError:
        any_week = Publication.objects.order_by("pk").values("pk")[:1]
        Publication.objects.filter(pk__in=list(any_week.values_list("pk", flat=True))).update(due_again_at=now)
        raise


def publish_for_operator(
    *,
    actor: Actor,
    house: PublishingHouse,
    now: datetime,
    everything: bool = False,
    progress: Progress | None = None,
) -> Published:
    """Let out what the operator took in, and publish. ``everything``: what waits in public weeks is let out, too.

    :raises BundleError: when the site could not be compiled; the old one stands then.
    """
    let_out_for_operator(actor=actor, house=house, now=now, everything=everything)
    return publish(actor=actor, house=house, now=now, progress=progress)


def due(now: datetime) -> bool:
    """Whether something is to be published by itself: a scheduled release, a place that may be told, a withdrawal."""
    stale = Publication.objects.filter(due_again_at__lte=now)
    return _ready(now).exists() or stale.exists() or _orphans().exists()


def _ready(now: datetime) -> QuerySet[Release]:
    ready = Release.objects.filter(is_out=False, approved_at__isnull=False, goes_out_at__lte=now)
    return ready.exclude(week__state=State.IDEA)


def _orphans() -> QuerySet[Publication]:
    """What is on the site and was taken back, or went back to being an idea."""
    return Publication.objects.exclude(
        week__state__in=[state for state in State if state != State.IDEA], week__releases__is_out=True
    )


def _adopt(house: PublishingHouse, now: datetime) -> None:
    """What was public before releases were kept is taken as let out as it stands on the site."""
    old = Publication.objects.filter(week__releases__isnull=True, week__conditions__withdrawn_at__isnull=True)
    for publication in old.exclude(week__state=State.IDEA).select_related("week"):
        path = house.records / f"{publication.week.slug}.json"
        record = path.read_bytes() if path.exists() else encode(house.to_let_out(publication.week, now)[0])
        at = publication.published_at
        Release.objects.create(
            week=publication.week, by="", at=at, goes_out_at=at, approved_at=at, is_out=True, record=record
        )


def _take_down() -> set[int]:
    """Weeks that were taken back, or went back to being an idea, are public no more; returns their keys."""
    Release.objects.filter(week__state=State.IDEA, is_out=True).delete()
    gone = _orphans()
    keys = set(gone.values_list("week", flat=True))
    Publication.objects.filter(week__in=keys).delete()
    return keys


@transaction.atomic
def _bring_out(now: datetime) -> set[int]:
    """Put each release whose moment has come in the place of the one before; returns the weeks."""
    ready = list(_ready(now).select_for_update())
    for release in ready:
        Release.objects.filter(week=release.week_id, is_out=True).delete()
        release.is_out = True
        release.save(update_fields=["is_out"])
    return {release.week_id for release in ready}


def _to_renew(house: PublishingHouse, taken_down: set[int], fresh: set[int], *, now: datetime) -> QuerySet[Week]:
    """The weeks whose record is not what it should be: changed themselves, due, lost, or linking to one that is."""
    weeks = Week.objects.exclude(state=State.IDEA).filter(releases__is_out=True).order_by("slug")
    new = Q(publication__isnull=True)
    stale = new | ~Q(publication__revision=F("revision")) | Q(publication__due_again_at__lte=now)
    changed = fresh | set(weeks.filter(stale).values_list("pk", flat=True))
    kept = {file.stem for file in house.records.glob("*.json")}
    changed |= {key for key, slug in weeks.values_list("pk", "slug") if slug not in kept}
    # A link is told only to what is published, so all that is new counts as published before any record is made.
    Publication.objects.bulk_create(
        Publication(week=week, revision=0, fingerprint="", published_at=now) for week in weeks.filter(new)
    )
    linking = weeks_that_link_to(changed | taken_down)
    return weeks.filter(pk__in=changed | linking)


def _renew(house: PublishingHouse, weeks: Iterable[Week], now: datetime) -> tuple[str, ...]:
    links = _Links()
    return tuple(_renew_one(house, week, links, now) for week in weeks)


@transaction.atomic
def _renew_one(house: PublishingHouse, week: Week, links: "_Links", now: datetime) -> str:
    release = Release.objects.select_related("week").get(week=week, is_out=True)
    current, guarded = house.public_now(week, now)
    record = links.as_published(public_record(release, current, guarded, now), current)
    encoded = encode(record)
    _write(house.records / f"{week.slug}.json", encoded)
    _write(house.records / f"{week.slug}.card", msgspec.msgpack.encode(week_card(record)))
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


class _Links:
    """What links may say of activities of other weeks: what those weeks let out themselves."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, LetOut]] = {}

    def as_published(self, record: WeekRecord, current: WeekRecord) -> WeekRecord:
        """A record whose links to other weeks say no more than those."""
        wanted = linked_weeks(record) | linked_weeks(current)
        if not wanted:
            return record
        for release in Release.objects.filter(is_out=True, week__slug__in=wanted - self._known.keys()):
            other = decode(bytes(release.record))
            self._known[other.slug] = let_out_of(other)
        return links_as_published(record, current, self._known)


def _forget_withdrawn(house: PublishingHouse) -> tuple[str, ...]:
    public = set(Publication.objects.values_list("week__slug", flat=True))
    gone = sorted({file.stem for file in house.records.glob("*.json")} - public)
    for slug in gone:
        for suffix in (".json", ".card"):
            (house.records / f"{slug}{suffix}").unlink(missing_ok=True)
    return tuple(gone)


def _published_weeks(house: PublishingHouse) -> Iterator[PublishedWeek]:
    rows = Publication.objects.order_by("-week__start", "week__slug").values_list("week__slug", "fingerprint")
    for slug, fingerprint in rows:
        yield PublishedWeek(
            slug=slug,
            fingerprint=bytes.fromhex(fingerprint),
            card=_card(house, slug),
            load=partial(_load, house.records / f"{slug}.json"),
        )


def _card(house: PublishingHouse, slug: str) -> WeekCard:
    path = house.records / f"{slug}.card"
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=WeekCard)
    except (OSError, msgspec.MsgspecError):  # written by another version: the record has it all
        card = week_card(_load(house.records / f"{slug}.json"))
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


def _write(path: Path, content: bytes) -> None:
    draft = path.with_suffix(f".{os.getpid()}.new")
    draft.write_bytes(content)
    os.replace(draft, path)
