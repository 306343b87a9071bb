"""What the holder of a stopped record is asked, and what staff read of the answer."""

import pytest

from reports import knowledge
from reports.models import Proof, Report
from tests.factories import LinkFactory


def sent(**details: str):
    """A record of which the institution sent these details."""
    return LinkFactory.build(details=details)


@pytest.mark.parametrize(
    ("details", "digits"),
    [
        ({"account_number": "1234567"}, "567"),
        ({"account_number": "１２３４５６７"}, "567"),
        ({"pension_number": "1234-567890"}, "890"),
        ({"certificate_number": "埼 第98-76号"}, "876"),
        ({"symbol": "01", "number": "345"}, "345"),
        ({"account_number": "12", "number": "4321"}, "321"),
    ],
)
def test_the_last_three_digits_of_the_first_number_that_was_sent_are_known(details, digits) -> None:
    link = sent(**details)

    assert knowledge.question(link) is not None
    assert knowledge.knows(link, digits)
    assert not knowledge.knows(link, "000")


@pytest.mark.parametrize("details", [{}, {"account_number": ""}, {"number": "12"}, {"bank_code": "0001"}])
def test_where_no_such_number_was_sent_nothing_is_asked_and_nothing_is_known(details) -> None:
    link = sent(**details)

    assert knowledge.question(link) is None
    assert not knowledge.knows(link, "")
    assert not knowledge.knows(link, "001")


def test_no_question_holds_a_digit_of_the_number() -> None:
    link = sent(account_number="1234567")

    assert "567" not in str(knowledge.question(link))


@pytest.mark.parametrize(
    ("fields", "claimable"),
    [
        ({"verdict": "mismatch", "held": True}, True),
        ({"verdict": "review", "concealed": True}, True),
        ({"verdict": "match"}, False),
        ({"verdict": "", "held": True}, False),
        ({"verdict": "mismatch", "held": True, "status": "removed"}, False),
        ({"verdict": "mismatch", "settled_as": "unlinked"}, False),
        ({"verdict": "mismatch", "settled_as": "right"}, False),
    ],
)
def test_only_what_the_check_hides_can_be_claimed(fields, claimable) -> None:
    assert knowledge.claimable(LinkFactory.build(**fields)) is claimable


@pytest.mark.parametrize(
    ("tries", "proven", "tone"), [(2, True, "ok"), (3, False, "attention"), (0, False, "info")]
)
def test_staff_read_whether_it_was_known(tries, proven, tone, now) -> None:
    report = Report()
    report.proof = Proof(tries=tries, proven_at=now if proven else None)

    assert knowledge.of_case(report).tone == tone


def test_other_cases_say_nothing_of_it() -> None:
    assert knowledge.of_case(Report()) is None
