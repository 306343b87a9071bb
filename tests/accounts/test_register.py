"""The register's file into the register."""

import datetime
import io
from typing import Any

import pytest
from django.utils import timezone

from accounts import register, vault
from accounts.intake.fields import WRONG_CHECK_DIGIT
from accounts.intake.reading import Reject
from accounts.intake.refusal import FeedRefused
from accounts.intake.whole import DIFFERENT_TWICE, Listeners, Report
from accounts.models import AuditEvent, Resident, ResidentChange, SealedNumber
from tests.accounts.intake.files import NUMBER, OTHER_NUMBER

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 10, 1)
HEADER = "individual_number,resident_code,name,name_kana,birth_date,sex,address,protected,died_on"
HANAKO = f"{NUMBER},0001,山田　花子,ヤマダ　ハナコ,1985-04-02,女,埼玉県さいたま市浦和区高砂３丁目１番,,"
TARO = f"{OTHER_NUMBER},0002,山田　太郎,ヤマダ　タロウ,S57.1.3,男,埼玉県さいたま市浦和区高砂３丁目１番,,"
THIRD_NUMBER = "511158466583"


def imported(*rows: str, header: str = HEADER, as_of: datetime.date = DAY, **order: Any) -> Report:
    """What came of importing a register of these rows."""
    return imported_with_rejects(*rows, header=header, as_of=as_of, **order)[0]


def imported_with_rejects(
    *rows: str, header: str = HEADER, as_of: datetime.date = DAY, **order: Any
) -> tuple[Report, list[Reject]]:
    """The same, and the rejected rows."""
    rejects: list[Reject] = []
    report = register.import_register(
        io.BytesIO("\n".join([header, *rows]).encode()),
        register.Order(as_of=as_of, at=timezone.now(), **order),
        listeners=Listeners(reject=rejects.append),
    )
    return report, rejects


def figures(report: Report) -> tuple[int, int, int, int]:
    """Created, changed, unchanged, rejected."""
    counts = report.counts
    return counts.created, counts.changed, counts.unchanged, counts.rejected


def test_people_are_added_with_all_that_the_register_says():
    report = imported(HANAKO, TARO)

    taro = Resident.objects.get(code="0002")
    assert figures(report) == (2, 0, 0, 0)
    assert (taro.name, taro.name_kana, taro.birth_date, taro.sex) == (
        "山田　太郎",
        "ヤマダ　タロウ",
        "1982-01-03",
        "1",
    )
    assert (taro.protected, taro.died_on, taro.described_on) == (False, None, DAY)


def test_the_number_is_sealed_and_found_by_its_fingerprint():
    imported(HANAKO)

    hanako = Resident.objects.get(code="0001")
    sealed = SealedNumber.objects.get()
    assert vault.residents_by_fingerprint([vault.fingerprint(NUMBER)]) == {
        vault.fingerprint(NUMBER): hanako.pk
    }
    assert NUMBER.encode() not in bytes(sealed.sealed)


def test_an_import_is_one_event_of_the_trail_and_names_no_number():
    imported(HANAKO, TARO)

    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.resident) == ("register.imported", None, None)


def test_the_same_file_twice_changes_nothing_the_second_time():
    imported(HANAKO, TARO)
    changes = ResidentChange.objects.count()

    report = imported(HANAKO, TARO)

    assert figures(report) == (0, 0, 2, 0)
    assert ResidentChange.objects.count() == changes


def test_a_change_is_written_down_as_it_was_and_as_it_is():
    imported(HANAKO, TARO)

    report = imported(HANAKO.replace("山田　花子", "川田　花子"), TARO)

    change = ResidentChange.objects.latest("pk")
    assert figures(report) == (0, 1, 1, 0)
    assert Resident.objects.get(code="0001").name == "川田　花子"
    assert (change.before, change.after) == ({"name": "山田　花子"}, {"name": "川田　花子"})


def test_a_new_person_is_a_change_from_nothing():
    imported(HANAKO)

    change = ResidentChange.objects.get()
    assert change.before == {}
    assert change.after["name"] == "山田　花子"


def test_a_cell_that_became_empty_empties_what_we_had():
    imported(HANAKO)

    imported(HANAKO.replace("ヤマダ　ハナコ", ""))

    assert Resident.objects.get().name_kana == ""


def test_nobody_is_removed():
    imported(HANAKO, TARO)

    report = imported(HANAKO)

    assert Resident.objects.count() == 2
    assert report.counts.removed == 0


def test_the_dead_stay_with_the_day_of_their_death():
    imported(HANAKO)

    imported(HANAKO + "2026-09-03")

    change = ResidentChange.objects.latest("pk")
    assert Resident.objects.get().died_on == datetime.date(2026, 9, 3)
    assert change.after == {"died_on": "2026-09-03"}


def test_protection_is_taken_over():
    imported(HANAKO.replace("丁目１番,,", "丁目１番,1,"))

    assert Resident.objects.get().protected


