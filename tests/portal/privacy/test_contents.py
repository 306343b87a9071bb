"""What is in the copy of one's data, and what must not be."""

import datetime
import json
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from stdnum.jp import in_

from accounts import audit, vault
from accounts.acting import naming
from accounts.models import StoredFile
from links.models import Finding
from notices.actions import tell
from portal.privacy import contents
from reports.models import Message
from tests import factories
from tests.accounts.acting import stating as acting
from tests.accounts.identity import stating
from tests.certificates import factories as certificates
from tests.portal.privacy import unpacked
from tests.reports import factories as reports

YEAR = datetime.timedelta(days=365)
NUMBER = "47113826059" + in_.calc_check_digit("47113826059")


def test_the_copy_has_a_page_for_people_and_the_same_for_machines(resident_user, link) -> None:
    copy = unpacked.of(resident_user)

    whole = json.loads(copy.read("data.json"))
    page = copy.read("index.html").decode()
    assert whole["about"] == link.resident.name
    assert whole["parts"]["register"][0]["address"] == link.resident.address
    assert whole["parts"]["records"][0]["account_number"] == "1234567"
    for seen in (link.resident.address, "1234567", "Bank account for public payments", "Mihon Bank"):
        assert seen in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("ja", "あなたのデータの写し"), ("en", "Your records"), ("ja-x-easy", "データの 写(うつ)し")],
)
def test_it_is_in_the_language_of_who_asked(resident_user, language, words) -> None:
    page = unpacked.of(resident_user, language).read("index.html").decode()

    assert words in page
    assert f'<html lang="{language[:2]}">' in page


@pytest.mark.parametrize(
    "state",
    [
        {"held": True},
        {"concealed": True},
        {"verdict": "mismatch"},
        {"verdict": ""},
        {"status": "removed"},
        {"settled_as": "unlinked", "settled_digest": b"x" * 32},
    ],
    ids=str,
)
def test_of_a_withheld_record_only_kind_and_office_are_in_it(resident, resident_user, state) -> None:
    stranger = {"holder_name": "他所　太郎", "holder_kana": "ヨソ　タロウ", "holder_address": "他所市１番"}
    link = factories.LinkFactory.create(
        resident=resident, reference="SECRET-1", entered_by="他所支店", **stranger, **state
    )
    Finding.objects.create(
        link=link,
        resident=resident,
        verdict="match",
        elements={"name": "other", "address": "other"},
        owner=factories.ResidentFactory.create(name="他所　太郎"),
        rules_version="1",
        found_at=timezone.now(),
    )

    told = unpacked.text(resident_user)

    assert "Mihon Bank" in told
    for hidden in ("他所", "ヨソ", "SECRET-1", "1234567", "浦和支店"):
        assert hidden not in told


def test_what_a_certificate_printed_from_a_record_that_is_stopped_now_is_not_in_it(
    resident, resident_user, support
) -> None:
    certificate = certificates.certificate(resident, support, by=resident_user)
    printed = certificate.facts["printed"]["insurer_name"]
    before = unpacked.text(resident_user)
    certificate.link.held = True
    certificate.link.save()
    unpacked.copies.throw_away(by=resident_user, at=timezone.now())

    after = unpacked.text(resident_user)

    assert printed in before
    assert printed not in after
    assert certificate.number in after


def test_notes_of_staff_are_not_in_it(resident_user, support, link) -> None:
    report = reports.filed(link, resident_user)
    common = {"report": report, "resident": link.resident, "by": support, "at": timezone.now()}
    Message.objects.create(audience="staff", text="The owner is probably Yoso Taro", **common)
    Message.objects.create(audience="resident", text="We asked the bank", **common)

    told = unpacked.text(resident_user)

    assert "We asked the bank" in told
    assert "Yoso Taro" not in told
    assert support.name not in told
    assert support.email not in told


