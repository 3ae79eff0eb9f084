"""Where the project's files are, and which of them are tracked."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "tadamun"


@cache
def modules() -> tuple[Path, ...]:
    """All modules of the product but migrations."""
    return tuple(sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts))


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def project_files() -> tuple[Path, ...]:
    """All files that are tracked or would be, so not those that are ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = sorted(name for name in listed.stdout.decode().split("\0") if name)
    return tuple(path for path in (ROOT / name for name in names) if path.is_file() and not path.is_symlink())


def texts() -> Iterator[tuple[Path, str]]:
    """All project files that are UTF-8 texts."""
    for path in project_files():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def shown(path: Path) -> str:
    """The path as a person would name it."""
    return path.relative_to(ROOT).as_posix()


def app_of(path: Path) -> str:
    """The step of the staircase that a file belongs to: ``organise.network``, ``publish``, ``toolkit`` …"""
    parts = path.relative_to(SOURCE).parts
    return ".".join(parts[:2]) if parts[0] == "organise" else parts[0]
