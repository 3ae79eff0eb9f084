"""What a thief finds on a phone that is switched off: the whole folder of its browser, and each value as it lies."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.journeys import traces

_STORAGES = {"IndexedDB", "Local Storage"}
_CODE = re.compile(rb"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")
_RUNS = {16: re.compile(rb"[0-9a-f]{16,}"), 159: re.compile(rb"[0-9A-HJKMNP-TV-Z]{159,}")}

# Puts words onto the phone without closing them: where a page keeps values, files, notes.
PLANT = """async (words) => {
  localStorage.planted = words;
  const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const opening = indexedDB.open('planted', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('n');
  const database = await asked(opening);
  const whole = database.transaction('n', 'readwrite', { durability: 'strict' });
  whole.objectStore('n').put(words, 1);
  await new Promise((done) => { whole.oncomplete = done; });
  await (await caches.open('planted')).put('/field/planted', new Response(words));
}"""


@dataclass(frozen=True)
class Secrets:
    """What must not be found: ``words`` nowhere in any form, ``records`` in no storage (the app's own files have
    them), tickets and their short codes and hashes, of which there are too many to look for each.
    """

    words: tuple[str, ...]
    records: tuple[str, ...]
    tickets: frozenset[str]
    hashes: frozenset[str]
    codes: frozenset[str]

    @property
    def whole(self) -> frozenset[str]:
        """What stands in runs of signs of its own kind."""
        return self.tickets | self.hashes

    def in_folder(self, folder: Path) -> set[str]:
        """What the whole folder of a browser gives away."""
        held: set[str] = set()
        kept = 0
        for file in _files(folder):
            content, storage = file.read_bytes(), bool(_STORAGES & set(file.parts))
            kept += storage
            held |= self._found(str(file).encode() + b"\n" + content, storage=storage)
        assert kept, "nothing is kept where it was looked for"
        return held

    def in_values(self, dump: str) -> set[str]:
        """What the values of its storage give away, as a page of the same origin reads them."""
        return self._found(dump.encode("latin-1", "replace"), storage=True)

    def _found(self, content: bytes, *, storage: bool) -> set[str]:
        words = self.words + self.records * storage
        return {word for word in words if any(form in content for form in _forms(word))} | self._listed(content)

    def _listed(self, content: bytes) -> set[str]:
        """Hashes and codes, also where each sign takes two bytes."""
        return {word for text in (content, content.replace(b"\0", b"")) for word in self._in(text)}

    def _in(self, text: bytes) -> Iterator[str]:
        yield from {code.decode() for code in _CODE.findall(text)} & self.codes
        for length, pattern in _RUNS.items():
            for run in pattern.findall(text):
                yield from {run[at : at + length].decode() for at in range(len(run) - length + 1)} & self.whole


@cache
def _forms(word: str) -> frozenset[bytes]:
    return frozenset(traces.forms(word))


def _files(folder: Path) -> Iterable[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and not file.is_symlink()]
