"""Files that nobody wants: refused whole, or rejected by line and column, and nothing else is lost."""

import io
from typing import NamedTuple

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.intake.reading import Reject
from accounts.intake.refusal import FeedRefused
from accounts.intake.whole import Listeners
from links.feeds.store import Order, import_feed
from links.models import FeedImport, Link
from tests.links.feeds.feeding import NUMBER, STRANGER, TODAY, registered

pytestmark = pytest.mark.django_db

ENGLISH = "individual_number,reference,holder_name,linked_on,account_number"
JAPANESE = "個人番号,記録番号,名義人氏名,登録日,account_number"
GOOD = f"{NUMBER},A1,見本　花子,2024-05-01,1234567"
ALSO_GOOD = f"{NUMBER},A9,見本　花子,R6.5.1,7654321"


class Outcome(NamedTuple):
    """References that were stored, and (line, column) of the rejects."""

    stored: list[str]
    rejected: list[tuple[int, str]]


@pytest.fixture(autouse=True)
def hanako(db: None) -> None:
    """The person whose number the rows name."""
    registered(NUMBER)


def outcome(content: bytes, *, complete: bool = False) -> Outcome:
    """What came of importing these bytes as a feed of bank accounts."""
    rejects: list[Reject] = []
    order = Order(
        institution="BK0001", category="bank_account", today=TODAY, at=timezone.now(), complete=complete
    )
    import_feed(io.BytesIO(content), order, listeners=Listeners(reject=rejects.append))
    stored = list(Link.objects.order_by("line").values_list("reference", flat=True))
    return Outcome(stored, [(reject.line, reject.column) for reject in rejects])


def lines(*rows: str) -> bytes:
    """A file of these rows between two good ones."""
    return "\n".join([ENGLISH, GOOD, *rows, ALSO_GOOD]).encode()


REFUSED = {
    "nothing at all": b"",
    "only a byte order mark": b"\xef\xbb\xbf",
    "UTF-16 with a mark": f"{ENGLISH}\n{GOOD}\n".encode("utf-16"),
    "UTF-16 without a mark": f"{ENGLISH}\n{GOOD}\n".encode("utf-16-le"),
    "EUC-JP": f"{ENGLISH}\n{GOOD}\n".encode("euc_jp"),
    "EUC-JP with Japanese headings": f"{JAPANESE}\n{GOOD}\n".encode("euc_jp"),
    "ISO-2022-JP": f"{ENGLISH}\n{GOOD}\n".encode("iso2022_jp"),
    "a stray byte": lines().replace("花".encode(), b"\xe8\x8a"),
    "no header": f"{GOOD}\n{ALSO_GOOD}\n".encode(),
    "a blank first line": f"\n{ENGLISH}\n{GOOD}\n".encode(),
    "a required column missing": f"individual_number,reference\n{NUMBER},A1\n".encode(),
    "a column twice": f"{ENGLISH},reference\n{GOOD},A2\n".encode(),
    "a column beside its alias": f"{ENGLISH},登録日\n{GOOD},2024-05-01\n".encode(),
    "an unknown column twice": f"{ENGLISH},memo,memo\n{GOOD},a,b\n".encode(),
    "a quotation mark that never closes": lines(f'{NUMBER},"A2,見本,2024-05-01,1234567'),
    "a 10 MB line": lines("x" * 10_000_000),
    "a million columns": ("," * 1_000_000).encode() + b"\n",
    "201 columns": ",".join([ENGLISH, *[f"c{place}" for place in range(196)]]).encode() + b"\n",
    "old line ends of the Macintosh": lines().replace(b"\n", b"\r"),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "a spreadsheet": b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(range(255, 0, -1)),
}

REJECTED = {
    "a wrong check digit": (f"{NUMBER[:-1]}0,A2,,2024-05-01,", "individual_number"),
    "a number that nobody has": (f"{STRANGER},A2,,2024-05-01,", "individual_number"),
    "no number": (",A2,,2024-05-01,", "individual_number"),
    "no reference": (f"{NUMBER},,,2024-05-01,", "reference"),
    "no date": (f"{NUMBER},A2,,,", "linked_on"),
    "the 13th month": (f"{NUMBER},A2,,令和元年13月1日,", "linked_on"),
    "tomorrow": (f"{NUMBER},A2,,2026-10-02,", "linked_on"),
    "letters in an account number": (f"{NUMBER},A2,,2024-05-01,12E4567", "account_number"),
    "a formula for a number": ("=1+1,A2,,2024-05-01,", "individual_number"),
    "NUL": (f"{NUMBER},A2,\x00,2024-05-01,", "holder_name"),
    "a tabulator": (f"{NUMBER},A2,a\tb,2024-05-01,", "holder_name"),
    "a control character in the reference": (f"{NUMBER},A\x1b2,,2024-05-01,", "reference"),
    "a carriage return within a cell": (f"{NUMBER},A2,a\rb,2024-05-01,", "holder_name"),
    "1,001 characters": (f"{NUMBER},A2,{'字' * 1001},2024-05-01,", "holder_name"),
    "too few cells": (f"{NUMBER},A2", ""),
    "too many cells": (f"{NUMBER},A2,,2024-05-01,,", ""),
    "the header again": (ENGLISH, "individual_number"),
    "text after a quotation mark": (f'{NUMBER},"A2"x,,2024-05-01,', ""),
}

