"""Lines of a FHIR file: what is JSON enough, what costs its line, what is ignored, what refuses the file."""

import io
import json

import pytest

from accounts.intake.reading import Reject
from accounts.intake.refusal import FeedRefused
from links.feeds.columns import FEEDS
from links.feeds.fhir import lines
from links.feeds.fhir.reading import IGNORED, NO_RESOURCES, FhirReading
from tests.accounts.intake.files import NUMBER
from tests.links.feeds.feeding import TODAY
from tests.links.feeds.resources import coverage, ndjson, patient, read, read_with_warnings, row_of

ESCAPED = json.dumps(coverage())  # every kanji as \u and four digits


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", lines.NOT_JSON),
        (b'{"resourceType": "Coverage"', lines.NOT_JSON),
        (b'{"resourceType": "Coverage"} {}', lines.NOT_JSON),
        (b"resourceType: Coverage", lines.NOT_JSON),
        (b'{"resourceType": "Coverage", "order": NaN}', lines.NOT_JSON),
        (b'{"resourceType": "Coverage", "order": ' + b"9" * 5000 + b"}", lines.NOT_JSON),
        (b'{"resourceType": "Coverage", "id": "a\x01"}', lines.NOT_JSON),
        (b'{"resourceType": "Coverage", "id": "a", "id": "b"}', lines.NAME_TWICE),
        (b'{"resourceType": "Coverage", "meta": {"a": 1, "a": 1}}', lines.NAME_TWICE),
        (rb'{"resourceType": "Coverage", "id": "\ud800"}', lines.HALF_A_CHARACTER),
        (rb'{"resourceType": "Coverage", "id": "\udc00\ud800"}', lines.HALF_A_CHARACTER),
        (rb'{"resourceType": "Coverage", "\uD800": 1}', lines.HALF_A_CHARACTER),
        (b"[" * 400_000, lines.TOO_DEEP),
        (b'{"a":' * 150_000, lines.TOO_DEEP),
        (b"\xef\xbb\xbf{}", lines.NOT_JSON),
    ],
)
def test_a_line_that_is_not_json_is_rejected_alone(line: bytes, reason: str):
    rows = read(patient(), line, coverage())

    assert [(row.line, getattr(row, "reason", None)) for row in rows] == [(2, reason), (3, None)]


@pytest.mark.parametrize("line", [b"[]", b'"Coverage"', b"7", b"null", b"{}", b'{"resourceType": 7}'])
def test_a_line_that_holds_no_resource_is_ignored_with_a_warning(line: bytes):
    rows, warnings = read_with_warnings(patient(), line, coverage())

    assert [row.line for row in rows] == [3]
    assert warnings == {NO_RESOURCES: 1}


def test_resources_of_other_types_are_ignored_with_a_warning_that_names_them():
    others = [{"resourceType": "Observation"}, {"resourceType": "Claim"}, {"resourceType": "Observation"}]

    rows, warnings = read_with_warnings(patient(), *others, coverage())

    assert [row.line for row in rows] == [5]
    assert warnings == {IGNORED % {"kind": "Observation"}: 2, IGNORED % {"kind": "Claim"}: 1}


def test_a_file_of_any_number_of_types_is_told_in_few_warnings():
    others = [{"resourceType": f"X{'a' * place}"} for place in range(60)]

    _rows, warnings = read_with_warnings(*others, {"resourceType": NUMBER})

    assert len(warnings) <= 52
    assert sum(warnings.values()) == 61
    assert NUMBER not in "".join(warnings)


@pytest.mark.parametrize(
    "content",
    [
        ndjson(patient(), coverage()) + b"\n",
        ndjson(patient(), coverage()).replace(b"\n", b"\r\n") + b"\r\n",
        b"\xef\xbb\xbf" + ndjson(patient(), coverage()),
        ndjson(b"", patient(), b"  ", b"\r", coverage(), b"", b""),
        ndjson(patient(), ESCAPED.encode()),
    ],
)
def test_it_may_be_written_with_or_without_marks_blank_lines_and_escapes(content: bytes):
    assert row_of(content).values["holder_name"] == "見本　花子"


def test_both_halves_of_a_character_are_one_character():
    line = json.dumps(patient(address=[{"text": "𠮷野家🙂"}])).encode()

    assert row_of(line, coverage()).values["holder_address"] == "𠮷野家🙂"


def test_a_byte_order_mark_and_blank_lines_do_not_move_line_numbers():
    rows = read(b"\xef\xbb\xbf", b"", patient(), b"", coverage(), b"{")

    assert [row.line for row in rows] == [5, 6]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xef\xbb\xbf",
        ndjson(patient(), coverage()).decode().encode("cp932"),
        ndjson(patient(), coverage()).decode().encode("utf-16"),
        ndjson(patient(), coverage()).decode().encode("euc_jp"),
        ndjson(patient(), coverage()).replace("花".encode(), b"\xe8\x8a"),
        ndjson(patient(), coverage()) + b"\xff",
        b"\x00" + ndjson(patient()),
    ],
)
def test_what_is_not_utf_8_is_refused_whole(content: bytes):
    with pytest.raises(FeedRefused) as refused:
        read(content)

    assert str(refused.value) in ("The file is empty.", "A FHIR file is in UTF-8, and this one is not.")


def test_a_line_of_1_mb_is_read():
    line = ndjson(patient())

    assert len(read(line + b" " * (lines.ROW_BYTES - len(line) - 1), coverage())) == 1


def test_a_longer_line_refuses_the_file():
    with pytest.raises(FeedRefused, match="Line 2 has more than 1 MB"):
        read(patient(), b" " * (lines.ROW_BYTES + 1), coverage())


def test_a_file_that_changes_while_it_is_read_is_refused():
    content = ndjson(
        coverage(), coverage(id="c2", beneficiary={"reference": "Patient/b"}), patient(), patient(id="b")
    )
    file = io.BytesIO(content)

    with FhirReading(file, FEEDS["health_insurance"], today=TODAY) as reading:
        next(iter(reading))
        file.getbuffer()[-1:] = b"]"

        with pytest.raises(FeedRefused, match="changed while it was read"):
            list(reading)


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        (ndjson(coverage())[:-1], ["c1", "A1", "06139463"]),
        (b'{"resourceType": "Patient", "id": "hanako"', []),
        (b'{"id": "c1", "identifier": [{"value": "' + NUMBER.encode() + b'"}', ["c1"]),
        (b"garbage", []),
    ],
)
def test_a_broken_line_may_have_meant_any_record_that_it_names_but_holds_no_number(
    line: bytes, keys: list[str]
):
    (reject,) = read(line)

    assert isinstance(reject, Reject)
    assert list(reject.may_be("reference")) == keys