def test_nothing_of_other_people_is_in_it(resident, resident_user, neighbour, neighbour_user) -> None:
    child = factories.ResidentFactory.create(name="子供　一郎", address="子供市２番")
    factories.authority(agent=resident_user, subject=child)
    factories.LinkFactory.create(resident=child, reference="CHILD-1")
    agent = factories.UserFactory.create(name="代理　花", email="agent@example.jp")
    factories.authority(agent=agent, subject=resident, kind="carer")
    reported = factories.LinkFactory.create(resident=resident)
    reports.filed(reported, agent, reach_by="telephone", telephone="0312345678")
    factories.LinkFactory.create(resident=neighbour, reference="OTHER-1")
    stating.posted(resident, by=neighbour_user)

    told = unpacked.text(resident_user)

    assert "Parent" in told
    assert "Helper" in told
    others = ("子供", "CHILD-1", "代理", "agent@", "0312345678", "OTHER-1", neighbour_user.email)
    for hidden in (*others, child.code, resident.household_code):
        assert hidden not in told


def test_the_individual_number_is_not_in_it(resident, resident_user) -> None:
    vault.seal(NUMBER, resident=resident, at=timezone.now()).save()

    assert NUMBER not in unpacked.text(resident_user)


def test_of_what_opens_the_sign_in_nothing_is_in_it(resident_user, resident) -> None:
    told = unpacked.text(resident_user)

    assert resident_user.email in told
    assert resident_user.password not in told
    assert resident.code not in told


def test_the_trail_and_the_notices_are_in_it(resident, resident_user, support, link, now) -> None:
    subject = ("link", link.public_id)
    audit.record("record.viewed", by=support, at=now, resident=resident, subject=subject)
    tell(resident_id=resident.pk, kind="record.released", subject=subject, at=now)

    told = unpacked.parts(resident_user)

    with translation.override("en"):
        assert any("upport worker looked at the record" in str(each) for each in told["trail"])
    assert [each["kind"] for each in told["notices"]] == ["record.released", "look.first"]


def test_photos_and_papers_are_in_it(resident_user, link) -> None:
    attachment = reports.attached(link, resident_user)
    report = reports.filed(link, resident_user)

    copy: ZipFile = unpacked.of(resident_user)

    name = f"files/{report.number}-1.{attachment.file.extension}"
    assert len(copy.read(name)) == attachment.file.size


def test_a_file_that_is_broken_or_too_large_keeps_nobody_from_the_rest(
    resident_user, link, monkeypatch
) -> None:
    attachment = reports.attached(link, resident_user)
    reports.filed(link, resident_user)
    StoredFile.objects.filter(pk=attachment.file_id).update(public_id="another")

    copy = unpacked.of(resident_user)

    assert sorted(copy.namelist()) == ["data.json", "index.html"]


def test_more_records_take_no_more_queries(resident, resident_user, institution, now) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            contents.sections(resident, resident_user, at=now)
        return len(queries)

    factories.LinkFactory.create_batch(2, resident=resident, institution=institution)
    few = asked()
    factories.LinkFactory.create_batch(20, resident=resident, institution=institution)

    assert asked() == few


def test_helpers_with_their_areas_codes_and_requests_are_in_it(
    resident, resident_user, neighbour, now
) -> None:
    helper = factories.bound_user(factories.ResidentFactory.create())
    factories.authority(agent=helper, subject=resident, kind="carer", scope={"see": ["money"]})
    naming.invite(chosen={"see": ["pension"]}, ends_on=now.date() + YEAR, by=resident_user, at=now)
    acting.mandate(neighbour, resident_user, kind="guardian", at=now)

    parts = json.loads(unpacked.of(resident_user).read("data.json"))["parts"]

    assert parts["acts_for_you"][0]["may"] == "see money"
    assert parts["invitations"][0]["may"] == "see pension"
    assert parts["mandates"][0]["kind"] == "guardian"
    assert neighbour.name not in json.dumps(parts["mandates"], ensure_ascii=False)
