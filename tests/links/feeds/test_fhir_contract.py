"""Whatever a FHIR file holds: rows, rejects or a documented refusal, and never anything else."""

import json
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.intake.refusal import FeedRefused
from accounts.models import Resident
from links.models import Link
from tests.links.feeds.feeding import NUMBER, OTHER_NUMBER, STRANGER, figures
from tests.links.feeds.resources import (
    Json,
    coverage,
    imported,
    insurer,
    ndjson,
    number,
    patient,
    read,
)

PIECES = [
    b"{", b"}", b"[", b"]", b'"', b":", b",", b"\\", b"\n", b"\r\n", b" ", b"\x00", b"\xff", b"\xef\xbb\xbf",
    b"null", b"true", b"1e999", b"-0", b"NaN", rb"\ud800", rb"\udc00", rb"\u0000", "花".encode(),
    b'"resourceType"', b'"Coverage"', b'"Patient"', b'"id"', b'"value"', b'{"resourceType":"Coverage"}',
    ndjson(patient()), ndjson(coverage()),
]  # fmt: skip
WORDS = [
    "",
    "c1",
    "hanako",
    "Patient/hanako",
    "#p",
    "active",
    "2024-05-01",
    "2024",
    "\x00",
    "\t",
    NUMBER,
    "𠮷" * 600,
]

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(WORDS), st.text(max_size=5)
)
anything = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["url", "system", "value", "start", "reference", "coding", "code", "use"]),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=6,
)
quick = settings(max_examples=300, deadline=None)
thorough = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def damaged(resource: Json) -> st.SearchStrategy[Json]:
    """The resource with some of its elements, or what they hold, replaced by anything."""
    names = st.sampled_from([*resource, "contained", "costToBeneficiary", "dependent"])
    inner = st.dictionaries(names, st.one_of(anything, st.lists(anything, max_size=2)), max_size=4)
    return inner.map(lambda other: resource | other)


resources = st.one_of(
    damaged(coverage()),
    damaged(coverage(contained=[patient(id="p")], beneficiary={"reference": "#p"})),
    damaged(patient()),
    damaged(insurer()),
    anything,
)


def as_line(resource: object) -> bytes:
    """The resource in ASCII, with NaN and half characters where it has them."""
    return json.dumps(resource).encode()


@quick
@given(st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join)))
def test_any_bytes_are_read_line_by_line_or_refused(content: bytes):
    with suppress(FeedRefused):
        rows = read(content)

        assert [row.line for row in rows] == sorted({row.line for row in rows})


@quick
@given(st.lists(resources, min_size=1, max_size=4))
def test_any_resources_are_rows_rejects_or_ignored(some: list[object]):
    rows = read(b"\n".join(map(as_line, some)))

    assert len(rows) <= len(some)


@thorough
@pytest.mark.django_db
@given(st.lists(resources, min_size=1, max_size=4), st.booleans())
def test_any_resources_can_be_imported(hanako: Resident, some: list[object], complete: bool):
    with transaction.atomic():
        try:
            report, rejects = imported(*map(as_line, [patient(id="other"), *some]), complete=complete)
        except FeedRefused:
            report, rejects = None, []
        transaction.set_rollback(True)

    assert report is None or report.counts.rejected == len(rejects)
    assert [one.line for one in rejects] == sorted(one.line for one in rejects)


@thorough
@pytest.mark.django_db
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "c"]),
            st.sampled_from(["A1", "A2", None]),
            st.sampled_from(["active", "cancelled", "entered-in-error", "draft"]),
        ),
        max_size=6,
    ),
    st.permutations(range(9)),
)
def test_the_order_of_lines_does_not_matter(
    hanako: Resident, some: list[tuple[str, str | None, str]], order: list[int]
):
    people = [
        patient(id="a"),
        patient(id="b", identifier=[number(OTHER_NUMBER)]),
        patient(id="c", identifier=[number(STRANGER)]),
    ]
    claims = [
        coverage(id=f"c{place}", identifier=reference and [{"value": reference}], status=status)
        | {"beneficiary": {"reference": f"Patient/{person}"}}
        for place, (person, reference, status) in enumerate(some)
    ]
    lines = [*people, *claims]

    found = []
    for arranged in (lines, [lines[place] for place in order if place < len(lines)]):
        with transaction.atomic():
            report, _rejects = imported(*arranged)
            found.append((figures(report), set(Link.objects.values_list("reference", "status"))))
            transaction.set_rollback(True)

    assert found[0] == found[1]
