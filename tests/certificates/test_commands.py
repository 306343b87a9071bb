"""The commands of this room."""

import json
import subprocess

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from certificates.ending import end
from certificates.keys import load_keys
from certificates.listing import list_of
from certificates.models import Certificate
from certificates.paper import check_url, signed_pdf_of
from certificates.signing import signer
from tests.certificates.factories import certificate


@pytest.fixture
def issued(resident, support):
    """A certificate that is valid today."""
    return certificate(resident, support)


@pytest.fixture
def files(issued, now, tmp_path):
    """The two public files as a clinic has fetched them."""
    (tmp_path / "jwks.json").write_text(json.dumps(load_keys(settings.CERTIFICATE_KEY).published()))
    (tmp_path / "revoked.jwt").write_text(list_of(at=now))
    return ["--keys", str(tmp_path / "jwks.json"), "--revoked", str(tmp_path / "revoked.jwt")]


def told(capsys, *arguments):
    """What the command says, and its exit status."""
    status = 0
    try:
        call_command("verify_certificate", *arguments)
    except SystemExit as ended:
        status = ended.code
    return capsys.readouterr().out.strip(), status


def test_a_code_is_checked_with_two_files_and_no_database(capsys, issued, files, django_assert_num_queries):
    with django_assert_num_queries(0), override_settings(CERTIFICATE_KEY="nobody's"):
        said, status = told(capsys, issued.token, *files)

    assert (said, status) == (f"valid (until {issued.valid_until})", 0)


def test_pdf_photo_file_and_address_lead_to_the_same_answer(capsys, issued, files, tmp_path):
    pdf, text = tmp_path / "paper.pdf", tmp_path / "code.txt"
    pdf.write_bytes(signed_pdf_of(issued))
    text.write_text(f"{issued.token}\n")
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", pdf, tmp_path / "photo"], check=True)

    for what in (pdf, text, tmp_path / "photo.png", check_url(issued.token)):
        assert told(capsys, str(what), *files)[1] == 0


def test_a_revoked_one_is_told_by_the_installation_itself_at_once(capsys, issued, now):
    end(issued, why=Certificate.Revocation.RETURNED, by=None, at=now)

    said, status = told(capsys, issued.token)

    assert (said.partition(" (")[0], status) == ("not valid: it was revoked", 1)


def test_an_altered_pdf_and_an_altered_code_are_told(capsys, issued, files, tmp_path):
    altered = bytearray(signed_pdf_of(issued))
    altered[2000] ^= 1
    (tmp_path / "altered.pdf").write_bytes(altered)

    for what in (str(tmp_path / "altered.pdf"), issued.token[:-9] + "A" * 9):
        assert told(capsys, what, *files) == ("not one of ours, or altered", 1)


def test_an_old_list_is_said_to_be_old_and_the_certificate_not_blamed(capsys, issued, files):
    said, status = told(capsys, issued.token, *files, "--oldest", "0")

    assert said.startswith("cannot be checked now: the list")
    assert status == 3


def test_files_that_cannot_be_used_are_named(issued, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_certificate", issued.token, "--keys", str(tmp_path / "nothing"))
    (tmp_path / "keys").write_text("nonsense")
    with pytest.raises(CommandError, match="key set"):
        call_command("verify_certificate", issued.token, "--keys", str(tmp_path / "keys"))


def test_the_trial_authority_is_made_once_and_its_list_anew(capsys, settings, tmp_path):
    settings.TRIAL_AUTHORITY = tmp_path / "authority"
    for said in ("Keys, certificates", "A fresh revocation list"):
        call_command("make_trial_authority")

        assert capsys.readouterr().out.startswith(said)
    signer.forget()


def test_in_production_no_trial_authority_is_made(settings):
    settings.TRIAL_AUTHORITY = None

    with pytest.raises(CommandError, match="real authority"):
        call_command("make_trial_authority")
