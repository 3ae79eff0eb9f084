"""tadamun mirror: hold a verified copy of somebody's site."""

import argparse
from pathlib import Path

from tadamun.config.environment import Environment
from tadamun.config.outcome import CannotGoOn, Outcome
from tadamun.config.progress import shown
from tadamun.publish.bundle.errors import BundleError
from tadamun.publish.bundle.mirror import mirror

SENTENCE = "Copy a published site, checking its signature first; later calls fetch only what changed."


def arguments(parser: argparse.ArgumentParser) -> None:
    """From where, to where, whose key is expected."""
    parser.add_argument("url", metavar="URL")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--key", metavar="FINGERPRINT", help="refuse any other signer than this one")


def carry_out(arguments: argparse.Namespace, environment: Environment) -> Outcome:
    """Mirror the site.

    :raises CannotGoOn: when it cannot be fetched or kept, is not signed as expected, or is older than the copy.
    """
    if arguments.folder.exists() and not arguments.folder.is_dir():
        raise CannotGoOn(f"{arguments.folder} is a file; name a folder to keep the copy in.")
    with shown("Fetching") as progress:
        try:
            mirrored = mirror(
                url=arguments.url, directory=arguments.folder, expected_key=arguments.key, progress=progress
            )
        except BundleError as error:
            raise CannotGoOn(f"{error}\nThe copy as it was still stands.") from error
    return Outcome(
        sentence=f"Mirrored: {mirrored.fetched} files fetched, {mirrored.kept} kept, {mirrored.removed} removed.",
        facts={"fetched": mirrored.fetched, "kept": mirrored.kept, "removed": mirrored.removed},
    )
