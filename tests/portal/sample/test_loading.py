"""The sample goes in through the same doors as real files, and tells whom to try."""

import datetime
import json
import stat
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command

from accounts.models import Authority, Resident, SealedNumber, User
from links.models import FeedImport, Link, ReviewRun
from portal.management.commands import load_sample
from portal.models import Figure
from portal.sample.loading import (
    RESIDENTS,
    STAFF,
    STAFF_NAMES,
    SignIn,
    email_of,
    fresh_password,
    load,
    remember,
)
from portal.sample.personas import CHILD_CODE, CODES
from portal.sample.whole import write_sample


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A small sample on disk."""
    where = tmp_path_factory.mktemp("sample")
    write_sample(where, residents=60, seed=7, as_of=datetime.date(2026, 11, 1))
    return where


def test_everything_is_imported_reviewed_and_counted(folder, db, now) -> None:
    load(folder=folder, at=now)

    assert Resident.objects.count() >= 60
    assert SealedNumber.objects.count() == Resident.objects.count()
    assert FeedImport.objects.exclude(state="done").count() == 0
    assert Link.objects.exists()
    assert not Link.objects.unreviewed().exists()
    assert ReviewRun.objects.last_whole_at() is not None
    assert Figure.objects.exists()


def test_each_persona_signs_in_with_the_password_that_is_told(folder, db, now, rf) -> None:
    told = load(folder=folder, at=now)

    assert len(told) == len(RESIDENTS) + len(STAFF)
    for person in told:
        assert authenticate(rf.post("/"), email=person.email, password=person.password)


def test_residents_see_their_own_person_and_staff_have_their_role(folder, db, now, today) -> None:
    load(folder=folder, at=now)

    for role in RESIDENTS:
        user = User.objects.get(email=email_of(role))
        assert Resident.objects.bound_to(user).get().code == CODES[role]
    assert {User.objects.get(email=email_of(role)).role for role in STAFF} == set(STAFF)


def test_staff_have_japanese_names_at_the_desk_and_english_words_in_the_terminal(folder, db, now) -> None:
    told = {person.email: person.who for person in load(folder=folder, at=now)}

    for role, name in STAFF_NAMES.items():
        assert User.objects.get(email=email_of(role)).name == name
        assert not name.isascii()
        assert told[email_of(role)] == STAFF[role]


def test_each_kind_of_staff_has_a_name_of_its_own() -> None:
    assert STAFF_NAMES.keys() == STAFF.keys()
    assert len(set(STAFF_NAMES.values())) == len(STAFF)


def test_the_mother_acts_for_the_child_on_whose_number_an_account_is_withheld(folder, db, now) -> None:
    load(folder=folder, at=now)

    authority = Authority.objects.get()
    assert authority.agent.email == email_of("child_account")
    assert authority.subject.code == CHILD_CODE
    wrong = Link.objects.filter(resident=authority.subject, category="bank_account")
    assert [link.shows_details for link in wrong] == [False]


def test_the_password_is_another_each_time() -> None:
    passwords = [fresh_password() for _time in range(2)]

    assert len(set(passwords)) == 2
    assert all(len(password) >= 15 for password in passwords)


def test_the_sign_ins_are_written_for_this_user_only(tmp_path) -> None:
    path = tmp_path / "sign-ins.json"
    path.write_text("older")
    path.chmod(0o644)

    remember([SignIn("support staff", "support@example.jp", "secret")], path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text()) == [
        {"who": "support staff", "email": "support@example.jp", "password": "secret"}
    ]


def test_the_command_leaves_a_loaded_register_alone(resident, capsys) -> None:
    call_command("load_sample")

    assert "loaded already" in capsys.readouterr().out
    assert Resident.objects.count() == 1


def test_a_load_that_fails_leaves_nothing(db, monkeypatch, settings, tmp_path) -> None:
    settings.VAR_DIR = tmp_path

    def half(*, at) -> list[SignIn]:
        User.objects.create_user("half@example.jp")
        raise RuntimeError

    monkeypatch.setattr(load_sample, "load", half)

    with pytest.raises(RuntimeError):
        call_command("load_sample")

    assert not User.objects.exists()
    assert not (tmp_path / "sign-ins.json").exists()


@pytest.mark.parametrize("role", [*RESIDENTS, *STAFF])
def test_addresses_of_the_sample_are_nobody_s(role) -> None:
    assert email_of(role).endswith("@example.jp")
    assert "_" not in email_of(role)
