"""Links: what shows when, what the database refuses, and the sentences about them."""

import pytest
from django.db import IntegrityError, transaction

from links.models import Change, Hold, Link
from tests import factories

HIDDEN = {
    "withheld": {"held": True},
    "not checked yet": {"verdict": ""},
    "points to another person": {"verdict": "mismatch"},
    "concealed by the check": {"verdict": "review", "concealed": True},
    "taken back by the institution": {"status": "removed"},
    "unlinked by a decision": {"settled_as": "unlinked", "settled_digest": b"d" * 32},
    "right, but held again": {"settled_as": "right", "settled_digest": b"d" * 32, "held": True},
    "right, but not checked since": {"settled_as": "right", "settled_digest": b"d" * 32, "verdict": ""},
}
SHOWN = {
    "matches": {"verdict": "match"},
    "cannot be checked": {"verdict": "unverifiable"},
    "a person looks at it": {"verdict": "review"},
    "ended": {"status": "ended"},
    "decided to be right": {"verdict": "mismatch", "settled_as": "right", "settled_digest": b"d" * 32},
    "right though concealed": {"concealed": True, "settled_as": "right", "settled_digest": b"d" * 32},
}


@pytest.mark.parametrize("state", HIDDEN.values(), ids=HIDDEN)
def test_a_record_hides_its_details_when_it_is(state) -> None:
    link = Link(**{"verdict": "match", "reference": "BK0000001234", **state})

    assert not link.shows_details
    assert not link.opens_details
    assert link.masked_reference == ""


@pytest.mark.parametrize("state", SHOWN.values(), ids=SHOWN)
def test_a_record_shows_its_details_when_it_is(state) -> None:
    link = Link(**{"verdict": "match", "reference": "BK0000001234", **state})

    assert link.shows_details
    assert link.masked_reference == "•••1234"


@pytest.mark.parametrize(
    ("state", "opens"),
    [({"verdict": "match"}, True), ({"verdict": "unverifiable"}, True), ({"verdict": "review"}, False)],
)
def test_what_is_masked_stays_masked_under_review(state, opens) -> None:
    assert Link(**state).opens_details is opens


def test_a_decision_ends_the_review() -> None:
    link = Link(verdict="review", settled_as="right", settled_digest=b"d" * 32)

    assert link.opens_details


@pytest.mark.parametrize(
    ("state", "stands"),
    [
        ({}, True),
        ({"status": "ended"}, True),
        ({"held": True}, True),
        ({"status": "removed"}, False),
        ({"settled_as": "unlinked"}, False),
    ],
)
def test_a_record_stands_until_it_is_removed_or_unlinked(link, state, stands) -> None:
    digest = b"d" * 32 if "settled_as" in state else None
    Link.objects.filter(pk=link.pk).update(**state, settled_digest=digest)
    link.refresh_from_db()

    assert link.stands is stands
    assert Link.objects.standing().filter(pk=link.pk).exists() is stands
    assert Link.objects.of(link.resident).exists() is stands


def test_a_resident_has_only_the_own_records(link, neighbour) -> None:
    factories.LinkFactory.create(resident=neighbour)

    assert list(Link.objects.of(link.resident)) == [link]


def test_removed_records_stay_visible_to_their_resident(link, resident_user, neighbour_user, today) -> None:
    Link.objects.filter(pk=link.pk).update(status="removed")

    assert list(Link.objects.visible_to(resident_user, on=today)) == [link]
    assert not Link.objects.visible_to(neighbour_user, on=today).exists()


def test_records_of_a_represented_person_are_visible(link, neighbour_user, today) -> None:
    factories.authority(agent=neighbour_user, subject=link.resident)

    assert list(Link.objects.visible_to(neighbour_user, on=today)) == [link]


def test_unreviewed_are_those_without_a_verdict(link) -> None:
    unchecked = factories.LinkFactory.create(verdict="")

    assert list(Link.objects.unreviewed()) == [unchecked]


def test_an_institution_uses_a_reference_once_a_category(link) -> None:
    same = {"institution": link.institution, "reference": link.reference}
    factories.LinkFactory.create(**same, category="tax")
    factories.LinkFactory.create(reference=link.reference)

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.LinkFactory.create(**same)


@pytest.mark.parametrize("state", [("right", None), ("unlinked", None), ("", b"d" * 32)])
def test_a_decision_and_its_row_stand_together_or_not_at_all(link, state) -> None:
    settled_as, digest = state

    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.filter(pk=link.pk).update(settled_as=settled_as, settled_digest=digest)


def test_the_same_reason_holds_a_record_once(link, now) -> None:
    hold(link, now)

    with pytest.raises(IntegrityError), transaction.atomic():
        hold(link, now)


def test_other_reasons_hold_it_too(link, now) -> None:
    hold(link, now)
    hold(link, now, source="report", reference="a")
    hold(link, now, source="report", reference="b")

    assert Hold.objects.active().count() == 3
    assert Hold.objects.active().by_report(of=link.resident).count() == 2


def test_a_reason_may_come_back_after_it_was_lifted(link, now) -> None:
    hold(link, now, lifted_at=now)

    hold(link, now)

    assert Hold.objects.active().count() == 1


def test_a_hold_is_never_lifted_before_it_is_placed(link, now) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        hold(link, now, lifted_at=now.replace(year=2000))


def hold(link: Link, at, **fields) -> Hold:
    return Hold.objects.create(
        **{"link": link, "resident": link.resident, "source": "review", "placed_at": at, **fields}
    )


def test_the_review_sees_the_holder_as_the_institution_has_them(link) -> None:
    link.holder_birth_date, link.holder_sex, link.holder_address = "S60.4.2", "女", "さいたま市"

    person = link.claimed_person()

    assert (person.name, person.kana) == (link.holder_name, link.holder_kana)
    assert (person.birth_date, person.sex, person.address) == ("S60.4.2", "女", "さいたま市")


def test_names_of_rows_hold_no_person_and_no_reference(link, now) -> None:
    change = Change.objects.create(link=link, resident=link.resident, kind="created", at=now)

    for row in (link, hold(link, now), change):
        assert link.reference not in str(row)
        assert link.resident.name not in str(row)


def test_a_record_has_a_page(link) -> None:
    assert link.get_absolute_url() == f"/records/{link.public_id}/"
