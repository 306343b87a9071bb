"""What a certificate stands and falls with."""

from types import SimpleNamespace

from certificates.sources import INSURANCE, REGISTER, snapshot
from tests.certificates.factories import NATIONAL

PERSON = SimpleNamespace(
    name="見本　花子", name_kana="ミホン　ハナコ", birth_date="1985-04-02", sex="2", address="x"
)


def test_every_printed_field_is_in_the_snapshot_and_nothing_else():
    taken = snapshot(PERSON, NATIONAL, age=70)

    assert set(taken["register"]) == set(REGISTER)
    assert set(taken["insurance"]) == set(INSURANCE)


def test_a_value_that_was_not_sent_is_kept_as_empty():
    assert snapshot(PERSON, {}, age=40)["insurance"]["symbol"] == ""


def test_the_share_counts_from_70_years_on():
    assert "copay_ratio" not in snapshot(PERSON, NATIONAL, age=69)["insurance"]
    assert snapshot(PERSON, NATIONAL, age=70)["insurance"]["copay_ratio"] == "030"
