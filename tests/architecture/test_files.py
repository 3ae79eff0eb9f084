"""What stands in the project's files: no secret, no address of a registry, no path of one machine."""

import ast
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest

from tests.architecture.project import ROOT, modules, parsed, project_files, shown, texts

pytestmark = pytest.mark.pure

# Each is written in two parts, so that this file does not find itself.
REGISTRIES = re.compile(
    "|".join((r"pypi\." + "org", r"python" + r"hosted\.org", r"npmjs\." + r"(?:com|org)", "--index" + "-url"))
)
MACHINE = re.compile(r"(?<![\w.~])/(?:work|tmp|root|home)/[\w.]")
SECRETS = re.compile("-----BEGIN (?:[A-Z]+ )?PRIV" + "ATE KEY-----")
LARGEST_FILE = 1_500_000
VENDOR = ROOT / "src" / "tadamun" / "organise" / "field" / "static" / "field" / "vendor"


def offences(path: str, text: str) -> Iterator[str]:
    """Lines of a text that must not stand in the project."""
    for number, line in enumerate(text.splitlines(), start=1):
        for what, pattern in (
            ("a registry", REGISTRIES),
            ("a path of one machine", MACHINE),
            ("a private key", SECRETS),
        ):
            if pattern.search(line):
                yield f"{path}:{number}: {what}"


def test_no_file_names_a_registry_a_machine_or_a_secret() -> None:
    assert [offence for path, text in texts() for offence in offences(shown(path), text)] == []


def test_what_must_not_stand_in_a_file_is_seen() -> None:
    text = "see https://py" + "pi.org/x\ncp /ro" + "ot/a b\n-----BEGIN PRIV" + "ATE KEY-----\nvar/home/x and ~/home/y"
    assert list(offences("a", text)) == ["a:1: a registry", "a:2: a path of one machine", "a:3: a private key"]


def test_no_file_is_too_large_to_be_source() -> None:
    assert [shown(path) for path in project_files() if path.stat().st_size > LARGEST_FILE] == []


# --- dependencies -------------------------------------------------------------------------------


