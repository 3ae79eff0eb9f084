"""The whole installation as one WSGI application: for Granian, or for any other server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tadamun.config.settings")
private_side = get_wsgi_application()

from tadamun.config import housekeeping  # noqa: E402  the apps must be ready
from tadamun.config.server import outermost  # noqa: E402  for the same reason
from tadamun.config.settings import ENVIRONMENT  # noqa: E402  settings can be read only now

application = outermost(ENVIRONMENT, private_side)
housekeeping.start(ENVIRONMENT)
