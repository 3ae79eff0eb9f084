"""Firefox as it is installed, by its own wire (Marionette): no driver, no package and no Node between."""

import base64
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 20.0
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
SETTINGS = {
    "marionette.port": 0,
    # Only this machine is reached: everything else would go through a proxy that is not there.
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "browser.region.network.url": "",
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
    # A phone of its own in each container, and a camera that shows a drawing.
    "privacy.userContext.enabled": True,
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "browser.download.folderList": 2,
    "browser.download.useDownloadDir": True,
    "browser.download.always_ask_before_handling_new_types": False,
    "intl.accept_languages": "en-GB, en",
}

NEW_TAB = """
  const { gBrowser } = window;
  const tab = gBrowser.addTab("about:blank", { userContextId: given[0],
    triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal() });
  gBrowser.selectedTab = tab;
  for (const [name, size] of [["width", 360], ["height", 740]])
    for (const end of ["min-", "max-", ""]) tab.linkedBrowser.style.setProperty(end + name, `${size}px`, "important");
"""
CUT = """
  Services.io.offline = given[0];
  Services.prefs.setBoolPref("network.proxy.allow_hijacking_localhost", given[0]);
"""


class FirefoxError(Exception):
    """What Firefox refused, in its own words."""


class Firefox:
    """One Firefox; its tabs are told apart by their handles."""

    def __init__(self, wire: socket.socket, profile: Path) -> None:
        self.wire, self.profile, self.number, self.rest = wire, profile, 0, b""
        self._heard()
        told = self.asks("WebDriver:NewSession", capabilities={"alwaysMatch": {"acceptInsecureCerts": False}})
        self.version: str = told["capabilities"]["browserVersion"]
        self.home: str = self.asks("WebDriver:GetWindowHandle")

    def _heard(self) -> Any:
        while b":" not in self.rest:
            self.rest += self.wire.recv(65536)
        length, _, self.rest = self.rest.partition(b":")
        while len(self.rest) < int(length):
            self.rest += self.wire.recv(1 << 20)
        message, self.rest = self.rest[: int(length)], self.rest[int(length) :]
        return json.loads(message)

    def asks(self, command: str, **given: Any) -> Any:
        """Send one command and give back its answer.

        :raises FirefoxError: Firefox refuses it, or a script in the page failed
        """
        self.number += 1
        message = json.dumps([0, self.number, command, given]).encode()
        self.wire.sendall(b"%d:%s" % (len(message), message))
        _kind, _number, fault, told = self._heard()
        if fault is not None:
            raise FirefoxError(f"{command}: {fault['error']}: {fault['message']}")
        return told["value"] if isinstance(told, dict) and set(told) == {"value"} else told

    def runs(self, script: str, *given: Any, chrome: bool = False) -> Any:
        """The value of a function's body, which may wait; of the browser itself where ``chrome`` is set."""
        self.asks("Marionette:SetContext", value="chrome" if chrome else "content")
        try:
            body = f"const done = arguments[arguments.length - 1]; const given = Array.from(arguments).slice(0, -1);\
                (async () => {{ {script} }})().then((one) => done([one]), (error) => done(String(error)));"
            told = self.asks("WebDriver:ExecuteAsyncScript", script=body, args=list(given), scriptTimeout=60_000)
        finally:
            self.asks("Marionette:SetContext", value="content")
        if isinstance(told, str):
            raise FirefoxError(told)
        return told[0]

    def goes_to(self, handle: str) -> None:
        """Take this tab in hand; all that follows is about it."""
        self.asks("WebDriver:SwitchToWindow", handle=handle, focus=True)

    def new_window(self) -> str:
        """Take in hand a window that is seen whatever the others do; the handle of its tab."""
        handle: str = self.asks("WebDriver:NewWindow", type="window", focus=True)["handle"]
        self.goes_to(handle)
        return handle

    def closes(self, handle: str) -> None:
        """Close a tab, and take the first one of all in hand."""
        self.goes_to(handle)
        self.asks("WebDriver:CloseWindow")
        self.goes_to(self.home)

    def new_tab(self, container: int) -> str:
        """A tab of a phone's size whose storage is shared with the same container alone; its handle."""
        before = set(self.asks("WebDriver:GetWindowHandles"))
        self.runs(NEW_TAB, container, chrome=True)
        handle: str = until(lambda: next(iter(set(self.asks("WebDriver:GetWindowHandles")) - before), None))
        return handle

    def offline(self, so: bool = True) -> None:
        """Without any network, or with one again: not even this machine is reached."""
        self.runs(CUT, so, chrome=True)

    def picture(self) -> bytes:
        """What the page at hand looks like, as a PNG."""
        return base64.b64decode(self.asks("WebDriver:TakeScreenshot", full=False))


def until(look: Any, seconds: float = PATIENCE) -> Any:
    """What ``look()`` gives as soon as it gives something.

    :raises AssertionError: it did not within ``seconds``
    """
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < end, "It did not come in time."
        time.sleep(0.03)


@contextmanager
def started(path: str, profile: Path) -> Iterator[Firefox]:
    """A Firefox without a window, with a fresh profile in ``profile``, until the end of the block."""
    profile.mkdir(parents=True, exist_ok=True)
    settings = SETTINGS | {"browser.download.dir": str(profile)}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in settings.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    process = subprocess.Popen(
        [path, "--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", str(profile)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"HOME": str(profile), "MOZ_CRASHREPORTER_DISABLE": "1"},
    )
    try:
        written = profile / "MarionetteActivePort"
        port = int(until(lambda: written.exists() and written.read_text(), 60))
        with socket.create_connection(("127.0.0.1", port), timeout=90) as wire:
            yield Firefox(wire, profile)
    finally:
        process.terminate()
        process.wait(20)
