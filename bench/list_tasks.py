"""What `handing_out` measures, each in a process of its own. Needs Django to be set up."""

import csv
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from bench import list_house
from bench.handing_out import LIST, ROSTER
from bench.list_house import PASSPHRASE, entry_of
from tadamun.organise.network.models import Account
from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.services import approvals, entries, exporting
from tadamun.organise.safety.services import members
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.safety.services.openings import Keyring
from tadamun.organise.safety.vault.sealing import open_sealed
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit import clock
from tadamun.toolkit.sheets.locking import locked_zip
from tadamun.toolkit.sheets.writing import WRITERS

Found = dict[str, Any]


class Watch:
    """Runs from when it is made: on the wall, and of this process alone."""

    def __init__(self) -> None:
        self._wall, self._own = time.perf_counter(), time.process_time()

    def read(self) -> Found:
        """How long it has run, in seconds."""
        return {"seconds": time.perf_counter() - self._wall, "processor": time.process_time() - self._own}


def make() -> Found:
    """The house, with Layla's vault open: opening it takes more memory than all that follows, so it is done here."""
    list_house.make(roster=ROSTER, long=LIST)
    layla = Account.objects.get(email="layla@example.org")
    return {"cookie": members.unlock(member=layla.subject, passphrase=PASSPHRASE, now=clock.now())}


def page() -> Found:
    """Search the roster for one person through its page."""
    layla, cookie, admission = _layla("roster")
    settings.ALLOWED_HOSTS.append("testserver")
    client = Client()
    client.force_login(layla)
    client.cookies[settings.UNLOCK_COOKIE_NAME] = cookie
    address = f"/desk/activities/{admission.activity.uid}/people/roster/"
    client.get(address)
    watch = Watch()
    answer = client.post(address, {"why": "contact", "q": f"فاطمه {ROSTER // 2 + 1}"})
    took = watch.read()
    text = answer.content.decode()
    if answer.status_code != 200 or f"فاطمة الزهراء {ROSTER // 2 + 1}" not in text:
        raise SystemExit(f"The page did not find her: {answer.status_code}")
    return took


def opened() -> Found:
    """The same envelopes, opened one after the other."""
    layla, cookie, admission = _layla("roster")
    pair = _keyring(layla, cookie).reach(admission.key_subject)
    envelopes = list(Registration.objects.filter(admission=admission).values_list("uid", "sealed"))
    watch = Watch()
    for uid, sealed in envelopes:
        entries.read(open_sealed(pair, bytes(sealed), context=entries.context_of(admission.activity.uid, uid)))
    return watch.read()


def plain() -> Found:
    """The same cells written by the standard library, nowhere opened and to nowhere."""
    watch = Watch()
    with Path(os.devnull).open("w", encoding="utf-8", newline="") as nowhere:
        writer = csv.writer(nowhere)
        for number in range(1, LIST + 1):
            entry = entry_of(number)
            cells = [number, f"{number:08}", "has a place", entry.name, entry.contact, 0, "", "ar", "woman", entry.note]
            writer.writerow([*cells, "", "", "", 1])
    return watch.read()


def handed(kind: str) -> Found:
    """A list that a second member agreed to, from asking for it to its last locked byte."""
    layla, cookie, admission = _layla("long")
    rana = type(layla).objects.get(email="rana@example.org")
    given: dict[str, Any] = {"admission": admission, "now": clock.now()}
    actor, why = Actor("Layla", layla.pk), OpeningReason.EXPORT
    asked = approvals.ask(actor=actor, member=layla, why=why, people=LIST, **given)
    approvals.answer(actor=Actor("Rana", rana.pk), member=rana, uid=asked.uid, approved=True, **given)
    watch = Watch()
    listed = exporting.hand_out(
        actor=actor, keyring=_keyring(layla, cookie), why=why, language="ar", factor_shown_at=given["now"], **given
    )
    if listed.lock is None or listed.people != LIST:
        raise SystemExit("The list is not the one that was meant.")
    sheet = WRITERS[kind][1](listed.rows, right_to_left=True, remark=listed.lock.remark)
    for _piece in locked_zip(sheet, name=f"people.{kind}", password=listed.lock.password):
        pass
    return watch.read()


def _layla(slug: str) -> tuple[Account, str, Admission]:
    """Layla's account, the cookie of her open vault, and the admission of the activity."""
    layla = Account.objects.get(email="layla@example.org")
    return (
        layla,
        os.environ["BENCH_COOKIE"],
        Admission.objects.select_related("activity__week").get(activity__slug=slug),
    )


def _keyring(layla: Account, cookie: str) -> Keyring:
    keyring = members.unlocked(cookie, member=layla.subject, now=clock.now())
    if keyring is None:
        raise SystemExit("The vault did not open.")
    return keyring


TASKS: dict[str, Callable[[], Found]] = {
    "make": make,
    "opened": opened,
    "page": page,
    "plain": plain,
    "csv": lambda: handed("csv"),
    "xlsx": lambda: handed("xlsx"),
}
