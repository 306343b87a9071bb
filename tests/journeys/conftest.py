"""A browser, visitors with a phone, and the small sample."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.display import simple_cookie
from notices.tasks import deliver
from portal.sample.loading import SignIn, load
from tests.browser import launch_arguments
from tests.journeys.smallest import SmallVisitor
from tests.journeys.visitor import Visitor

PHONE = {"viewport": {"width": 360, "height": 740}, "locale": "ja-JP", "timezone_id": "Asia/Tokyo"}
RESIDENTS = 50


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Chromium as everywhere in the tests, with its own trial camera."""
    found = launch_arguments()
    camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    return browser_type_launch_args | found | {"args": [*found["args"], *camera]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A small phone in Japan."""
    return browser_context_args | PHONE


@pytest.fixture(params=[True, False], ids=["script", "no_script"])
def scripted(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs scripts: every journey is made both ways."""
    return bool(request.param)


@pytest.fixture
def small() -> bool:
    """Whether somebody comes with the smallest screen, text of twice the size and the simple version."""
    return False


@pytest.fixture
def arrive(new_context, live_server, scripted: bool, small: bool) -> Iterator[Callable[..., Visitor]]:  # noqa: ANN001
    """Somebody comes with a phone and a fresh browser; at the end no browser has anything to complain of."""
    visitors: list[Visitor] = []

    def arrived(*, language: str = "ja", **context: object) -> Visitor:
        fresh = new_context(java_script_enabled=scripted, **context)
        if small:
            fresh.add_cookies([{"name": simple_cookie(), "value": "1", "url": live_server.url}])
        if language != "ja":
            fresh.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
        who = SmallVisitor if small else Visitor
        visitors.append(who(fresh, live_server.url, scripted=scripted, language=language))
        return visitors[-1]

    yield arrived
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


@pytest.fixture(scope="session")
def sample_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Register and feeds of a small town."""
    folder = tmp_path_factory.mktemp("sample")
    call_command("write_sample", str(folder), residents=RESIDENTS, stdout=io.StringIO())
    return folder


@pytest.fixture
def sample(transactional_db: None, sample_files: Path) -> dict[str, SignIn]:
    """The small town, imported and reviewed; its sign-ins by the part before the @."""
    people = load(folder=sample_files, at=timezone.now())
    return {person.email.partition("@")[0]: person for person in people}


@pytest.fixture
def deliver_notices() -> Callable[[], None]:
    """The worker's task, in this process, for everything that waits."""
    return deliver
