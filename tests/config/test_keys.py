"""The secret of sessions is made once, whole, and read by its owner alone."""

import multiprocessing
from pathlib import Path

import pytest

from tadamun.config.environment import BadEnvironment
from tadamun.config.keys import secret_key

pytestmark = pytest.mark.pure


def test_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    first = secret_key(tmp_path)
    assert len(first) >= 64
    assert secret_key(tmp_path) == first
    assert secret_key(tmp_path / "another") != first


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    secret_key(tmp_path)
    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0
    assert (tmp_path / "keys" / "session-secret").stat().st_mode & 0o077 == 0


def test_processes_that_start_together_share_one(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        secrets = pool.map(secret_key, [tmp_path] * 16)
    assert len(set(secrets)) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["session-secret"]


def test_home_that_cannot_hold_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadEnvironment, match=r"^TADAMUN_HOME: .*file/keys/session-secret cannot be made or read"):
        secret_key(tmp_path / "file")
