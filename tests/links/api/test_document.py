"""The API does what its own OpenAPI document says, whatever is sent: schemathesis, with all its checks."""

from collections.abc import Callable, Iterable, Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.schemas import OpenApiSchema

from links import guards
from tests.links.api import formats
from tests.links.api.calling import Machine

DOCUMENT = "/api/v1/openapi.json"
EXAMPLES = 5

formats.register()
pytestmark = [pytest.mark.django_db, pytest.mark.process]
application = get_wsgi_application()


def from_somewhere(environ: dict, start_response: Callable) -> Iterable[bytes]:
    """The application behind a server, which knows where a request comes from."""
    return application(environ | {"REMOTE_ADDR": "198.51.100.7"}, start_response)


def document(**phases: dict[str, bool]) -> OpenApiSchema:
    """The API's own document, as one who has nothing else reads it."""
    config = SchemathesisConfig.from_dict({"generation": {"max-examples": EXAMPLES}, "phases": phases})
    return schemathesis.openapi.from_wsgi(DOCUMENT, from_somewhere, config=config)


@pytest.fixture(autouse=True)
def _without_limits(monkeypatch: pytest.MonkeyPatch, hanako, taro) -> None:
    """Two people are in the register, and machines may ask as often as they like."""
    for limit in ("has_place", "is_among_first"):
        monkeypatch.setattr(guards, limit, lambda *_args, **_options: True)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A request leaves the connection of the test as it is."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@document().parametrize()
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_operation_keeps_to_the_document(case, pension_machine: Machine) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {pension_machine.token}"})


@document(coverage={"enabled": False}).parametrize()
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_without_a_token_nobody_gets_anywhere(case) -> None:
    answer = case.call_and_validate()

    assert answer.status_code >= 400
