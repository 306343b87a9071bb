"""What a check of changes tells people about their records, in the transaction that stores it."""

import pytest

from links.models import Link
from notices.models import Notice
from tests.links.fed import applied
from tests.links.review.factories import own_record, resent, reviewed, strangers_record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules_were_seen():
    """A check over everything came before: only then changes are looked at alone."""
    reviewed()


def told():
    """Kind and subject of each notice, the first one first."""
    return list(Notice.objects.order_by("pk").values_list("kind", "subject_id"))


def fed_before(link, times=2):
    """So many feeds of the record's source were applied."""
    for _feed in range(times):
        applied(link.institution, link.category)


def test_a_new_record_of_a_source_that_is_known_is_told_once(resident):
    link = own_record(resident)
    fed_before(link)

    reviewed(changed_only=True)
    reviewed(changed_only=True)

    (notice,) = Notice.objects.all()
    assert (notice.kind, notice.subject_kind, notice.subject_id) == ("record.linked", "link", link.public_id)
    assert (notice.resident, notice.area) == (resident, link.area)


def test_the_first_feed_of_a_source_tells_nobody(resident):
    fed_before(own_record(resident), times=1)

    reviewed(changed_only=True)

    assert told() == []


def test_a_changed_record_is_told_and_one_that_came_again_is_not(resident):
    link = own_record(resident)
    own_record(resident)
    reviewed(changed_only=True)
    resent(link)

    reviewed(changed_only=True)

    assert told() == [("record.changed", link.public_id)]


def test_another_result_is_told(resident):
    link = own_record(resident)
    reviewed(changed_only=True)
    resent(link, holder_address="北海道札幌市中央区北1条西2丁目", holder_birth_date="")

    reviewed(changed_only=True)

    link.refresh_from_db()
    assert link.verdict not in ("match", "mismatch")
    assert told() == [("record.checked", link.public_id)]


def test_what_is_withheld_is_told_as_that_alone(resident):
    link = strangers_record(resident)
    fed_before(link)

    reviewed(changed_only=True)

    assert told() == [("record.withheld", link.public_id)]


def test_a_check_over_everything_tells_nothing_new(resident):
    link = own_record(resident)
    fed_before(link)

    reviewed()

    assert (Link.objects.get().verdict, told()) == ("match", [])
