"""Traces tell the way through the service, and nothing of whom it was for."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

SCRIPT = """
import json, os, sys
import django
django.setup()
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from portal import tracing
exporter = InMemorySpanExporter()
provider = tracing.instrument("portal-web", exporter, share=1.0)
from django.test import Client
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
answer = Client().get("/figures/?name=Hanako", headers={"X-Request-ID": "0123456789abcdef"})
provider.force_flush()
spans = exporter.get_finished_spans()
print(json.dumps([json.loads(span.to_json()) for span in spans]))
"""


def database_url() -> str:
    """The tests' database, for a process of its own."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    return f"postgres://{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


@pytest.mark.process
def test_a_request_is_a_span_by_route_and_its_queries_hang_on_it(db, tmp_path) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(tmp_path),
    }
    said = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert said.returncode == 0, said.stderr

    spans = json.loads(said.stdout.splitlines()[-1])
    [request] = [span for span in spans if span["kind"] == "SpanKind.SERVER"]
    queries = [span for span in spans if "db.statement" in span["attributes"]]

    assert request["name"] == "GET portal:figures"
    assert request["attributes"]["portal.request_id"] == "0123456789abcdef"
    assert "Hanako" not in said.stdout
    if connection.vendor == "postgresql":
        assert request["context"]["trace_id"] in {span["context"]["trace_id"] for span in queries}
        assert all("%s" in span["attributes"]["db.statement"] for span in queries if "WHERE" in str(span))
