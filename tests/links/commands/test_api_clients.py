"""manage.py add_api_client and revoke_api_client."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from joserfc.jwk import ECKey

from accounts.models import AuditEvent
from links.models import ApiClient, Institution
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """The public key of a machine."""
    path = tmp_path / "machine.jwk"
    path.write_text(json.dumps(ECKey.generate_key("P-256").as_dict(private=False)))
    return path


@pytest.fixture
def bank(db: None) -> Institution:
    """Whose machine it is."""
    return factories.InstitutionFactory.create(code="BK0001")


def ran(command: str, *arguments: str, **options: object) -> str:
    """What a command printed."""
    out = io.StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue().strip()


def failure(command: str, *arguments: str, **options: object) -> CommandError:
    """How a command failed."""
    with pytest.raises(CommandError) as failed:
        ran(command, *arguments, **options)
    return failed.value


def test_a_machine_is_added_and_its_id_printed(bank, key_file) -> None:
    printed = ran("add_api_client", institution="BK0001", jwk=key_file)

    client = ApiClient.objects.get()
    assert (printed, client.institution) == (client.client_id, bank)
    assert client.scopes == ["links:read", "links:write"]
    assert AuditEvent.objects.get().verb == "client.added"


def test_one_that_may_only_ask_has_one_scope(bank, key_file) -> None:
    ran("add_api_client", institution="BK0001", jwk=key_file, read_only=True)

    assert ApiClient.objects.get().scopes == ["links:read"]


def test_an_institution_that_nobody_knows_has_no_machines(key_file) -> None:
    refusal = failure("add_api_client", institution="BK0009", jwk=key_file)

    assert refusal.returncode == 1
    assert not ApiClient.objects.exists()


@pytest.mark.parametrize("content", ["", "x", "[]", '{"kty": "oct", "k": "AA"}'])
def test_what_is_no_public_key_is_refused_in_a_sentence(bank, key_file, content) -> None:
    key_file.write_text(content)

    refusal = failure("add_api_client", institution="BK0001", jwk=key_file)

    assert refusal.returncode == 1
    assert str(refusal).endswith(".")


def test_a_file_that_is_not_there_is_wrong_usage(bank, tmp_path) -> None:
    assert failure("add_api_client", institution="BK0001", jwk=tmp_path / "none").returncode == 2


def test_a_machine_that_is_revoked_once_stays_so(bank, key_file) -> None:
    client_id = ran("add_api_client", institution="BK0001", jwk=key_file)

    ran("revoke_api_client", client_id)
    revoked_at = ApiClient.objects.get().revoked_at
    ran("revoke_api_client", client_id)

    assert revoked_at is not None
    assert ApiClient.objects.get().revoked_at == revoked_at
    assert AuditEvent.objects.filter(verb="client.revoked").count() == 1


def test_a_machine_that_nobody_knows_cannot_be_revoked() -> None:
    assert failure("revoke_api_client", "nobody").returncode == 1
