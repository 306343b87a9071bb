"""What is shipped to run the service elsewhere is read by the tools that know its format."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from portal.queues import NAMES

DEPLOY = Path(settings.BASE_DIR) / "deploy"
SERVICE_PLACES = {"/srv/portal/.venv/bin/python": sys.executable, "/srv/portal": str(settings.BASE_DIR)}


def passes(*command: str, **options) -> None:
    """The tool has nothing to say against it."""
    ended = subprocess.run(command, capture_output=True, text=True, **options)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def tool(name: str) -> list[str]:
    """A tool that was installed beside Python, in whichever folder."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return [found]


@pytest.mark.process
def test_the_image_is_described_without_a_fault() -> None:
    passes(*tool("hadolint"), "--no-color", str(DEPLOY / "Containerfile"))


@pytest.mark.process
def test_the_compose_file_follows_its_schema() -> None:
    checking = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]

    passes(*checking, str(DEPLOY / "compose.yaml"))


@pytest.mark.process
def test_the_manifests_follow_the_schemas_of_kubernetes() -> None:
    manifests = sorted(str(path) for path in (DEPLOY / "kubernetes").glob("*.yaml"))

    passes(sys.executable, "-m", "kubernetes_validate", "--strict", "--quiet", *manifests)


@pytest.mark.process
def test_the_units_can_be_read_by_systemd(tmp_path) -> None:
    for unit in (DEPLOY / "systemd").iterdir():
        text = re.sub("^(User|Group)=portal$", r"\1=root", unit.read_text(), flags=re.MULTILINE)
        for there, here in SERVICE_PLACES.items():
            text = text.replace(there, here)
        (tmp_path / unit.name).write_text(text)

    passes(*tool("systemd-analyze"), "verify", *sorted(str(path) for path in tmp_path.iterdir()))


@pytest.mark.process
@pytest.mark.parametrize("script", ["run", "healthy"])
def test_the_scripts_are_shell(script) -> None:
    passes("sh", "-n", str(DEPLOY / script))


def test_every_container_is_locked_up() -> None:
    """No root, nothing written to the image, no more rights than it starts with."""
    for name, service in yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"].items():
        if service.get("image", "").startswith("portal"):
            assert service["read_only"], name
            assert service["cap_drop"] == ["ALL"], name
            assert service["security_opt"] == ["no-new-privileges:true"], name
    for path in (DEPLOY / "kubernetes").glob("*.yaml"):
        for found in yaml.safe_load_all(path.read_text()):
            for container in containers(found):
                assert container["securityContext"]["readOnlyRootFilesystem"], path
                assert container["securityContext"]["allowPrivilegeEscalation"] is False, path
                assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}, path


def containers(manifest: dict) -> list[dict]:
    """The containers of a manifest that starts some."""
    return manifest.get("spec", {}).get("template", {}).get("spec", {}).get("containers", [])


def test_every_queue_has_a_worker_wherever_the_service_runs() -> None:
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"].values()
    works = [service["command"][1] for service in composed if service.get("command", [""])[0] == "worker"]
    clustered = [
        container["args"][1]
        for manifest in yaml.safe_load_all((DEPLOY / "kubernetes/workers.yaml").read_text())
        for container in containers(manifest)
        if container["args"][0] == "worker"
    ]

    for workers in (works, clustered):
        assert sorted(",".join(workers).split(",")) == sorted(NAMES)


def test_what_production_installs_is_what_the_tests_use() -> None:
    def pinned(path: Path) -> set[str]:
        return set(re.findall(r"^([\w.\[\]-]+==\S+)", path.read_text(), flags=re.MULTILINE))

    production = pinned(DEPLOY / "requirements.txt")

    assert production
    assert production <= pinned(Path(settings.BASE_DIR) / "requirements.txt")
