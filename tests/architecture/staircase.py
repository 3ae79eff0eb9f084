"""The staircase, read from `.importlinter` so that it is written down once."""

import configparser
from functools import cache

from tests.architecture.project import ROOT


def _layers(contract: str) -> list[list[str]]:
    file = configparser.ConfigParser(interpolation=None)
    file.read(ROOT / ".importlinter", encoding="utf-8")
    lines = file[f"importlinter:contract:{contract}"]["layers"].split("\n")
    return [[name.strip(" ()") for name in line.replace(":", "|").split("|")] for line in lines if line.strip()]


@cache
def steps() -> dict[str, int]:
    """Each package or app with its step; the higher the number, the higher it stands."""
    order: list[list[str]] = []
    for layer in _layers("staircase"):
        if layer == ["organise"]:
            order += [[f"organise.{app}" for app in inner] for inner in _layers("organise")]
        else:
            order.append(layer)
    return {name: height for height, layer in enumerate(reversed(order)) for name in layer}


def may_use(user: str, used: str) -> bool:
    """Whether ``user`` may depend on ``used``: on itself and on what stands on a lower step."""
    return user == used or steps()[user] > steps()[used]
