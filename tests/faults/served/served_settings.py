"""The product's settings for a server that is to be killed: the test's database, and a guard taken out when asked."""

import os

from tadamun.config.settings import *  # noqa: F403  the product's settings are the point
from tadamun.config.settings import DATABASES, INSTALLED_APPS

DATABASES["default"]["NAME"] = os.environ["FAULTS_DATABASE"]
if os.environ.get("FAULTS_WEAKENED"):
    INSTALLED_APPS = [*INSTALLED_APPS, "weakened.Weakened"]
