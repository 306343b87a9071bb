"""Alerts and the dashboard ask for figures that exist, and each alert has its page in the runbook."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from prometheus_client import REGISTRY

from portal.metrics import Waiting

OBSERVE = Path(settings.BASE_DIR) / "deploy/observe"
RULES = yaml.safe_load((OBSERVE / "alerts.yaml").read_text())["groups"][0]["rules"]
ALERTS = {rule["alert"]: rule for rule in RULES if "alert" in rule}
NAME = re.compile(r"portal_[a-z_0-9]+")


@pytest.fixture
def known(db) -> set[str]:
    """The names of all figures, as Prometheus stores them."""
    families = [*REGISTRY.collect(), *Waiting().collect()]
    endings = {"histogram": ("_bucket", "_count", "_sum"), "counter": ("_total",)}
    named = {f.name + ending for f in families for ending in endings.get(f.type, ("",))}
    return named | {rule["record"] for rule in RULES if "record" in rule}


def test_alerts_and_panels_ask_for_figures_that_exist(known) -> None:
    panels = json.loads((OBSERVE / "dashboard.json").read_text())["panels"]
    asked = [target["expr"] for panel in panels for target in panel["targets"]]
    asked += [rule["expr"] for rule in RULES]

    assert {name for expression in asked for name in NAME.findall(expression)} <= known


def test_each_alert_says_what_to_do() -> None:
    runbook = (Path(settings.BASE_DIR) / "docs/runbook.md").read_text()

    assert set(re.findall(r"^### (\w+)$", runbook, flags=re.MULTILINE)) == set(ALERTS)
    assert all(rule["annotations"]["runbook"].endswith(f"#{name.lower()}") for name, rule in ALERTS.items())


@pytest.mark.process
def test_prometheus_takes_the_rules() -> None:
    if not shutil.which("promtool"):
        pytest.skip("promtool is not installed")
    checked = subprocess.run(
        ["promtool", "check", "rules", str(OBSERVE / "alerts.yaml")], capture_output=True, text=True
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr
