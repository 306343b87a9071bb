"""What every address tells the browser, in production, whoever asks and whatever comes of it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings as configured
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from portal.keys import fresh_secrets
from tests import test_access
from tests.test_access import TABLE, World, at_a_browser, settled, world

__all__ = ["settled", "world"]  # the fixtures
WHO = ("visitor", "resident", "support", "data_officer")
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# the browser's own style around a picture, in a page that may run, load and send nothing
PICTURE = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
PICTURES = {"reports:file", "reports:draft_file", "desk:file", "acting:paper"}
# only these read codes with a camera
CAMERAS = {"certificates:check", "certificates:compare"}
CHOSEN = (
    "SECURE_", "SESSION_COOKIE", "CSRF_COOKIE", "LANGUAGE_COOKIE", "COOKIE_PREFIX", "MIDDLEWARE"
)  # fmt: skip


@pytest.fixture(scope="session")
def chosen_in_production() -> dict[str, object]:
    """What the settings say without DEBUG of headers and cookies."""
    script = f"""
import json
from portal import settings
print(json.dumps({{x: getattr(settings, x) for x in dir(settings) if x.startswith({CHOSEN})}}))
"""
    environment = os.environ | fresh_secrets() | {"READ_DOT_ENV": "0", "DEBUG": "0"}
    told = subprocess.run(
        [sys.executable, "-c", script],
        cwd=configured.BASE_DIR, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(told.stdout)


@pytest.fixture(autouse=True)
def _in_production(settings, chosen_in_production) -> None:
    for name, value in chosen_in_production.items():
        setattr(settings, name, tuple(value) if name == "SECURE_PROXY_SSL_HEADER" and value else value)


def browser(world: World, who: str) -> Client:  # noqa: F811
    """A browser behind the proxy that ends TLS; a failing page answers with its status."""
    return at_a_browser(world, who, raise_request_exception=False, headers={"X-Forwarded-Proto": "https"})


def faults(response: HttpResponse, *, own_policy: bool = False, reads_codes: bool = False) -> Iterator[str]:
    """What is not as it must be in an answer."""
    headers = response.headers
    for name, value in FIXED.items():
        if headers.get(name) != value:
            yield f"{name} is {headers.get(name)}"
    if "max-age=63072000; includeSubDomains" not in headers.get("Strict-Transport-Security", ""):
        yield "no HSTS"
    camera = "camera=(self)" if reads_codes and response.status_code == 200 else "camera=()"
    if camera not in headers.get("Permissions-Policy", ""):
        yield "no Permissions-Policy"
    policy = headers.get("Content-Security-Policy", "")
    if not (own_policy and policy == PICTURE) and not is_strict(policy):
        yield f"Content-Security-Policy is {policy}"
    for name, cookie in response.cookies.items():
        if (
            not name.startswith("__Host-")
            or not cookie["secure"]
            or cookie["path"] != "/"
            or cookie["domain"]
        ):
            yield f"cookie {name}"


def is_strict(policy: str) -> bool:
    """Whether nothing is allowed but what comes from us."""
    return (
        "default-src 'none'" in policy
        and "script-src 'self'" in policy
        and "frame-ancestors 'none'" in policy
        and not any(loose in policy for loose in ("unsafe", "http", "*"))
    )


def is_kept_nowhere(response: HttpResponse) -> bool:
    """Whether neither browser nor proxy may keep it."""
    return "no-store" in response.headers.get("Cache-Control", "")


@pytest.mark.parametrize("name", TABLE)
def test_every_answer_of_every_address_tells_the_browser_what_it_must(name, world) -> None:  # noqa: F811
    row, found = TABLE[name], {}
    for who in WHO:
        client = browser(world, who)
        with transaction.atomic():
            response = getattr(client, row.method)(reverse(name, args=row.args(world)), row.data)
            wrong = list(faults(response, own_policy=name in PICTURES, reads_codes=name in CAMERAS))
            if who != "visitor" and not is_kept_nowhere(response):
                wrong.append("may be kept")
            transaction.set_rollback(True)
        if wrong:
            found[who] = (response.status_code, wrong)

    assert found == {}


def test_no_visitor_of_the_table_is_left_out_by_name() -> None:
    assert set(WHO) <= set(test_access.VISITORS)
