"""What one of several server processes lets through. Says as JSON how many tries of each kind were let through.

Run as a program it is told how many processes there are, and how many times each thing is tried. It needs no database.
"""

import json
import os
import sys

import django
from django.test import RequestFactory

if __name__ == "__main__":
    os.environ |= {"TADAMUN_PROCESSES": sys.argv[1], "DATABASE_URL": "postgresql://nobody@127.0.0.1/nothing"}
    django.setup()

from allauth.core import ratelimit

from tadamun.organise.people.services import floods
from tadamun.toolkit import clock

MODULE = "tests.organise.people.two_processes"
ACTIVITY = "an activity"


def let_through(times: int) -> dict[str, int]:
    """Try everything so often, from one network."""
    request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.7")
    found = dict.fromkeys(("sign-ups of a network", "sign-ups at once", "passphrases", "resets", "accounts"), 0)
    for number in range(times):
        flood = {"trapped": False, "now": clock.now(), "activity": ACTIVITY}
        found["sign-ups of a network"] += not floods.is_suspicious(capacity=None, network="one", **flood)
        flood["activity"] = "another"
        found["sign-ups at once"] += not floods.is_suspicious(capacity=40, network=None, **flood)
        ours = {"passphrases": ("login_failed", "layla"), "resets": ("reset_password", "layla")}
        # From as many networks as there are tries: who guesses one account has them.
        request.META["REMOTE_ADDR"] = f"198.51.{number}.7"
        for what, (action, key) in ours.items():
            found[what] += bool(ratelimit.consume(request, action=action, key=key))
        request.META["REMOTE_ADDR"] = "203.0.113.7"
        found["accounts"] += bool(ratelimit.consume(request, action="login_failed", key=f"member {number}"))
    return found


if __name__ == "__main__":
    print(json.dumps(let_through(int(sys.argv[2]))))