def test_the_day_described_goes_on_for_unchanged_people_without_a_change():
    imported(HANAKO)
    changes = ResidentChange.objects.count()

    imported(HANAKO, as_of=DAY + datetime.timedelta(days=30))

    assert Resident.objects.get().described_on == datetime.date(2026, 10, 31)
    assert ResidentChange.objects.count() == changes


def test_a_register_older_than_the_last_one_is_refused():
    imported(HANAKO)

    with pytest.raises(FeedRefused) as refused:
        imported(TARO, as_of=DAY - datetime.timedelta(days=1))

    assert refused.value.reason == register.OLDER_THAN_LAST
    assert "2026-10-01" in str(refused.value)
    assert Resident.objects.count() == 1


def test_the_day_described_is_today_for_the_dates_in_it():
    report, rejects = imported_with_rejects(HANAKO + "2026-10-02")

    assert report.counts.rejected == 1
    assert rejects[0].column == "died_on"


def test_two_residents_with_one_number_in_a_file_are_both_rejected():
    report, rejects = imported_with_rejects(HANAKO, TARO.replace(OTHER_NUMBER, NUMBER))

    assert figures(report) == (0, 0, 0, 2)
    assert [(reject.line, reject.column, reject.reason) for reject in rejects] == [
        (2, "individual_number", register.NUMBER_OF_TWO),
        (3, "individual_number", register.NUMBER_OF_TWO),
    ]


def test_a_number_that_somebody_else_has_already_is_rejected():
    imported(HANAKO)

    report, rejects = imported_with_rejects(TARO.replace(OTHER_NUMBER, NUMBER))

    assert figures(report) == (0, 0, 0, 1)
    assert rejects[0].reason == register.NUMBER_OF_TWO
    assert Resident.objects.count() == 1


def test_a_changed_number_is_rejected_with_the_reason_and_nothing_of_the_row_is_stored():
    imported(HANAKO)

    report, rejects = imported_with_rejects(
        HANAKO.replace(NUMBER, THIRD_NUMBER).replace("山田　花子", "川田　花子")
    )

    assert figures(report) == (0, 0, 0, 1)
    assert rejects[0].reason == register.NUMBER_CHANGED
    assert Resident.objects.get().name == "山田　花子"


def test_a_changed_number_is_let_through_on_demand_and_written_down_without_the_number():
    imported(HANAKO)

    report = imported(HANAKO.replace(NUMBER, THIRD_NUMBER), allow_number_change=True)

    change = ResidentChange.objects.latest("pk")
    assert figures(report) == (0, 1, 0, 0)
    assert vault.residents_by_fingerprint([vault.fingerprint(NUMBER)]) == {}
    assert list(vault.residents_by_fingerprint([vault.fingerprint(THIRD_NUMBER)]).values()) == [
        change.resident_id
    ]
    assert THIRD_NUMBER not in f"{change.before}{change.after}"
    assert change.after == {"individual_number": "new"}


def test_even_on_demand_nobody_gets_the_number_of_somebody_else():
    imported(HANAKO, TARO)

    report, rejects = imported_with_rejects(HANAKO.replace(NUMBER, OTHER_NUMBER), allow_number_change=True)

    assert figures(report) == (0, 0, 0, 1)
    assert rejects[0].reason == register.NUMBER_OF_TWO


def test_equal_rows_count_once_and_rows_that_differ_are_all_rejected():
    report, rejects = imported_with_rejects(HANAKO, HANAKO, TARO, TARO.replace("太郎", "次郎"))

    assert report.counts.rows == 4
    assert figures(report) == (1, 0, 0, 2)
    assert {reject.reason for reject in rejects} == {DIFFERENT_TWICE}


def test_a_bad_row_costs_no_other():
    report, rejects = imported_with_rejects(HANAKO.replace(NUMBER, "751703651470"), TARO)

    assert figures(report) == (1, 0, 0, 1)
    assert rejects[0].reason == WRONG_CHECK_DIGIT


def test_a_file_that_cannot_be_read_to_its_end_stores_nothing():
    with pytest.raises(FeedRefused):
        imported(HANAKO, f'{OTHER_NUMBER},0002,"山田')

    assert not Resident.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_name_longer_than_any_register_has_is_rejected():
    report = imported(HANAKO.replace("山田　花子", "山" * 201), TARO)

    assert figures(report) == (1, 0, 0, 1)


def test_whoever_imports_is_named_in_the_trail(supervisor):
    imported(HANAKO, by=supervisor)

    assert AuditEvent.objects.get().actor == supervisor


def test_the_queries_do_not_grow_with_the_rows_of_a_batch(django_assert_max_num_queries):
    rows = [HANAKO, TARO]
    imported(*rows)

    with django_assert_max_num_queries(14):
        imported(*rows, as_of=DAY + datetime.timedelta(days=1))