ACCEPTED = {
    "full-width digits": "７５１７０３６５１４７５,A2,,２０２４－０５－０１,１２３４５６７",
    "spaces and hyphens": "7517-0365-1475,A2,,2024-05-01,123 4567",
    "a formula as a name": f"{NUMBER},A2,=1+1,2024-05-01,",
    "1,000 characters": f"{NUMBER},A2,{'字' * 1000},2024-05-01,",
    "a name over two lines": f'{NUMBER},A2,"見本\n花子",2024-05-01,',
    "a quotation mark within a name": f'{NUMBER},A2,見本"花子,2024-05-01,',
    "a comma within quotation marks": f'{NUMBER},A2,"見本,花子",2024-05-01,',
    "an emoji": f"{NUMBER},A2,見本🙂,2024-05-01,",
    "an ideographic variant": f"{NUMBER},A2,葛\U000e0100城,2024-05-01,",
    "a separator of Unicode": f"{NUMBER},A2,見本\u2028花子,2024-05-01,",
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_in_a_plain_sentence_and_nothing_is_stored(what: str):
    with pytest.raises(FeedRefused) as refused:
        outcome(REFUSED[what])

    assert str(refused.value).endswith(".")
    assert "%(" not in str(refused.value)
    assert not Link.objects.exists()
    assert not FeedImport.objects.exists()


@pytest.mark.parametrize("what", REJECTED)
def test_it_is_rejected_by_line_and_column_and_its_neighbours_are_stored(what: str):
    row, column = REJECTED[what]

    found = outcome(lines(row))

    assert found == Outcome(["A1", "A9"], [(3, column)])


@pytest.mark.parametrize("what", ACCEPTED)
def test_it_is_accepted_as_it_is(what: str):
    found = outcome(lines(ACCEPTED[what]))

    assert found == Outcome(["A1", "A2", "A9"], [])


def test_a_file_cut_in_the_middle_loses_its_last_row_only():
    content = lines()

    found = outcome(content[: content.rindex(b"R6.5.1")])

    assert found == Outcome(["A1"], [(3, "")])


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("header", [ENGLISH, JAPANESE])
def test_every_accepted_way_of_writing_gives_the_same_links(codec: str, line_end: str, header: str):
    content = line_end.join([header, GOOD, ALSO_GOOD]).encode(codec)

    found = outcome(content)

    assert found == Outcome(["A1", "A9"], [])
    assert Link.objects.get(reference="A1").holder_name == "見本　花子"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([NUMBER, STRANGER, "", "1"]),
            st.sampled_from(["A1", "A2", "A3", " A1", ""]),
            st.text(alphabet='見本花子"\n\r\x00=, ', max_size=6),
            st.sampled_from(["2024-05-01", "", "R6.5.1", "2024-13-01"]),
        ),
        max_size=6,
    ),
    st.booleans(),
)
def test_any_rows_end_in_links_rejects_or_a_refusal_and_are_all_counted(
    table: list[tuple[str, str, str, str]], complete: bool
):
    content = "\n".join([ENGLISH, *(f"{n},{r},{name},{day}," for n, r, name, day in table)]).encode()

    with transaction.atomic():
        try:
            found = outcome(content, complete=complete)
        except FeedRefused:
            found = Outcome([], [])
        transaction.set_rollback(True)

    references = [reference for reference in found.stored if reference]
    assert len(set(references)) == len(found.stored)
    assert [line for line, _column in found.rejected] == sorted(line for line, _column in found.rejected)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(["utf-8", "cp932"]),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 6), st.binary(max_size=6)), max_size=4),
)
def test_of_a_damaged_file_nothing_is_stored_or_each_row_once_or_not_at_all(
    encoding: str, wounds: list[tuple[int, int, bytes]]
):
    content = "\n".join([ENGLISH, GOOD, ALSO_GOOD]).encode(encoding)
    for place, lost, written in wounds:
        content = content[:place] + written + content[place + lost :]

    with transaction.atomic():
        try:
            found = outcome(content)
        except FeedRefused:
            assert not Link.objects.exists()
        else:
            rows = sum(bool(line.strip(b"\r, ")) for line in content.split(b"\n")[1:])
            assert len(found.stored) + len(found.rejected) <= rows
            assert len(found.stored) == len(set(found.stored))
        transaction.set_rollback(True)
