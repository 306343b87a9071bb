"""Everything that an installation may choose, read from the environment or .env (`make run` writes one)."""

import django.conf.locale
from django.utils.translation import gettext_lazy as _

from portal import content_policy, layers, logs, publishing
from portal.databases import databases
from portal.environment import (
    BASE_DIR,
    cache,
    document_signing,
    env,
    folder,
    origin,
    parsed,
    secret,
    whole_number,
)
from portal.queues import ORDINARY, ROUTES, each_once, queues
from portal.schedule import SCHEDULE
from portal.shelves import shelf

# Who may reach us
DEBUG = env.bool("DEBUG", False)
TRIED_OUT = DEBUG  # no installation for people: portal.safety asks nothing of it
SECRET_KEY = secret("SECRET_KEY")
BASE_URL = origin("BASE_URL", env.str("BASE_URL", "http://localhost:8000"))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = [
    origin("CSRF_TRUSTED_ORIGINS", text) for text in env.list("CSRF_TRUSTED_ORIGINS", default=[BASE_URL])
]

# Keys: two keysets seal numbers and find them; one key each signs certificates, tokens of machines, the trail
VAULT_KEYSET = secret("VAULT_KEYSET")
VAULT_INDEX_KEYSET = secret("VAULT_INDEX_KEYSET")
CERTIFICATE_KEY = secret("CERTIFICATE_KEY")
API_KEY = secret("API_KEY")
TRAIL_KEY = secret("TRAIL_KEY")

INSTALLED_APPS = layers.APPS
MIDDLEWARE = layers.MIDDLEWARE + ([layers.OWN_PAGE] if DEBUG else [])
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.frame",
            ],
            # cached in development too: the watcher of runserver resets it, and figures stay comparable
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]
FORM_RENDERER = "portal.forms.PortalRenderer"

# Where things are kept
VAR_DIR = folder("VAR_DIR", BASE_DIR / "var")
# an authority of the project's own signs papers where it is tried out; `manage.py make_trial_authority`
TRIAL_AUTHORITY = VAR_DIR / "authority" if DEBUG else None
DOCUMENT_SIGNING = document_signing(TRIAL_AUTHORITY)
DATABASES = databases(VAR_DIR)
DATABASE_ROUTERS = ["portal.databases.Router"]
# 10,000 entries: with Django's 300 a busy minute would forget who tried how often
# "process" is each process's own: facts that are the same for everyone and may be a minute old
CACHES = {
    "default": cache("CACHE_URL", "dbcache://cache?max_entries=10000"),
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process"},
}
# files of residents: no address leads here, accounts.files.store seals and opens them
FILES_DIR = folder("FILES_DIR", VAR_DIR / "files")
FILE_UPLOAD_HANDLERS = ["accounts.files.uploading.BoundedUploads"]
# files that staff import: sealed, until the import ends; all web servers and workers share the folder
INTAKE_DIR = folder("INTAKE_DIR", VAR_DIR / "intake")
# letters of bulk issue for the letter shop: sealed, for thirty days; all web servers and workers share it
LETTERS_DIR = folder("LETTERS_DIR", VAR_DIR / "letters")
IMPORT_MOST_BYTES = whole_number("IMPORT_MOST_BYTES", 1024**3)
STATIC_URL = "static/"
STATIC_ROOT = folder("STATIC_DIR", BASE_DIR / "staticfiles")  # made, for whitenoise warns where it is missing
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MIMETYPES = {".svg": "image/svg+xml; charset=utf-8"}
STORAGES = {
    "files": shelf(FILES_DIR),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# which of a Patient's identifiers is the individual number; JP Core names none
FHIR_NUMBER_SYSTEM = env.str("FHIR_NUMBER_SYSTEM", "") or "https://tsunagari.example/fhir/individual-number"

# Background work: messages are hints, the state is in the database, a sweep repeats what got lost
CELERY_BROKER_URL = env.str("BROKER_URL", f"sqla+sqlite:///{VAR_DIR / 'broker.sqlite3'}")
CELERY_BROKER_TRANSPORT_OPTIONS = publishing.transport(CELERY_BROKER_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker however long that is away
CELERY_BROKER_CONNECTION_TIMEOUT = publishing.CONNECTING
# once: a connection of before the broker's restart fails, the next one does not
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 4
CELERY_TIMEZONE = "Asia/Tokyo"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat")
CELERY_BEAT_SCHEDULE = each_once(SCHEDULE)
CELERY_TASK_QUEUES = queues()
CELERY_TASK_DEFAULT_QUEUE = ORDINARY
CELERY_TASK_ROUTES = ROUTES
ALIVE_FILE = env.str("ALIVE_FILE", "")

# Who people are
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.weak_passwords.NoWordOfOurs"},
    {"NAME": "accounts.weak_passwords.NotOfCommonPieces"},
    {"NAME": "accounts.weak_passwords.NotLeaked"},
]
# a sorted file of SHA-1 digests of leaked passwords, a line each; none is asked where it is empty
LEAKED_PASSWORDS = env.str("LEAKED_PASSWORDS", "")
# host:port of a clamd, which is asked about each file that somebody hands in; none where it is empty
VIRUS_SCANNER = env.str("VIRUS_SCANNER", "")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedSignup"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = PASSWORD_RESET_TIMEOUT = 10 * 60
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
# addresses, passwords and keys are changed by whoever proved a moment ago who they are
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
# limits count by the address that the outermost of so many proxies saw; without it everybody would be one
ALLAUTH_TRUSTED_PROXY_COUNT = whole_number("TRUSTED_PROXY_COUNT", 0 if DEBUG else 1)
MFA_ADAPTER = "accounts.mfa.SealedFactors"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_TOTP_ISSUER = "Tsunagari"
# the sample's staff come in by password, so that the portal can be tried
STAFF_PASSKEY_REQUIRED = env.bool("STAFF_PASSKEY_REQUIRED", not DEBUG)
# the My Number card, by OpenID Connect; without an issuer nothing of it is shown
OIDC_ISSUER, OIDC_CLIENT_ID = env.str("OIDC_ISSUER", ""), env.str("OIDC_CLIENT_ID", "")
OIDC_CLIENT_KEY = env.str("OIDC_CLIENT_KEY", "")
OIDC_ACR = env.list("OIDC_ACR", default=[])
# hosts beside the issuer's own on which the provider may have its addresses
OIDC_HOSTS = env.list("OIDC_HOSTS", default=[])
OIDC_WITHOUT_TLS = DEBUG

# What people are told: notices know nobody, this says who receives them and how they are reached
NOTICE_RECIPIENTS = "accounts.recipients.reachable"
# seconds after which a delivery's worker counts as lost: longer than the slowest mail server may take
NOTICE_STUCK_AFTER = whole_number("NOTICE_STUCK_AFTER", 120)
# channels whose providers report what arrived; and after how many seconds their silence is a failure
NOTICE_REPORTED = env.list("NOTICE_REPORTED", default=[])
NOTICE_SILENCE_AFTER = whole_number("NOTICE_SILENCE_AFTER", 4 * 3600)
NOTICE_REPORT_KEY = env.str("NOTICE_REPORT_KEY", "")
# text messages: the address of the provider's API, or a folder for trying out
SMS_URL = env.str("SMS_URL", "") or f"file://{VAR_DIR / 'sms'}"
SMS_KEY = env.str("SMS_KEY", "")
# web push, only with a key (a private P-256 JWK); a browser's service is asked only where it is one of these
PUSH_KEY = env.str("PUSH_KEY", "")
PUSH_SERVICES = env.list(
    "PUSH_SERVICES",
    default=[
        "https://fcm.googleapis.com",
        "https://updates.push.services.mozilla.com",
        "https://web.push.apple.com",
        ".notify.windows.com",
    ],
)
EMAIL_CONFIG = parsed("EMAIL_URL", "filemail://", "email_url")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "notice@tsunagari.example")
SUPPORT_PHONE = env.str("SUPPORT_PHONE", "0120-000-000")
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "")  # mailto: or https:, for who found a hole
CORRECTION_ADDRESS = env.str("CORRECTION_ADDRESS", "")  # where a formal request for correction goes

