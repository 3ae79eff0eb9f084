"""Every refusal of the vault is a sentence that can be translated and names its remedy."""

import ast
import re
from pathlib import Path

import pytest

from tadamun.organise.safety import vault
from tadamun.organise.safety.vault import errors

FOLDER = Path(vault.__file__).parent
KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.VaultError)]


@pytest.mark.parametrize("kind", KINDS)
def test_sentence_is_filled_in_from_the_details(kind: type[errors.VaultError]) -> None:
    names = re.findall(r"%\((\w+)\)s", kind.sentence)
    error = kind(**dict.fromkeys(names, "7"))
    assert str(error) == kind.sentence % error.details
    assert str(error).endswith(".")
    assert "%" not in str(error)


def test_sentences_are_told_apart() -> None:
    assert len({kind.sentence for kind in KINDS}) == len(KINDS)


def test_vault_knows_no_web_framework_and_nothing_else_of_the_product() -> None:
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert not name.startswith("django"), path.name
                assert not name.startswith("tadamun") or name.startswith("tadamun.organise.safety.vault"), path.name
