"""An installation that is set up wrongly says so in one sentence and does not start."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from portal import environment
from portal.celery import app
from portal.keys import fresh_secrets

PASSWORD = "hunter2hunter2"
NOTHING_LISTENS = f"postgres://portal:{PASSWORD}@127.0.0.1:1/portal"


pytestmark = pytest.mark.process


@pytest.fixture
def manage(tmp_path: Path):
    """Run manage.py in an environment of its own; a value of None takes a variable away."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    usable = {**kept, **fresh_secrets(), "READ_DOT_ENV": "0", "VAR_DIR": str(tmp_path / "var")}

    def run(*command: str, **changed: str | None) -> subprocess.CompletedProcess[str]:
        environ = {name: value for name, value in (usable | changed).items() if value is not None}
        return subprocess.run(
            [sys.executable, "-W", "error::UserWarning", "manage.py", *command],
            cwd=settings.BASE_DIR,
            env=environ,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


def assert_one_sentence(ended: subprocess.CompletedProcess[str], *words: str) -> None:
    """It failed, and said why in one line that names the setting and quotes no secret."""
    assert ended.returncode != 0
    lines = ended.stderr.strip().splitlines()
    assert len(lines) == 1, ended.stderr
    assert all(word in lines[0] for word in words), lines[0]
    assert PASSWORD not in ended.stderr


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "VAULT_KEYSET", "VAULT_INDEX_KEYSET", "CERTIFICATE_KEY", "API_KEY", "TRAIL_KEY"]
)
def test_a_missing_secret_is_named_with_what_to_do(manage, name) -> None:
    ended = manage("check", **{name: None})

    assert_one_sentence(ended, name, "is not set", "python -m portal.keys")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", f"postgres://portal:{PASSWORD}/half@db/portal"),
        ("CACHE_URL", f"nonsense://:{PASSWORD}@cache"),
        ("EMAIL_URL", f"pigeon://x:{PASSWORD}@mail"),
        ("NOTICE_STUCK_AFTER", "soon"),
        ("BASE_URL", PASSWORD),
        ("BASE_URL", ""),
        ("CSRF_TRUSTED_ORIGINS", f"https://portal.example,{PASSWORD}"),
        ("VAULT_KEYSET", PASSWORD),
        ("VAULT_INDEX_KEYSET", "{}"),
        ("CERTIFICATE_KEY", PASSWORD),
        ("CERTIFICATE_KEY", "{}"),
        ("API_KEY", PASSWORD),
        ("API_KEY", "{}"),
        ("TRAIL_KEY", PASSWORD),
        ("TRAIL_KEY", "{}"),
    ],
)
def test_a_value_that_cannot_be_read_is_named_and_not_quoted(manage, name, value) -> None:
    assert_one_sentence(manage("check", **{name: value}), name)


def test_a_database_that_is_not_there_is_named(manage) -> None:
    ended = manage("migrate", DATABASE_URL=NOTHING_LISTENS)

    assert_one_sentence(ended, "DATABASE_URL", "cannot use its database")


def test_a_database_of_a_kind_that_does_not_exist_is_refused(manage) -> None:
    ended = manage("check", DATABASE_URL=f"oldbase://portal:{PASSWORD}@db/portal")

    assert_one_sentence(ended, "oldbase")


def test_a_folder_that_cannot_be_made_is_named(manage, tmp_path) -> None:
    (tmp_path / "file").write_text("in the way")

    ended = manage("check", VAR_DIR=str(tmp_path / "file" / "var"))

    assert_one_sentence(ended, "VAR_DIR")


def test_folders_are_made_where_they_are_missing(manage, tmp_path) -> None:
    ended = manage("check", VAR_DIR=str(tmp_path / "a" / "b"))

    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "a" / "b").is_dir()


def test_an_installation_for_production_has_nothing_to_be_warned_of(manage) -> None:
    ended = manage(
        "check",
        "--deploy",
        "--fail-level",
        "INFO",
        BASE_URL="https://tsunagari.example",
        ALLOWED_HOSTS="tsunagari.example",
        EMAIL_URL=f"smtp+tls://portal:{PASSWORD}@mail:587",
        DEFAULT_FROM_EMAIL="notice@tsunagari.example",
        SUPPORT_PHONE="0120-111-111",
        DATABASE_URL=f"postgres://portal:{PASSWORD}@db/portal",
        CACHE_URL="rediscache://cache:6379/1",
        BROKER_URL="amqp://portal@broker//",
    )

    assert ended.returncode == 0, ended.stderr
    assert "no issues" in ended.stdout


