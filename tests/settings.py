"""The product's settings with what tests need: a database of their own, a fast hasher, mail in memory."""

from tadamun.config.settings import *  # noqa: F403  the product's settings are the point
from tadamun.config.settings import DATABASES, HOME

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, because threads and processes of a test must meet in it, and because in memory there is no WAL.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
