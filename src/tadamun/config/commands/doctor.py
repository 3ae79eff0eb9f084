"""tadamun doctor: is this installation well, and what would make it better?"""

import argparse

from tadamun.config import diagnosis
from tadamun.config.environment import Environment, described
from tadamun.config.outcome import Outcome

SENTENCE = "Examine the installation and say what to mend."


def arguments(parser: argparse.ArgumentParser) -> None:
    """What else to print."""
    parser.add_argument("--settings", action="store_true", help="print the page of all settings instead")


def carry_out(arguments: argparse.Namespace, environment: Environment) -> Outcome:
    """Examine everything; the outcome is bad when something must be mended."""
    if arguments.settings:
        return Outcome(sentence=described().rstrip("\n"))
    findings = diagnosis.examine(environment)
    lines = [f"{'ok  ' if finding.well else 'MEND'}  {finding.subject}: {finding.says}" for finding in findings]
    return Outcome(
        sentence="\n".join(lines),
        facts={finding.subject: {"well": finding.well, "says": finding.says} for finding in findings},
        good=all(finding.well for finding in findings),
    )
