"""One file of settings, driven by the environment; the defaults are the embedded way to run."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

import dj_database_url

from config import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("KUAIXUN_VAR", str(BASE_DIR / "var" / "run"))).absolute()
DEBUG = env.switch("KUAIXUN_DEBUG", False)


def _secret_key() -> str:
    """From SECRET_KEY, else made once for this machine and kept beside the database."""
    given = env.text("SECRET_KEY")
    if given:
        return given
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_once(path, secrets.token_urlsafe(50))
    return path.read_text(encoding="utf-8")


def _write_once(path: Path, text: str) -> None:
    """Whole or not at all: web, worker and beat start together, and whoever comes first decides."""
    with NamedTemporaryFile("w", dir=path.parent, encoding="utf-8") as own:  # made with mode 0600
        own.write(text)
        own.flush()
        with suppress(FileExistsError):
            os.link(own.name, path)


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost")
BASE_URL = env.text("KUAIXUN_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "config.staff.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "import_export",
    "simple_history",
    "notices",
    "subscribers",
    "alerts",
    "pages",
    "tasks",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "notices.vocabulary.fresh_words",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

# The admin's own templates first and by app only, so that templates/ can never shadow them.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "alerts.rendering.environment"},
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'kuaixun.sqlite3'}",
        conn_max_age=60,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: 4 writers had 0 "database is locked" with it and 48 % without (docs/decisions/0002).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000; "
        "PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000",
    }
else:
    # Django puts None here, with which psycopg prepares nothing, not even what asks for it (alerts.dialect).
    # Django's own cursors never prepare.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("prepare_threshold", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MANIFEST_STRICT = False

LOGIN_URL = "admin:login"
_BEHIND_TLS = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _BEHIND_TLS
# Only where a proxy speaks TLS for us: elsewhere anyone could send the header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _BEHIND_TLS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _BEHIND_TLS else 0

REDIS_URL = env.text("REDIS_URL")

# ── intake ────────────────────────────────────────────────────────────────────────────────
INTAKE_CONTACT = env.text("INTAKE_CONTACT", BASE_URL)
INTAKE_ALLOW_NETS = env.words("INTAKE_ALLOW_NETS")
# Ports beside 80 and 443 that sources may name, as 8080,8081.
INTAKE_ALLOW_PORTS = env.words("INTAKE_ALLOW_PORTS")
INTAKE_HOST_GAP = env.number("INTAKE_HOST_GAP", 2.0)
# 80=127.0.0.1:8080,443=127.0.0.1:8443 sends every connection to that port elsewhere (as curl --connect-to).
INTAKE_CONNECT_TO = env.words("INTAKE_CONNECT_TO")
INTAKE_CA_FILE = env.text("INTAKE_CA_FILE")
# A RSSHub of one's own, for sources whose address begins with rsshub:/.
RSSHUB_BASE = env.text("RSSHUB_BASE").rstrip("/")

# ── mail ──────────────────────────────────────────────────────────────────────────────────
SMTP_URL = env.text("SMTP_URL", "smtp://127.0.0.1:1025")
MAIL_FROM = env.text("MAIL_FROM", "快讯 <kuaixun@localhost>")

# Where mails that cannot be delivered come back to, as bounce@example.cn: each mail has a return path made of
# it (bounce+17-4f…@example.cn). Empty where the relay wants MAIL_FROM alone: they come back to that then.
BOUNCE_ADDRESS = env.text("BOUNCE_ADDRESS")
# The Maildir that those mails land in, emptied every few minutes; else pipe them to manage.py take-bounce.
BOUNCE_MAILDIR = env.text("BOUNCE_MAILDIR")

# Messages a second by channel and by mail domain; what is not named has no pace. Relays in China take 20 to
# 28 a second, WeChat 20 without trouble; QQ and NetEase tell nobody, and one a second is advised to a domain.
PACE = env.words("PACE", "email=20,wechat=20,qq.com=1,foxmail.com=1,163.com=1,126.com=1,yeah.net=1")

# Who is told of troubles with sources and of overdue work; without it, staff logins with an e-mail address.
STAFF_MAIL = env.words("STAFF_MAIL")

# ── WeChat ────────────────────────────────────────────────────────────────────────────────
WECHAT_APPID = env.text("WECHAT_APPID")
WECHAT_SECRET = env.text("WECHAT_SECRET")
WECHAT_API_BASE = env.text("WECHAT_API_BASE", "https://api.weixin.qq.com").rstrip("/")
# 服务器配置 of the account: its Token; its EncodingAESKey (安全模式), and the one before while it changes.
WECHAT_TOKEN = env.text("WECHAT_TOKEN")
WECHAT_AES_KEYS = env.words("WECHAT_AES_KEYS")
# A JSON file that maps our slots to the fields of approved templates; empty: the development one.
WECHAT_TEMPLATES = env.text("WECHAT_TEMPLATES")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
}
