"""Django's settings, straight from the environment. Nothing else reads the environment."""

from urllib.parse import urlsplit

from tadamun.config.environment import Environment
from tadamun.config.keys import secret_key

ENVIRONMENT = Environment.read()
HOME = ENVIRONMENT.home

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key or secret_key(HOME)
ALLOWED_HOSTS = [
    *ENVIRONMENT.allowed_hosts,
    *(urlsplit(url).netloc.partition(":")[0] for url in (ENVIRONMENT.base_url, ENVIRONMENT.onion_url) if url),
]
CSRF_TRUSTED_ORIGINS = [url for url in (ENVIRONMENT.base_url, ENVIRONMENT.onion_url) if url]
CSRF_FAILURE_VIEW = "tadamun.config.errors.not_from_here"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "tadamun.organise.safety",
    "tadamun.organise.network",
    "tadamun.organise.programme",
    "tadamun.organise.archive",
    "tadamun.config",
]
MIDDLEWARE = [
    "tadamun.toolkit.headers.strict_headers",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "tadamun.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

DATABASES = ENVIRONMENT.databases()
AUTH_USER_MODEL = "network.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

LANGUAGE_CODE = "en"
LANGUAGES = [(code, code) for code in ENVIRONMENT.languages]
LOCALE_PATHS = [ENVIRONMENT.locale_folder]
USE_TZ = True
TIME_ZONE = "UTC"

OPENINGS_PER_HOUR = ENVIRONMENT.openings_per_hour

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.secure_transport else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.secure_transport
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.secure_transport
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

# Nothing about a reader is written down: no address, agent, referrer or query.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "CRITICAL"}, "django.security": {"level": "CRITICAL"}},
}
