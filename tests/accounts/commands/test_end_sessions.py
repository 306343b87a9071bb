"""manage.py end_sessions: somebody, or everybody, is signed out at once."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Session
from tests.readers import sign_in

HOME = "portal:home"


def ended(*options: str) -> str:
    """What the command says."""
    out = io.StringIO()
    call_command("end_sessions", *options, stdout=out)
    return out.getvalue()


def test_one_sign_in_is_signed_out_on_every_device_and_its_person_sees_that(
    client, resident, resident_user, support
) -> None:
    sign_in(client, resident_user)
    elsewhere = sign_in(Client(), support)

    said = ended(resident_user.email.upper())

    assert said == "1 sessions ended; the sign-in is on.\n"
    assert client.get(reverse(HOME)).status_code == 302
    assert elsewhere.get(reverse("desk:queue")).status_code == 200
    assert AuditEvent.objects.filter(resident=resident, verb="sign_in.ended_everywhere", actor=None).exists()


def test_a_sign_in_that_is_switched_off_opens_nothing_until_it_is_switched_on(client, resident_user) -> None:
    sign_in(client, resident_user)

    assert ended(resident_user.email, "--switch-off").endswith("is off.\n")
    assert not Session.objects.filter(user=resident_user).exists()
    assert not client.login(email=resident_user.email, password="a long sentence as password")  # noqa: S106
    assert ended(resident_user.email).endswith("is off.\n")
    assert ended(resident_user.email, "--switch-on").endswith("is on.\n")

    verbs = AuditEvent.objects.filter(verb__contains="switched").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["sign_in.switched_off", "sign_in.switched_on"]


def test_everybody_is_signed_out(client, resident_user, support) -> None:
    sign_in(client, resident_user)
    sign_in(Client(), support)

    assert ended("--everybody") == "2 sessions ended.\n"
    assert not Session.objects.exists()


@pytest.mark.parametrize("options", [[], ["nobody@example.jp"], ["--everybody", "--switch-off"]])
def test_nobody_and_everybody_off_are_refused(db, options) -> None:
    with pytest.raises(CommandError):
        ended(*options)
