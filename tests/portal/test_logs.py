"""No individual number gets into what is written down."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from accounts.callers import CALLER
from portal import contexts
from portal.logs import Plain, WithoutNumbers, chosen, unescaped
from tests.accounts.intake.files import NUMBER


def record(message: str, *arguments: object) -> logging.LogRecord:
    """Something to write down."""
    return logging.LogRecord("django.request", logging.WARNING, "", 0, message, arguments, None)


@pytest.mark.parametrize("path", [f"/x/{NUMBER}", f"/x/{NUMBER[:4]}-{NUMBER[4:8]}-{NUMBER[8:]}"])
def test_a_number_is_hidden(path) -> None:
    written = record("%s: %s", "Not Found", path)

    assert WithoutNumbers().filter(written)
    assert written.getMessage().startswith("Not Found: /x/□")


def test_everything_else_is_written_as_it_is() -> None:
    written = record("%s: %s", "Not Found", "/x/123456789012/2026-10-01")

    assert WithoutNumbers().filter(written)
    assert (written.msg, written.args) == ("%s: %s", ("Not Found", "/x/123456789012/2026-10-01"))


@pytest.mark.django_db
@pytest.mark.parametrize("hyphen", ["", "-", "－"])
def test_a_full_width_number_in_an_address_is_not_written_down_either(client, caplog, hyphen) -> None:
    groups = hyphen.join(["１２３４", "５６７８", "９０１８"])

    client.get(f"/reports/{groups}/message/")

    assert "□□□□" in caplog.text
    for part in ("１２３４", "1234", r"\uff11"):
        assert part not in caplog.text


def test_what_ends_a_line_stays_out_of_the_log_where_a_number_was_hidden() -> None:
    assert "\u2028" not in unescaped(r"\u2028\uff11")
    assert unescaped(r"\uff11\u4e00") == "１一"


def test_a_plain_number_beside_a_full_width_one_does_not_save_it() -> None:
    escaped = "".join(rf"\uff1{digit}" for digit in NUMBER)
    written = record("%s: %s", "Not Found", f"/x/{NUMBER}/{escaped}")

    WithoutNumbers().filter(written)

    assert written.getMessage() == f"Not Found: /x/{'□' * 12}/{'□' * 12}"


def test_a_failure_is_written_with_its_trace_but_without_the_row_and_the_number_in_it() -> None:
    said = f"violates a rule\nDETAIL:  Failing row contains (見本　花子).\nnear {NUMBER}"
    try:
        raise ValueError(said)
    except ValueError:
        failed = record("%s", "Internal Server Error: /x/")
        failed.exc_info = sys.exc_info()

    written = Plain("%(levelname)s %(message)s").format(failed)

    assert written.startswith("WARNING Internal Server Error: /x/\nTraceback")
    assert "violates a rule" in written
    assert "見本" not in written
    assert NUMBER not in written


def written_in_production(deed: str, var: Path) -> str:
    """What a process without DEBUG writes to stderr when it does that."""
    environment = os.environ | {"DEBUG": "0", "READ_DOT_ENV": "0", "VAR_DIR": str(var)}
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {deed}"],
        env=environment | {"DJANGO_SETTINGS_MODULE": "portal.settings"},
        capture_output=True,
        text=True,
        check=True,
    ).stderr


@pytest.mark.process
def test_in_production_a_page_that_fails_is_written_down(tmp_path) -> None:
    told = "import logging; logging.getLogger('django.request').error('It failed: %s', '/x/')"

    assert "ERROR django.request It failed: /x/" in written_in_production(told, tmp_path)


@pytest.mark.process
def test_a_host_that_is_not_ours_leaves_no_trace_in_the_log(tmp_path) -> None:
    asked = "from django.test import Client; Client().get('/figures/', headers={'host': 'elsewhere.example'})"

    written = written_in_production(asked, tmp_path)

    assert "elsewhere.example" not in written
    assert "Traceback" not in written


@pytest.mark.process
def test_a_task_that_fails_with_a_number_in_its_message_is_written_down_without_it(tmp_path) -> None:
    failing = tmp_path / "failing.py"
    failing.write_text(
        "from portal.celery import app\n@app.task\ndef fail(text):\n    raise ValueError(text)\n",
        encoding="utf-8",
    )
    hyphened = f"{NUMBER[:4]}-{NUMBER[4:8]}-{NUMBER[8:]}"
    ran = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import failing, logging; "
        "failing.app.log.setup(loglevel='INFO'); "
        + "".join(
            f"failing.fail.apply(args=[{f'no such number: {each}' + chr(10) + 'DETAIL:  Row (見本)'!r}]); "
            for each in (NUMBER, hyphened)
        )
        + f"logging.getLogger('links.review').warning('row %s', {NUMBER!r})"
    )

    written = written_in_production(ran, tmp_path)

    assert "ERROR celery.app.trace" in written
    assert "no such number: □" in written
    assert "WARNING links.review row □" in written
    for told in (NUMBER, hyphened, "見本"):
        assert told not in written


def test_a_line_says_when_in_utc_and_for_whose_sign_in_and_nothing_ends_it_early() -> None:
    line = Plain("%(asctime)s %(who)s %(message)s")
    written = record("said: %s", "a\nb\u2028c")
    written.created, written.msecs = 1_795_863_600, 7
    token = CALLER.set(42)

    told = line.format(written)
    CALLER.reset(token)

    assert told == "2026-11-28T11:00:00.007Z 42 said: a?b?c"
    assert " – said" in line.format(written)


def test_a_form_without_its_token_is_written_down(db, caplog) -> None:
    Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})

    assert "Forbidden (CSRF cookie not set.)" in caplog.text


def test_json_is_one_object_a_line_with_the_names_of_request_and_task(monkeypatch) -> None:
    monkeypatch.setenv("LOG_FORMAT", "json")
    request, task = contexts.REQUEST.set("0123456789abcdef"), contexts.TASK.set("t-1")
    try:
        line = chosen().format(record("two\nlines of %s", "words"))
    finally:
        contexts.REQUEST.reset(request)
        contexts.TASK.reset(task)

    assert "\n" not in line
    said = json.loads(line)
    assert said.pop("at").endswith("+00:00")
    assert said == {
        "level": "WARNING",
        "logger": "django.request",
        "who": None,
        "message": "two\nlines of words",
        "request_id": "0123456789abcdef",
        "task_id": "t-1",
    }


@pytest.mark.django_db
def test_an_answer_says_the_name_that_the_proxy_gave_its_request(client) -> None:
    given = client.get("/figures/", headers={"X-Request-ID": "0123456789abcdef"})
    invented = client.get("/figures/", headers={"X-Request-ID": "hunter2 {}"})

    assert given["X-Request-ID"] == "0123456789abcdef"
    assert len(invented["X-Request-ID"]) == 32
