"""The table of the environment says all that the settings read, and nothing else."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from portal.keys import fresh_secrets

ROWS = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
# by reading each of these the settings come to all the others
EVERYTHING = {
    "DATABASE_URL": "postgres://portal@127.0.0.1/portal",
    "REPLICA_URL": "postgres://portal@127.0.0.1/portal",
    "FILES_BUCKET": "files",
    "SIGNING_CHAIN": "chain.pem",
    "READ_DOT_ENV": "0",
    "DEBUG": "0",
}
RECORD = """
import json, os, environ
read = set()
usual = environ.Env.get_value
def recorded(self, var, *arguments, **options):
    read.add(var)
    return usual(self, var, *arguments, **options)
environ.Env.get_value = recorded
import django
django.setup()
from django.core.checks import run_checks
from portal.logs import chosen
from portal.task_figures import counted
run_checks(include_deployment_checks=True, tags=["security"])
chosen(), counted()
print(json.dumps(sorted(read)))
"""


@pytest.mark.process
def test_the_table_and_the_settings_name_the_same_variables(tmp_path) -> None:
    environment = fresh_secrets() | EVERYTHING | {"VAR_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    environment["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    said = subprocess.run(
        [sys.executable, "-c", RECORD], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert said.returncode == 0, said.stderr

    read = set(json.loads(said.stdout))
    described = set(ROWS.findall((Path(settings.BASE_DIR) / "docs/configuration.md").read_text()))

    assert read - described == set(), "read and not described"
    assert described - read == set(), "described and not read"
