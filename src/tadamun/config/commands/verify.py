"""tadamun verify: is this copy of a site whole and signed?"""

import argparse
from pathlib import Path

from tadamun.config.environment import Environment
from tadamun.config.outcome import CannotGoOn, Outcome
from tadamun.publish.bundle.errors import BundleError
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
    try:
        verdict = verify(arguments.folder, expected_key=arguments.key)
    except BundleError as error:
        raise CannotGoOn(str(error)) from error
    lines = [
        *(f"changed: {path}" for path in verdict.changed),
        *(f"added:   {path}" for path in verdict.added),
        *(f"lost:    {path}" for path in verdict.lost),
        f"signature: {verdict.signature}, key {verdict.key_fingerprint or 'unknown'}",
        "Sound." if verdict.sound else "NOT SOUND: do not trust or pass on this copy.",
    ]
    return Outcome(
        sentence="\n".join(lines),
        facts={
            "sound": verdict.sound,
            "changed": list(verdict.changed),
            "added": list(verdict.added),
            "lost": list(verdict.lost),
            "signature": str(verdict.signature),
            "key": verdict.key_fingerprint,
        },
        good=verdict.sound,
    )
