"""The sample as a whole: repeatable, in the contract's form, with errors in known numbers."""

import datetime
import json
from pathlib import Path

import pytest
from stdnum.jp import in_

from accounts.intake.reading import Reading, Reject
from accounts.intake.register_columns import REGISTER
from links.categories import CATEGORIES
from links.feeds.columns import FEEDS
from links.feeds.store import FORMATS
from portal.sample.senders import SENDERS
from portal.sample.whole import write_sample
from tests.portal.sample.whole_sample import AS_OF, RESIDENTS, feed, folder, manifest, residents

FEED_FILES = [sender.code for sender in SENDERS]


def contents(path: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {file.name: file.read_bytes() for file in path.iterdir()}


def test_the_same_arguments_write_the_same_bytes(tmp_path: Path):
    for name in ("one", "other"):
        write_sample(tmp_path / name, residents=60, seed=3, as_of=AS_OF)

    assert contents(tmp_path / "one") == contents(tmp_path / "other")


@pytest.mark.parametrize(
    "other", [{"seed": 4}, {"as_of": AS_OF - datetime.timedelta(days=400)}, {"residents": 61}]
)
def test_another_seed_day_or_size_writes_other_people(tmp_path: Path, other: dict[str, object]):
    write_sample(tmp_path / "one", residents=60, seed=3, as_of=AS_OF)
    write_sample(tmp_path / "other", **({"residents": 60, "seed": 3, "as_of": AS_OF} | other))

    one, two = contents(tmp_path / "one"), contents(tmp_path / "other")
    assert one["residents.csv"] != two["residents.csv"]


def test_there_are_as_many_residents_as_asked_for():
    assert len(residents()) == RESIDENTS == manifest()["residents"]["rows"]


def test_thirteen_institutions_send_all_ten_categories():
    entries = manifest()["feeds"]

    assert len(entries) == 13
    assert {entry["category"] for entry in entries} == set(CATEGORIES)


def test_every_encoding_of_the_contract_is_there():
    encodings = {entry["encoding"] for entry in manifest()["feeds"]}

    assert encodings == {"utf-8", "utf-8-sig", "cp932"}


def test_both_line_ends_and_both_kinds_of_heading_are_there():
    files = [(folder() / entry["file"]).read_bytes() for entry in manifest()["feeds"]]

    assert {b"\r\n" in file for file in files} == {True, False}
    assert {b"individual_number" in file for file in files} == {True, False}


def test_the_register_reads_without_a_reject():
    with (folder() / "residents.csv").open("rb") as file:
        rows = list(Reading(file, REGISTER, today=AS_OF))

    assert [row for row in rows if isinstance(row, Reject)] == []


@pytest.mark.parametrize("place", range(13))
def test_every_feed_reads_and_a_bad_row_is_one_that_was_meant_to_be(place: int):
    entry = manifest()["feeds"][place]

    with (
        (folder() / entry["file"]).open("rb") as file,
        FORMATS[entry["format"]](file, FEEDS[entry["category"]], today=AS_OF) as reading,
    ):
        rows = list(reading)

    rejects = [row for row in rows if isinstance(row, Reject)]
    assert len(rows) == entry["rows"]
    assert 0 < len(rejects) < entry["rejected"]


@pytest.mark.parametrize("code", FEED_FILES)
def test_every_feed_has_numbers_that_nobody_has_and_wrong_check_digits(code: str):
    numbers = {"".join(filter(str.isdigit, row["individual_number"])) for row in feed(code)}
    known = {row["individual_number"] for row in residents()}

    assert any(not in_.is_valid(number) for number in numbers)
    assert any(in_.is_valid(number) and number not in known for number in numbers)


@pytest.mark.parametrize("code", FEED_FILES)
def test_every_feed_has_equal_and_unlike_rows_of_one_reference(code: str):
    by_reference: dict[str, list[dict[str, str]]] = {}
    for row in feed(code):
        by_reference.setdefault(row["reference"], []).append(row)

    repeated = [rows for rows in by_reference.values() if len(rows) > 1]

    assert sorted(rows[0] == rows[1] for rows in repeated) == [False, True]


def test_the_manifest_names_every_persona_and_the_day():
    assert manifest()["as_of"] == AS_OF.isoformat()
    assert set(manifest()["personas"]) == {
        "child_account",
        "all_in_order",
        "foreign_without_card",
        "elderly",
        "neighbour",
    }


def test_an_existing_folder_is_written_into(tmp_path: Path):
    write_sample(tmp_path, residents=50, seed=1, as_of=AS_OF)
    write_sample(tmp_path, residents=50, seed=2, as_of=AS_OF)

    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["seed"] == 2


def test_a_tiny_sample_still_holds_all_personas(tmp_path: Path):
    made = write_sample(tmp_path, residents=1, seed=1, as_of=AS_OF)

    assert made["residents"] == {"file": "residents.csv", "rows": 50}
