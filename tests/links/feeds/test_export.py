"""What the review found, as a file."""

import csv
import io
from typing import Any

import pytest
from django.utils import timezone

from accounts.intake.rejects import for_spreadsheet
from accounts.models import AuditEvent, Resident
from links.feeds import export
from links.feeds.export import export_findings
from links.models import Link
from tests import factories
from tests.links.feeds.feeding import NUMBER, OTHER_NUMBER, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def hanako(db: None) -> Resident:
    """Somebody with a number in the vault."""
    return registered(NUMBER, code="0001")


def exported(**options: Any) -> list[dict[str, str]]:
    """The rows of the export."""
    out = io.StringIO(newline="")
    count = export_findings(out, by=options.get("by"), at=timezone.now())
    out.seek(0)
    rows = list(csv.DictReader(out))
    assert count == len(rows)
    return rows


def test_the_columns_are_those_of_the_contract(hanako: Resident, institution):
    link = factories.LinkFactory.create(
        resident=hanako, institution=institution, reference="A1", verdict="mismatch", held=True
    )
    factories.FindingFactory.create(
        link=link, verdict="mismatch", reasons=["other_given_name", "shared_account"]
    )

    assert exported() == [
        {
            "institution": institution.code,
            "category": "bank_account",
            "reference": "A1",
            "individual_number_last4": "1475",
            "resident_code": "0001",
            "verdict": "mismatch",
            "reasons": "other_given_name;shared_account",
            "withheld": "1",
        }
    ]


def test_active_and_ended_records_are_exported_and_removed_ones_are_not(hanako: Resident):
    for status in Link.Status.values:
        factories.LinkFactory.create(resident=hanako, reference=status, status=status)

    assert [row["reference"] for row in exported()] == ["active", "ended"]


def test_a_record_without_a_verdict_is_unreviewed_and_has_no_reasons(hanako: Resident):
    link = factories.LinkFactory.create(resident=hanako, verdict="")
    factories.FindingFactory.create(link=link, verdict="mismatch", reasons=["old"])

    (row,) = exported()

    assert (row["verdict"], row["reasons"], row["withheld"]) == ("unreviewed", "", "0")


@pytest.mark.parametrize("verdict", ["match", "unverifiable", "review", "mismatch"])
def test_every_verdict_is_written_as_its_code(hanako: Resident, verdict: str):
    factories.LinkFactory.create(resident=hanako, verdict=verdict)

    assert exported()[0]["verdict"] == verdict


def test_the_reasons_are_those_of_the_latest_finding(hanako: Resident):
    link = factories.LinkFactory.create(resident=hanako)
    for reason in ("first", "last"):
        factories.FindingFactory.create(link=link, reasons=[reason])

    assert exported()[0]["reasons"] == "last"


@pytest.mark.parametrize("reference", ["=1+1", " A1 ", '"A,1"', "Ａ1", "-5", "A\n1"])
def test_a_reference_is_written_exactly_as_it_came(hanako: Resident, reference: str):
    factories.LinkFactory.create(resident=hanako, reference=reference)

    assert exported()[0]["reference"] == reference


def test_a_protected_person_is_not_withheld_for_that(hanako: Resident):
    Resident.objects.update(protected=True)
    factories.LinkFactory.create(resident=hanako)

    assert exported()[0]["withheld"] == "0"


def test_an_export_is_one_event_of_the_trail_however_many_batches(
    hanako: Resident, supervisor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(export, "LINKS_A_BATCH", 2)
    taro = registered(OTHER_NUMBER)
    for resident in (hanako, taro, hanako, taro, hanako):
        factories.LinkFactory.create(resident=resident)

    rows = exported(by=supervisor)

    event = AuditEvent.objects.get()
    assert [row["individual_number_last4"] for row in rows] == ["1475", "7865", "1475", "7865", "1475"]
    assert (event.verb, event.actor, event.purpose) == ("number.exported", supervisor, "export_findings")


def test_progress_is_told_in_records(hanako: Resident, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(export, "LINKS_A_BATCH", 2)
    heard: list[int] = []
    for _place in range(5):
        factories.LinkFactory.create(resident=hanako)

    export_findings(io.StringIO(), by=None, at=timezone.now(), progress=heard.append)

    assert heard == [2, 4, 5]


def test_an_export_of_nothing_has_its_header(db: None):
    out = io.StringIO()

    assert export_findings(out, by=None, at=timezone.now()) == 0
    assert out.getvalue().strip() == ",".join(export.HEADER)


def test_the_queries_do_not_grow_with_the_records(hanako: Resident, django_assert_max_num_queries):
    for _place in range(12):
        factories.LinkFactory.create(resident=hanako)

    with django_assert_max_num_queries(8):
        assert len(exported()) == 12


def test_for_a_spreadsheet_no_reference_is_a_formula(db) -> None:
    factories.LinkFactory.create(reference="=HYPERLINK(1)")
    plain, disarmed = io.StringIO(), io.StringIO()

    export_findings(plain, by=None, at=timezone.now())
    export_findings(disarmed, by=None, at=timezone.now(), cell=for_spreadsheet)

    assert ",=HYPERLINK(1)," in plain.getvalue()
    assert ",'=HYPERLINK(1)," in disarmed.getvalue()