def project() -> dict[str, dict[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def names(requirements: object) -> set[str]:
    assert isinstance(requirements, list)
    return {plain(re.split(r"[^\w.-]", line)[0]) for line in requirements}


def plain(name: str) -> str:
    """A package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def stated() -> dict[str, set[str]]:
    """The project's dependencies by what they are for."""
    core, groups = project()["project"], project()["dependency-groups"]
    optional = core["optional-dependencies"]
    assert isinstance(optional, dict)
    run = names(core["dependencies"]).union(*(names(extra) for extra in optional.values()))
    phones = set(json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"])
    return {"run": run, "test": names(groups["test"]), "check": names(groups["check"]), "phones": phones}


def documented() -> dict[str, str]:
    """Each dependency that docs/dependencies.md explains, with the licence it names."""
    rows = re.findall(
        r"^\| `([\w.-]+)` \| ([^|]+) \|", (ROOT / "docs" / "dependencies.md").read_text("utf-8"), re.MULTILINE
    )
    return {plain(name): licence.strip() for name, licence in rows}


def pins(path: Path) -> dict[str, list[str]]:
    """Each pinned package of a requirements file with its hashes."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([\w.-]+)(?:\[[\w,-]+\])?==\S+", line):
            name = plain(match[1])
            found[name] = []
        found.setdefault(name, []).extend(re.findall(r"--hash=sha256:([0-9a-f]{64})", line))
    return found


def test_every_dependency_is_explained_and_nothing_else_is() -> None:
    assert sorted(documented()) == sorted(set().union(*stated().values()))


def licence_words(package: str) -> str:
    """All that a package says of its licence, in its metadata or in the licence that it brings along."""
    if package in stated()["phones"]:
        return " ".join(path.read_text("utf-8") for path in (VENDOR / package).glob("LICENSE*"))
    found = distribution(package)
    about = found.metadata
    words = [line for key in ("License-Expression", "License") for line in about.get_all(key) or []]
    words += [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
    brought = [path.read_text("utf-8") for path in found.files or [] if re.search(r"LICEN[CS]E|COPYING", path.name)]
    return " ".join([*words, *brought])


def differing(listed: str, folder: Path) -> Iterator[str]:
    """What of a folder is not as a list of hashes has it."""
    found = dict(reversed(line.split()) for line in listed.splitlines() if line and line[0] != "#")
    there = {shown(path): path for path in folder.rglob("*") if path.is_file()}
    yield from sorted(found.keys() ^ there.keys())
    for name in sorted(found.keys() & there.keys()):
        if hashlib.sha256(there[name].read_bytes()).hexdigest() != found[name]:
            yield name


def test_what_phones_get_from_other_packages_is_unaltered() -> None:
    listed = (ROOT / "requirements" / "vendored.sha256").read_text(encoding="utf-8")
    assert list(differing(listed, VENDOR)) == []
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    packages = {path.removeprefix("node_modules/"): about for path, about in locked.items() if path}
    assert set(packages) == stated()["phones"]
    assert not any("resolved" in about for about in packages.values())
    for name, about in packages.items():
        assert f"# {name} {about['version']} {about['integrity']}\n" in listed, "run: make vendor"


def test_an_altered_file_of_another_package_is_seen() -> None:
    listed = (ROOT / "requirements" / "vendored.sha256").read_text(encoding="utf-8")
    first = re.search(r"^([0-9a-f]{64})  (.*)$", listed, re.MULTILINE)
    assert first
    assert list(differing(listed.replace(first[1], "0" * 64), VENDOR)) == [first[2]]
    assert list(differing(listed.replace(first[0], ""), VENDOR)) == [first[2]]


# Used without being imported: data, what Django loads by name, what runs as a process of its own.
UNSEEN = {"argon2-cffi", "granian", "psycopg", "tzdata"}


def imported() -> set[str]:
    """The packages that the product's modules import."""
    owners = packages_distributions()
    tops = {
        name.split(".", maxsplit=1)[0]
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    }
    return {plain(owner) for top in tops for owner in owners.get(top, [])}


def test_dependencies_are_used_or_said_not_to_be_yet() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    waiting = {plain(name) for name in re.findall(r"^\| `([\w.-]+)` \|[^\n]*not used yet", page, re.MULTILINE)}
    assert waiting & imported() == set(), "used by now: take “not used yet” out of docs/dependencies.md"
    idle = stated()["run"] - UNSEEN - imported() - waiting
    assert idle == set(), "nothing imports them: leave them out of pyproject.toml, or move them to the tests"


# Where a licence's text does not say its own name.
TELLING_WORDS = {"zlib": "altered source versions must be plainly marked"}


def test_licences_are_those_that_the_packages_state() -> None:
    for name, licence in documented().items():
        words = " ".join(licence_words(name).lower().split())
        first = re.split(r"[\s-]", licence.lower())[0]
        assert TELLING_WORDS.get(first, first) in words, f"{name}: docs/dependencies.md says {licence}"


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_requirements_are_pinned_by_hash_and_name_no_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "http" not in text
    assert all(line.startswith(("#", " ", "\t")) or "==" in line for line in text.splitlines() if line.strip())
    assert [name for name, hashes in pins(path).items() if not hashes] == []


@pytest.mark.parametrize(
    ("file", "groups"), [("run", ["run"]), ("test", ["run", "test"]), ("check", ["run", "test", "check"])]
)
def test_requirements_hold_what_the_project_states(file: str, groups: list[str]) -> None:
    wanted = set().union(*(stated()[group] for group in groups))
    if file == "run":
        wanted -= {"psycopg"}  # only for those who ask for PostgreSQL
    assert wanted - pins(ROOT / "requirements" / f"{file}.txt").keys() == set()


def test_all_requirements_agree_on_versions() -> None:
    versions: dict[str, set[str]] = {}
    for path in (ROOT / "requirements").glob("*.txt"):
        for name, version in re.findall(
            r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)", path.read_text("utf-8"), re.MULTILINE
        ):
            versions.setdefault(plain(name), set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}
