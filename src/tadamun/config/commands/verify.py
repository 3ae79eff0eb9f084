"""tadamun verify: is this copy of a site whole and signed?"""

import argparse
from pathlib import Path

from tadamun.config.environment import Environment
from tadamun.config.outcome import CannotGoOn, Outcome
from tadamun.publish.bundle.paths import MANIFEST
from tadamun.publish.bundle.trees import CURRENT
from tadamun.publish.bundle.verifying import verify

SENTENCE = "Check a bundle or a mirror of one: what was changed, added or lost, and who signed it."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which folder, and whose key is expected."""
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--key", metavar="FINGERPRINT", help="refuse any other signer than this one")


def carry_out(arguments: argparse.Namespace, environment: Environment) -> Outcome:
    """Verify the folder.

    :raises CannotGoOn: when there is no bundle to check.
    """
    if not arguments.folder.is_dir():
        raise CannotGoOn(f"{arguments.folder} is not a folder. Name the folder that holds manifest.json.")
    verdict = verify(_site_in(arguments.folder), expected_key=arguments.key)
    lines = [
        *([verdict.problem] if verdict.problem else []),
        *(f"changed: {path}" for path in verdict.changed),
        *(f"added:   {path}" for path in verdict.added),
        *(f"lost:    {path}" for path in verdict.lost),
        f"signature: {verdict.signature}, by {verdict.key or 'nobody known'}, of {verdict.published_at or 'no date'}",
        "Sound." if verdict.sound else "NOT SOUND: do not trust or pass on this copy.",
    ]
    return Outcome(
        sentence="\n".join(lines),
        facts={
            "sound": verdict.sound,
            "changed": list(verdict.changed),
            "added": list(verdict.added),
            "lost": list(verdict.lost),
            "signature": verdict.signature,
            "key": verdict.key,
            "problem": verdict.problem,
        },
        good=verdict.sound,
    )


def _site_in(folder: Path) -> Path:
    """The folder that is served: the one that was named, or in a mirror or a bundle the edition that stands there."""
    standing = folder / CURRENT
    return standing if not (folder / MANIFEST).exists() and (standing / MANIFEST).exists() else folder
