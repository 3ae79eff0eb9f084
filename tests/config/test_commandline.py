"""The command line called wrongly: a sentence that says what to do, never a traceback, nothing half-written."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tadamun.config import commandline, installation, server
from tadamun.config.environment import Environment
from tadamun.config.outcome import CannotGoOn
from tests import HOME
from tests.architecture.project import ROOT

EXAMPLE = ROOT / "examples" / "kahramana-week"
PICTURE = EXAMPLE / "photos" / "election-debate.jpg"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the operator stands: a file, an empty folder, a folder with something else, and a home beside them."""
    monkeypatch.setenv("TADAMUN_HOME", str(tmp_path / "home"))
    work = tmp_path / "work"
    for name in ("empty", "full"):
        (work / name).mkdir(parents=True)
    (work / "full" / "letter.txt").write_text("dear friends")
    (work / "file").write_text("nothing of ours")
    (work / "site.yaml").write_text("format: something-else/9\nnames: {en: X}\n")
    monkeypatch.chdir(work)
    return work


def called(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    try:
        code = commandline.main(words)
    except SystemExit as end:  # argparse ends so
        code = int(end.code or 0)
    printed = capsys.readouterr()
    return code, printed.out + printed.err


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ([], 2, "the following arguments are required: COMMAND"),
        (["nonsense"], 2, "choose from"),
        (["publish", "everything"], 2, "unrecognized arguments: everything"),
        (["import"], 2, "required: FILE"),
        (["import", "absent.yaml"], 1, "absent.yaml: There is no such file. Check the name and the folder."),
        (["import", "empty"], 1, "empty/week.yaml: There is no such file."),
        (["import", "file/week.yaml"], 1, "file/week.yaml"),
        (["import", str(PICTURE)], 1, "Save the file with the encoding UTF-8."),
        (["import", "/dev/null"], 1, "Name a week file."),
        (["import", "site.yaml"], 1, "Write “format: tadamun-site/1”."),
        (["export"], 2, "required: WEEK"),
        (["export", "no-such-week"], 1, "There is no week 'no-such-week'."),
        (["verify", "absent"], 1, "Name the folder that holds manifest.json."),
        (["verify", "file"], 1, "Name the folder that holds manifest.json."),
        (["verify", "empty"], 1, "NOT SOUND"),
        (["mirror", "nowhere", "copy"], 1, "is no http or https address"),
        (["mirror", "file:///etc", "copy"], 1, "is no http or https address"),
        (["mirror", "http://127.0.0.1:1/", "copy"], 1, "cannot be fetched"),
        (["mirror", "http://127.0.0.1:1/", "file"], 1, "file is a file; name a folder"),
        (["user"], 2, "required: what, EMAIL"),
        (["user", "add", "nobody"], 1, "nobody is not an e-mail address."),
    ],
)
def test_wrong_call_is_answered_by_a_sentence(
    words: list[str], code: int, says: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answered, printed = called(capsys, *words)
    assert says in printed
    assert answered == code


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("file", "file is a file; name a folder with --to."),
        ("full", "full holds something else; name an empty folder with --to."),
        ("file/deeper", "cannot be written: Not a directory. Choose another one."),
    ],
)
def test_week_is_not_exported_over_something_else(
    target: str, says: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(capsys, "import", str(EXAMPLE))[0] == 0
    code, printed = called(capsys, "export", "kahramana-week-2018", "--to", target)
    assert (code, says in printed) == (1, True), printed
    assert (folder / "full" / "letter.txt").read_text() == "dear friends"


@pytest.mark.django_db
def test_error_for_machines_is_json_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(capsys, "export", "x", "--json") == (
        1,
        '{"error": "There is no week \'x\'. Weeks here: none yet."}\n',
    )


@pytest.mark.django_db
def test_damaged_signing_key_is_named_and_never_replaced(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(capsys, "init")[0] == 0
    key = folder.parent / "home" / "keys" / "site.pem"
    key.write_text("nothing of ours")
    for command in ("publish", "doctor"):
        code, printed = called(capsys, command)
        assert (code, f"{key}: is no unencrypted PEM key; restore it from the backup." in printed) == (1, True), printed
    assert key.read_text() == "nothing of ours"


def test_taken_port_is_told_before_anything_is_served(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        environment = Environment(home=folder, port=taken.getsockname()[1])
        with pytest.raises(CannotGoOn, match=r"Address already in use.*choose another port"):
            server.must_be_free(environment)
    server.must_be_free(environment)


def test_address_of_another_machine_is_told(folder: Path) -> None:
    with pytest.raises(CannotGoOn, match="cannot be listened on"):
        server.must_be_free(Environment(home=folder, host="203.0.113.7"))


def in_a_process(words: list[str], **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tadamun.config.commandline", *words],
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT / "src"), **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.pure
@pytest.mark.parametrize("words", [["init"], ["publish"], ["run"], ["export", "x"], ["import", str(EXAMPLE)]])
def test_database_that_is_down_is_told_without_its_password(words: list[str], tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    down = "postgresql://someone:hidden-word@127.0.0.1:1/tadamun"
    done = in_a_process(words, TADAMUN_HOME=str(tmp_path), DATABASE_URL=down)
    assert done.returncode == 1
    assert "Start it, or mend DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
    assert "hidden-word" not in done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.pure
def test_database_that_is_damaged_or_not_made_yet_is_told(tmp_path: Path) -> None:
    home = {"TADAMUN_HOME": str(tmp_path)}
    done = in_a_process(["export", "x"], **home)
    assert (done.returncode, done.stderr.strip().endswith("Run: tadamun init")) == (1, True), done.stderr
    (tmp_path / "tadamun.sqlite3").write_bytes(b"no database " * 1000)
    done = in_a_process(["publish"], **home)
    assert (done.returncode, "restore it from a backup" in done.stderr) == (1, True), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.pure
@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"TADAMUN_HOME": "/dev/null/home"}, "TADAMUN_HOME: "),
        ({"TADAMUN_HOME": str(HOME), "PORT": "many"}, "a whole number from 1 to 65535"),
        ({"TADAMUN_HOME": str(HOME), "TADAMUN_LANGUAGES": "en,xx"}, "“xx” is none that we know"),
        ({"TADAMUN_HOME": str(HOME), "TADAMUN_LANGAUGES": "en"}, "TADAMUN_LANGAUGES: there is no such setting"),
    ],
)
def test_wrong_setting_is_told_before_anything_starts(settings: dict[str, str], says: str) -> None:
    done = in_a_process(["init"], **settings)
    assert (done.returncode, says in done.stderr, "Traceback" in done.stderr) == (2, True, False), done.stderr


def test_home_under_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotGoOn, match="set TADAMUN_HOME"):
        installation.prepare(Environment(home=tmp_path / "file" / "home"))
