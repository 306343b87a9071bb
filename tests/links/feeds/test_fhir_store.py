"""Coverages into links: the same records, rejects and brakes as a CSV file gives."""

import csv
from pathlib import Path

import pytest

from accounts.intake.refusal import FeedRefused
from accounts.intake.rejects import RejectsFile
from accounts.models import Resident
from links.feeds.fates import DIFFERENT_TWICE, NOT_IN_REGISTER
from links.feeds.fhir.claims import NO_INSURER
from links.feeds.fhir.reading import IGNORED
from links.models import Change, FeedImport, Link
from tests.links.feeds.feeding import NUMBER, OTHER_NUMBER, STRANGER, figures, link
from tests.links.feeds.feeding import imported as imported_csv
from tests.links.feeds.resources import Json, coverage, imported, number, patient

pytestmark = pytest.mark.django_db

HEADER = (
    "individual_number,reference,holder_name,holder_kana,holder_birth_date,holder_sex,holder_address,linked_on,"
    "insurer_number,insurer_name,symbol,number,branch_number,relation,insured_name,insured_kana,qualified_on"
)
CELLS = (
    f"{NUMBER},A1,見本　花子,ミホン　ハナコ,1985-04-02,女,埼玉県見本市1-2-3,2024-05-01,"
    "06139463,見本健康保険組合,あいう,１８７,05,1,見本　花子,ミホン　ハナコ,2024-05-01"
)


def coverages(count: int, **more: object) -> list[Json]:
    """So many of Hanako's, A0 and on."""
    return [coverage(identifier=[{"value": f"A{place}"}], **more) for place in range(count)]


def test_a_coverage_becomes_the_link_that_its_row_in_csv_would_become(hanako: Resident):
    imported(coverage(), patient())

    report = imported_csv(CELLS, header=HEADER, institution="HI0001", category="health_insurance")

    assert figures(report) == (0, 0, 1, 0, 0)
    assert link("A1").resident == hanako
    assert link("A1").details["insurer_number"] == "06139463"


def test_a_link_knows_the_line_of_its_coverage(hanako: Resident):
    imported(patient(), "ignored", coverage())

    assert link("A1").line == 3
    assert FeedImport.objects.get().encoding == "UTF-8"


def test_patients_are_not_counted_as_rows(hanako: Resident):
    report, _rejects = imported(patient(), patient(id="nobody"), coverage(), b"{", {"resourceType": "Claim"})

    assert report.counts.rows == 2
    assert figures(report) == (1, 0, 0, 0, 1)


def test_the_same_file_twice_changes_nothing_the_second_time(hanako: Resident):
    imported(patient(), *coverages(3))

    report, _rejects = imported(*coverages(3), patient())

    assert figures(report) == (0, 0, 3, 0, 0)
    assert Change.objects.count() == 3


def test_a_change_of_the_patient_changes_the_records(hanako: Resident):
    imported(patient(), *coverages(2))

    report, _rejects = imported(patient(gender="male"), *coverages(2))

    assert figures(report) == (0, 2, 0, 0, 0)


def test_rejects_come_in_the_order_of_lines_with_element_and_reason(hanako: Resident):
    stranger = patient(id="stranger", identifier=[number(STRANGER)])
    resources = [
        patient(),
        stranger,
        coverage(),
        coverage(identifier=[{"value": "A2"}], beneficiary={"reference": "Patient/stranger"}),
        b"{",
        coverage(identifier=[{"value": "A3"}], status="unheard of"),
        coverage(identifier=[{"value": "A4"}]),
        coverage(identifier=[{"value": "A4"}], dependent="01", extension=None),
    ]

    report, rejects = imported(*resources)

    assert figures(report) == (1, 0, 0, 0, 5)
    assert [(one.line, one.column, one.reason) for one in rejects] == [
        (4, "Patient.identifier", NOT_IN_REGISTER),
        (5, "", "This line is not JSON."),
        (6, "Coverage.status", "This value is not one of those that are possible here."),
        (7, "Coverage.identifier", DIFFERENT_TWICE),
        (8, "Coverage.identifier", DIFFERENT_TWICE),
    ]


def test_warnings_count_once_though_the_file_is_read_again_for_rejects(hanako: Resident):
    report, _rejects = imported(patient(), {"resourceType": "Claim"}, coverage(payor=None), b"{")

    assert report.warnings[IGNORED % {"kind": "Claim"}] == report.warnings[NO_INSURER] == 1


def test_the_rejects_file_masks_the_number(hanako: Resident, tmp_path: Path):
    _report, rejects = imported(patient(identifier=[number(STRANGER)]), coverage())

    with RejectsFile(tmp_path / "rejects.csv", key="reference") as file:
        for reject in rejects:
            file.write(reject)

    written = (tmp_path / "rejects.csv").read_text()
    (line,) = csv.DictReader(written.splitlines())
    assert (line["line"], line["reference"], line["individual_number"]) == ("2", "A1", "********6583")
    assert STRANGER not in written


def test_what_a_complete_file_lacks_is_removed(hanako: Resident):
    imported(patient(), *coverages(30))

    report, _rejects = imported(patient(), *coverages(29), complete=True)

    assert figures(report) == (0, 0, 29, 1, 0)
    assert link("A29").status == "removed"


def test_a_record_whose_line_is_broken_is_not_missing(hanako: Resident):
    imported(patient(), *coverages(30))

    report, _rejects = imported(
        patient(),
        *coverages(29),
        b'{"resourceType": "Coverage", "identifier": [{"value": "A29"}]',
        complete=True,
    )

    assert figures(report) == (0, 0, 29, 0, 1)


def test_the_brake_stops_a_complete_file_that_lacks_much(hanako: Resident):
    imported(patient(), *coverages(10))

    with pytest.raises(FeedRefused, match="5 of 10 records would disappear"):
        imported(patient(), *coverages(5), complete=True)

    assert not Link.objects.exclude(status="active").exists()


def test_the_brake_stops_a_file_that_gives_records_to_others(hanako: Resident, taro: Resident):
    imported(patient(), *coverages(3))

    with pytest.raises(FeedRefused, match="3 of 3 records would disappear or change their holder"):
        imported(patient(identifier=[number(OTHER_NUMBER)]), *coverages(3))


def test_a_coverage_entered_in_error_is_removed(hanako: Resident):
    imported(patient(), *coverages(30))

    report, _rejects = imported(patient(), coverage(status="entered-in-error"))

    assert figures(report) == (0, 0, 0, 1, 0)


def test_a_trial_stores_nothing(hanako: Resident):
    report, _rejects = imported(patient(), *coverages(3), dry_run=True)

    assert figures(report) == (3, 0, 0, 0, 0)
    assert not Link.objects.exists()


def test_no_number_is_stored(hanako: Resident):
    imported(patient(), coverage(identifier=[number()]), b'{"value": "' + NUMBER.encode() + b'"')

    assert NUMBER not in f"{list(Link.objects.values())}{list(Change.objects.values())}"
    assert link("c1").resident == hanako


def test_a_refused_file_leaves_why_with_an_institution_that_is_known(hanako: Resident):
    imported(patient(), coverage())

    with pytest.raises(FeedRefused):
        imported(b" " * 1_000_001)

    assert FeedImport.objects.latest("pk").refusal == "Line 1 has more than 1 MB."
