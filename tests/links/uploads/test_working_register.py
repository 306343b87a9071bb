"""What workers do with the register."""

import datetime

import pytest

from accounts.models import AuditEvent, Resident
from accounts.register import OLDER_THAN_LAST
from tests.accounts.intake.files import OTHER_NUMBER
from tests.links.feeds.feeding import registered
from tests.links.uploads.killing import kill_after
from tests.links.uploads.sent import NUMBER, begun_register, confirmed, done, register_of, sent

pytestmark = pytest.mark.django_db
CODE = "1000000001"


def checked(by, number=NUMBER, **fields):
    """The check of a register of one person."""
    return done(sent(by, register_of(number), upload=begun_register(by, **fields)))


def test_a_check_of_the_register_leaves_it_as_it_is(officer):
    job = checked(officer)

    assert job.outcome["counts"]["created"] == 1
    assert not Resident.objects.exists()
    assert not AuditEvent.objects.exists()


def test_the_register_is_imported_by_who_confirmed_it(officer):
    job = done(confirmed(checked(officer), officer))

    assert (job.outcome["counts"]["created"], job.feed_import) == (1, None)
    assert Resident.objects.get().described_on == datetime.date(2026, 10, 1)
    assert AuditEvent.objects.get(verb="register.imported").actor == officer


def test_a_register_whose_worker_was_killed_is_not_half_there(officer, monkeypatch):
    job = confirmed(checked(officer), officer)
    kill_after(monkeypatch, "bring_in", job)
    assert not Resident.objects.exists()

    job = done(job)

    assert job.outcome["counts"]["created"] == 1
    assert Resident.objects.count() == 1


def test_a_check_of_the_register_names_the_fields_that_would_change(officer):
    registered(NUMBER, code=CODE, name="川田　花子")

    (example,) = checked(officer).outcome["examples"]

    assert example["reference"] == CODE
    assert "name" in example["fields"]


def test_a_changed_number_is_rejected_unless_it_was_allowed(officer):
    registered(NUMBER, code=CODE)

    strict, lenient = (
        checked(officer, OTHER_NUMBER, allow_number_change=allowed) for allowed in (False, True)
    )

    assert (strict.outcome["counts"]["rejected"], strict.left_a_file) == (1, True)
    assert lenient.outcome["counts"]["changed"] == 1
    assert "individual_number" in lenient.outcome["examples"][0]["fields"]


def test_an_older_register_is_refused_in_words_that_can_be_translated(officer):
    registered(NUMBER, described_on=datetime.date(2026, 10, 2))

    said = checked(officer).outcome["refusal"]

    assert said == {"reason": OLDER_THAN_LAST, "details": {"last": "2026-10-02", "day": "2026-10-01"}}
