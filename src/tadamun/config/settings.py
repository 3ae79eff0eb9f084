"""Django's settings, straight from the environment. Nothing else reads the environment."""

from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

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
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "tadamun.toolkit",
    "tadamun.organise.safety",
    "tadamun.organise.network",
    "tadamun.organise.programme",
    "tadamun.organise.archive",
    "tadamun.organise.planning",
    "tadamun.organise.people",
    "tadamun.organise.volunteers",
    "tadamun.organise.field",
    "tadamun.organise.press",
    "tadamun.desk",
    "tadamun.config",
]
MIDDLEWARE = [
    "tadamun.toolkit.headers.strict_headers",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "tadamun.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tadamun.toolkit.frame.frame",
            ]
        },
    }
]
FORM_RENDERER = "tadamun.toolkit.forms.DeskRenderer"
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tadamun.toolkit.assets.AssetStorage"},
}
DESK_MENU = [
    ("desk", _("Today")),
    ("world", _("Directory")),
    ("data_held", _("What is still held")),
    ("account", _("Account")),
]
QUICK_EXIT = "https://www.wikipedia.org/"

DATABASES = ENVIRONMENT.databases()
AUTH_USER_MODEL = "network.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_ADAPTER = "tadamun.organise.network.services.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"


def _share(tries: int, *, least: int = 3) -> int:
    return max(tries // ENVIRONMENT.processes, least)


# Counted in the memory of each process (the cache is never on disk), hence shared out among processes.
ACCOUNT_RATE_LIMITS = {
    "login_failed": f"{_share(60)}/m/ip,{_share(10)}/15m/key,{_share(100)}/d/key",
    "reset_password": f"{_share(20)}/m/ip,{_share(4, least=1)}/h/key",
    "recover": f"{_share(10)}/m/ip,{_share(20)}/h/key",
}
MFA_ADAPTER = "tadamun.organise.network.services.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
# A session ends with the browser, or after two hours in which nothing was done.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 2 * 3600
CSRF_COOKIE_AGE, CSRF_COOKIE_HTTPONLY = None, True
_HOST = "__Host-" if ENVIRONMENT.secure_transport else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, UNLOCK_COOKIE_NAME = (
    f"{_HOST}tadamun-session",
    f"{_HOST}tadamun-form",
    f"{_HOST}tadamun-unlock",
)
LANGUAGE_COOKIE_NAME = "tadamun-language"
LANGUAGE_COOKIE_SAMESITE, LANGUAGE_COOKIE_HTTPONLY = "Lax", True
LANGUAGE_COOKIE_SECURE = ENVIRONMENT.secure_transport

LANGUAGE_CODE = "en"
LANGUAGES = [(code, code) for code in ENVIRONMENT.languages]
LOCALE_PATHS = [ENVIRONMENT.locale_folder]
USE_TZ = True
TIME_ZONE = "UTC"

OPENINGS_PER_HOUR = ENVIRONMENT.openings_per_hour
EXPORT_APPROVAL_ABOVE = ENVIRONMENT.export_approval_above
TEXT_GATEWAY = ENVIRONMENT.text_gateway
TEXT_GATEWAY_TOKEN = ENVIRONMENT.text_gateway_token
MAILS = bool(ENVIRONMENT.mail_url)
globals().update(ENVIRONMENT.mail())

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
