"""How fast the whole site is compiled, and how soon one change is seen."""

import hashlib
import os
import resource
import tempfile
import time
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import msgspec

from bench.generated import ACTIVITIES_IN_A_WEEK, LANGUAGES, site, weeks
from bench.table import Row, show
from tadamun.publish.bundle.signing import create_key, load_key
from tadamun.publish.bundle.store import Compiled, compile_bundle
from tadamun.publish.feeds.leaves import feed_leaves
from tadamun.publish.published import PublishedWeek, week_card
from tadamun.publish.site.leaves import site_leaves
from tadamun.record.schema import decode, encode
from tadamun.record.structs import WeekRecord

NOW = datetime(2026, 3, 21, 12, tzinfo=UTC)


def compile_all(root: Path, of: list[PublishedWeek]) -> Compiled:
    """Compile pages and feeds of these weeks."""
    key_file = root / "key.pem"
    key = load_key(key_file) if key_file.exists() else create_key(key_file)
    leaves = chain(site_leaves(site=site(), weeks=of, now=NOW.date()), feed_leaves(site=site(), weeks=of))
    return compile_bundle(root=root / "bundle", leaves=leaves, signing_key=key, published_at=NOW)


def measure(count: int) -> None:
    """Compile ``count`` activities in three languages, then change one and compile again: on disk and in memory."""
    for where, folder in (("on disk", None), ("in memory", "/dev/shm")):
        if folder is None or os.access(folder, os.W_OK):
            show(f"Compiling {count} activities in {len(LANGUAGES)} languages, {where}", _measured(count, folder))


def _measured(count: int, parent: str | None) -> list[Row]:
    with tempfile.TemporaryDirectory(dir=parent) as folder:
        root = Path(folder)
        all_weeks = [_kept(week, root) for week in weeks(count // ACTIVITIES_IN_A_WEEK)]
        before = os.times()
        full = compile_all(root, all_weeks)
        spent = os.times().user + os.times().system - before.user - before.system
        pages = _count_pages(root / "bundle" / "current")
        changed = msgspec.structs.replace(all_weeks[0].load(), summary={"en": "Changed."})
        all_weeks[0] = _kept(changed, root)
        started = time.perf_counter()
        once = compile_all(root, all_weeks)
        visible = time.perf_counter() - started
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return [
        Row("files made in full", f"{full.written} ({pages} pages)"),
        Row("time in full", f"{full.seconds:.1f} s ({spent:.1f} s of processor)"),
        Row("files per second", f"{full.written / full.seconds:.0f}"),
        Row("pages per second, feeds included", f"{pages / full.seconds:.0f}", "", "≥ 1500"),
        Row("pages per second of processor", f"{pages / spent:.0f}", "", "≥ 1500"),
        Row("one change visible after", f"{visible:.2f} s ({once.written} files)", "", "< 0.5 s"),
        Row("largest memory so far, cards included", f"{memory} MB", "", "< 300 MB"),
    ]


def _kept(record: WeekRecord, root: Path) -> PublishedWeek:
    """A week as the installation publishes it: its card in memory, its record in a file."""
    encoded = encode(record)
    path = root / f"{record.slug}.json"
    path.write_bytes(encoded)
    return PublishedWeek(
        slug=record.slug,
        fingerprint=hashlib.sha256(encoded).digest(),
        card=week_card(record),
        load=lambda: decode(path.read_bytes()),
    )


def _count_pages(root: Path) -> int:
    return sum(name == "index.html" for _folder, _folders, names in os.walk(root, followlinks=True) for name in names)
