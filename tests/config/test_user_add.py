"""The first coordinator comes in by the command line: a link, never a passphrase."""

import json
from pathlib import Path

import pytest
from django.test import Client

from tadamun.config import commandline
from tadamun.config.commands import user_add
from tadamun.organise.network.models import Account, Organisation
from tadamun.organise.network.vocabulary import OrganisationKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TADAMUN_HOME", str(tmp_path))
    Organisation.objects.create(slug="forum", kind=OrganisationKind.FORUM, names={"en": "Forum"})
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = commandline.main(["user", "add", *words])
    printed = capsys.readouterr()
    return code, printed.out + printed.err


def test_it_prints_a_link_that_works(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, printed = run(capsys, "Layla@example.org", "--organisation", "forum", "--role", "coordinator", "--json")
    link = json.loads(printed)["link"]
    assert code == 0
    page = Client().get(link.partition("8000")[2])
    assert page.status_code == 200
    assert "Forum" in page.content.decode()
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nonsense"], "not an e-mail"),
        (["layla@example.org"], "--organisation"),
        (["layla@example.org", "--organisation", "forum"], "belong together"),
        (["layla@example.org", "--organisation", "none", "--role", "editor"], "Known: forum"),
        (["layla@example.org", "--may-see-names"], "--organisation"),
        (["layla@example.org", "--organisation", "forum", "--role", "editor", "--demo-passphrase"], "demo only"),
    ],
)
def test_a_mistake_is_told_with_its_remedy(
    home: Path, capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    code, printed = run(capsys, *words)
    assert code == 1
    assert says in printed
    assert not Account.objects.exists()


def test_the_published_passphrase_works_in_a_demo_only(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "demo").mkdir()
    words = ["rana@example.org", "--organisation", "forum", "--role", "editor", "--may-see-names", "--demo-passphrase"]
    assert run(capsys, *words)[0] == 0
    browser = Client()
    answer = browser.post("/desk/sign-in/", {"email": "rana@example.org", "passphrase": user_add.DEMO_PASSPHRASE})
    assert answer.status_code == 302
    assert browser.get("/desk/").status_code == 200


def test_who_has_an_account_gets_a_link_to_a_new_passphrase(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "demo").mkdir()
    run(capsys, "rana@example.org", "--organisation", "forum", "--role", "editor", "--demo-passphrase")
    _code, printed = run(capsys, "rana@example.org", "--json")
    link = json.loads(printed)["link"]
    assert "does not open the names" in Client().get(link.partition("8000")[2]).content.decode()