# Languages and clocks: day boundaries are Japan's
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"
LANGUAGE_CODE = "ja"
EASY_JAPANESE = {
    "bidi": False,
    "code": "ja-x-easy",
    "name": "Easy Japanese",
    "name_local": "やさしい にほんご",
}
django.conf.locale.LANG_INFO["ja-x-easy"] = EASY_JAPANESE
LANGUAGES = [
    ("ja", _("Japanese")),
    ("ja-x-easy", _("Easy Japanese")),
    ("en", _("English")),
    ("zh-hans", _("Chinese, simplified")),
    ("zh-hant", _("Chinese, traditional")),
    ("ko", _("Korean")),
    ("vi", _("Vietnamese")),
    ("pt-br", _("Portuguese")),
    ("es", _("Spanish")),
]
# begun: the frame and the sign-in speak them, other pages and mails the fallback (portal/languages.py)
STARTED_LANGUAGES = ["zh-hans", "zh-hant", "ko", "vi", "pt-br", "es"]
FALLBACK_LANGUAGE = "en"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]

LOGGING = logs.LOGGING

# Who watches: figures for whoever shows the token, traces to a collector; when people are asked to come again
METRICS_TOKEN, METRICS_PORT = env.str("METRICS_TOKEN", ""), whole_number("METRICS_PORT", 0)
TRACES_ENDPOINT, TRACES_SHARE = env.str("TRACES_ENDPOINT", ""), whole_number("TRACES_PERCENT", 5) / 100
QUEUE_SECONDS = whole_number("QUEUE_SECONDS", 10)

# What the browser is told
CONTENT_SECURITY_POLICY = content_policy.POLICY
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 15 * 60  # without a page opened; accounts.sessions also ends them after 12 hours
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.given_back.refused"
COOKIE_PREFIX = "" if DEBUG else "__Host-"  # which a browser takes from this very host over TLS only
MESSAGE_STORAGE = "portal.messages.Messages"
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = ["^api/"]  # machines are refused: portal.middleware.answer_machines
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    LANGUAGE_COOKIE_NAME, LANGUAGE_COOKIE_SECURE = "__Host-language", True