SHOW = """
import json
from django.conf import settings
names = %r
print(json.dumps({name: getattr(settings, name, None) for name in names}, default=str))
"""


@pytest.fixture
def settings_with(manage):
    """What chosen settings are in an environment."""

    def read(*names: str, **changed: str) -> dict:
        ended = manage("shell", "--no-imports", "-c", SHOW % (names,), **changed)
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout)

    return read


def test_production_is_what_one_gets_without_saying_anything(settings_with) -> None:
    found = settings_with(
        "DEBUG",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "LANGUAGE_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SECURE_HSTS_SECONDS",
    )

    assert found["DEBUG"] is False
    assert all(value is True for name, value in found.items() if name.endswith(("SECURE", "REDIRECT")))
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert found["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600


@pytest.mark.parametrize(("debug", "trusted"), [("1", 0), ("0", 1)])
def test_behind_the_proxy_each_visitor_has_limits_of_their_own(settings_with, debug, trusted) -> None:
    found = settings_with("ALLAUTH_TRUSTED_PROXY_COUNT", DEBUG=debug)

    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == trusted


def test_sqlite_waits_instead_of_failing(settings_with) -> None:
    options = settings_with("DATABASES")["DATABASES"]["default"]["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "WAL" in options["init_command"]


def test_a_message_that_redis_keeps_comes_back_soon(settings_with) -> None:
    found = settings_with("CELERY_BROKER_TRANSPORT_OPTIONS", BROKER_URL="redis://localhost/0")

    assert found["CELERY_BROKER_TRANSPORT_OPTIONS"]["visibility_timeout"] <= 300


def test_a_task_whose_worker_died_is_done_again() -> None:
    assert settings.CELERY_TASK_ACKS_LATE
    assert settings.CELERY_TASK_REJECT_ON_WORKER_LOST


def test_every_task_of_the_beat_exists() -> None:
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert scheduled <= set(app.tasks)


def test_passwords_are_measured_and_compared_with_common_ones() -> None:
    names = {validator["NAME"] for validator in settings.AUTH_PASSWORD_VALIDATORS}

    assert "accounts.passwords.LongEnough" in names
    assert "django.contrib.auth.password_validation.CommonPasswordValidator" in names


def test_no_code_lives_longer_than_ten_minutes() -> None:
    assert settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT <= 600
    assert settings.PASSWORD_RESET_TIMEOUT <= 600


def test_an_empty_secret_is_a_missing_one(monkeypatch) -> None:
    monkeypatch.setenv("SOME_SECRET", "")

    with pytest.raises(ImproperlyConfigured, match="SOME_SECRET is not set"):
        environment.secret("SOME_SECRET")


def test_a_secret_may_lie_in_a_file(monkeypatch, tmp_path) -> None:
    (tmp_path / "secret").write_text("from a store\n")
    monkeypatch.setenv("SOME_SECRET_FILE", str(tmp_path / "secret"))

    assert environment.secret("SOME_SECRET") == "from a store"

    monkeypatch.setenv("SOME_SECRET_FILE", str(tmp_path / "none"))
    with pytest.raises(ImproperlyConfigured, match="SOME_SECRET_FILE names a file"):
        environment.secret("SOME_SECRET")


def test_a_number_is_read_or_taken_as_it_was_meant(monkeypatch) -> None:
    monkeypatch.setenv("SOME_NUMBER", "90")

    assert environment.whole_number("SOME_NUMBER", 5) == 90
    assert environment.whole_number("ANOTHER_NUMBER", 5) == 5


@pytest.mark.parametrize(
    "text", ["http://localhost:8000", "https://portal.example/", "https://*.portal.example"]
)
def test_the_address_of_a_site_has_no_slash_at_its_end(text) -> None:
    assert environment.origin("SOME_URL", text) == text.rstrip("/")


@pytest.mark.parametrize(
    "text",
    [
        "portal.example",
        "ftp://portal.example",
        "https://",
        "https://portal.example/path",
        "https://portal.example?a=b",
        "https://portal.example:port",
        "https://[portal",
        f"https://u:{PASSWORD}@portal.example",
    ],
)
def test_what_is_no_address_of_a_site_is_refused_and_not_quoted(text) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^SOME_URL is not the address of a site") as refusal:
        environment.origin("SOME_URL", text)

    assert PASSWORD not in str(refusal.value)


def test_a_refusal_hides_where_it_came_from(monkeypatch) -> None:
    monkeypatch.setenv("SOME_URL", f"postgres://u:{PASSWORD}/x@h/db")

    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.parsed("SOME_URL", "", "db_url")

    assert refusal.value.__suppress_context__
    assert PASSWORD not in str(refusal.value)
