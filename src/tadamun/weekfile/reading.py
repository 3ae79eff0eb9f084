"""Reading a week file: from a path or bytes to a document, with every problem of structure in its place."""

import stat
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from tadamun.kinds.registry import KINDS
from tadamun.weekfile.converting import Converter, Found, closest, is_language, stated
from tadamun.weekfile.document import FORMAT, ActivityEntry, WeekDocument
from tadamun.weekfile.nodes import LARGEST, Listing, Mapping, Mark, Node, Scalar, Unreadable, read_tree, too_large
from tadamun.weekfile.problems import Path, Problem, WeekFileRefused, one_of, said


@dataclass(frozen=True)
class Reading:
    """What was read: the document (None when too much is wrong) and what is wrong with its structure."""

    file: str
    document: WeekDocument | None
    problems: tuple[Problem, ...]
    root: Mapping
    found: Found

    def path_of(self, entry: msgspec.Struct) -> Path:
        """Where an entry of the document stands in the file."""
        return self.found.places[id(entry)][0]

    def whole(self, entry: msgspec.Struct) -> bool:
        """Whether nothing of this entry itself was lost in reading."""
        return id(entry) not in self.found.damaged

    def problem(self, path: Path, wrong: str, right: str, *, hint: bool = False) -> Problem:
        """A problem at ``path``, or at the closest thing above it that stands in the file."""
        mark = mark_of(self.root, path)
        return Problem(
            file=self.file, line=mark.line, column=mark.column, path=said(path), wrong=wrong, right=right, hint=hint
        )


def mark_of(root: Node, path: Path) -> Mark:
    """The place of the value at ``path``; of its nearest ancestor when it is not stated."""
    mark, node = root.mark, root
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.pairs:
            mark, node = node.pairs[step]
        elif isinstance(node, Listing) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            mark = node.mark
        else:
            break
    return mark


def read_bytes(path: File) -> bytes:
    """The bytes of a week file, never more than the largest that is taken.

    :raises WeekFileRefused: when there is no such file, it is no file, too large, or cannot be read.
    """
    try:
        with path.open("rb") as opened:
            if not stat.S_ISREG(path.stat().st_mode):
                raise _refusal(path, _("This is not a file."), _("Name a week file."))
            data = opened.read(LARGEST + 1)
    except FileNotFoundError:
        raise _refusal(path, _("There is no such file."), _("Check the name and the folder.")) from None
    except IsADirectoryError:
        right = _("Name the file in it: %(file)s.") % {"file": path / "week.yaml"}
        raise _refusal(path, _("This is a folder."), right) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        wrong = _("The file cannot be read: %(reason)s.") % {"reason": reason}
        raise _refusal(path, wrong, _("Check its permissions.")) from None
    if len(data) > LARGEST:
        refusal = too_large()
        raise _refusal(path, refusal.wrong, refusal.right)
    return data


def read_week(data: bytes, *, file: str = "week.yaml") -> Reading:
    """Read a document. All problems of its structure are in the result; ``file`` is the name that they tell.

    :raises WeekFileRefused: when the bytes are not plain YAML at all, so that nothing can be said about the rest.
    """
    try:
        root = read_tree(data)
    except Unreadable as error:
        mark = error.mark or Mark(0, 0)
        raise WeekFileRefused(
            [Problem(file=file, line=mark.line, column=mark.column, wrong=error.wrong, right=error.right)]
        ) from None
    problems: list[Problem] = []

    def note(mark: Mark, path: Path, wrong: str, right: str) -> None:
        problems.append(
            Problem(file=file, line=mark.line, column=mark.column, path=said(path), wrong=wrong, right=right)
        )

    found = Found(note)
    _check_head(root, note)
    document = _WeekConverter(found, _plain_language(root)).struct(root, WeekDocument, ())
    return Reading(file, document if stated(document) else None, tuple(problems), root, found)


def _refusal(path: File, wrong: str, right: str) -> WeekFileRefused:
    return WeekFileRefused([Problem(file=str(path), wrong=wrong, right=right)])


def _plain_language(root: Mapping) -> str:
    _mark, node = root.pairs.get("language", (None, None))
    return node.words if isinstance(node, Scalar) and is_language(node.words) else "en"


def _check_head(root: Mapping, note: Any) -> None:
    """The format and the language must be ones that are known; what is missing is noted elsewhere."""
    _mark, form = root.pairs.get("format", (None, None))
    if isinstance(form, Scalar) and form.words != FORMAT:
        wrong = _("“%(words)s” is not a format that can be read here.") % {"words": form.words[:60]}
        note(form.mark, ("format",), wrong, _("Write “format: %(format)s”.") % {"format": FORMAT})
    _mark, spoken = root.pairs.get("language", (None, None))
    if isinstance(spoken, Scalar) and spoken.stated and not is_language(spoken.words):
        wrong = _("“%(code)s” is not a language.") % {"code": spoken.words[:60]}
        note(spoken.mark, ("language",), wrong, _("Use codes such as en, ar, ckb, kmr."))


class _WeekConverter(Converter):
    """Converts a document; what stands under ``details`` by the structure of the activity's kind."""

    def struct(self, node: Node, struct: type[msgspec.Struct], path: Path) -> Any:
        built = super().struct(node, struct, path)
        if not isinstance(built, ActivityEntry) or not isinstance(node, Mapping):
            return built
        detailed = msgspec.structs.replace(built, details=self.details(built, node, path))
        self.found.stand(detailed, path, node)
        if id(built) in self.found.damaged:
            self.found.damaged.add(id(detailed))
        return detailed

    def details(self, activity: ActivityEntry, node: Mapping, path: Path) -> dict[str, Any]:
        """The details as plain values, in the order of the kind's structure; nothing when they are wrong."""
        kind = KINDS.get(activity.kind)
        mark, details = node.pairs.get("details", (node.mark, None))
        if kind is None:
            wrong = _("There is no kind of activity “%(kind)s”.") % {"kind": activity.kind[:60]}
            self.wrong(
                node.pairs["kind"][0], (*path, "kind"), wrong, one_of(sorted(KINDS), closest(activity.kind, KINDS))
            )
            self.found.damaged.add(id(activity))
            return {}
        if details is None or (isinstance(details, Scalar) and not details.stated):
            details = Mapping(mark, {})
        plan = super().struct(details, kind.plan, (*path, "details"))
        if not stated(plan) or id(plan) in self.found.damaged:
            self.found.damaged.add(id(activity))
            return {}
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(plan))
        return plain
