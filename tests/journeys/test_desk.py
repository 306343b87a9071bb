"""Support and supervisor put a record right, and the resident reads it."""

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Resident, User
from accounts.proposals.words import OWN_PROPOSAL
from portal.sample.personas import CHILD_CODE
from reports import actions
from reports.models import Report
from tests.reports.inquiries.conftest import officer_of

pytestmark = pytest.mark.journey

PROOF = "口座の名義は母親。母の番号の欄に子の番号。"
EXPLANATION = "この口座は、お子さまの番号に誤って結びついていました。"


def test_two_people_put_a_record_right_and_the_resident_is_told(arrive, sample, deliver_notices):
    report = reported_by_the_mother()
    child, record = report.resident, report.link

    support = arrive().sign_in(*credentials(sample, "support")).look()
    support.press(report.number).reads(child.name, record.holder_kana, "Whose record is it?").look()
    support.press("Take this case").reads("The case is yours.").press("Propose a correction").look()
    propose(support)
    support.reads("The proposal waits for a second person.").finds("Approve the correction", there=False)
    support.reads("You proposed the correction. Another person must decide about it.").look()

    supervisor = arrive().sign_in(*credentials(sample, "supervisor")).press(report.number)
    supervisor.press("Approve the correction").reads(PROOF, EXPLANATION).look()
    supervisor.press("Approve the correction").reads(
        "The correction was carried out. The resident is told."
    ).look()

    deliver_notices()
    mails = [letter.body for letter in mail.outbox if letter.to == ["child-account@example.jp"]]
    assert mails
    assert not [body for body in mails if child.name in body or record.holder_kana in body]
    mother = arrive().sign_in(*credentials(sample, "child-account")).open(report.get_absolute_url())
    mother.reads(
        "The record was removed from your number.", EXPLANATION, "This did not fit your data in the register:"
    ).look()
    mother.reads_nothing_of(PROOF, record.reference)
    mother.open(f"/people/{child.public_id}/").reads_nothing_of(record.public_id)
    mother.open(record.get_absolute_url()).reads("This record was removed from your number").look()


def test_support_may_not_approve_a_correction(arrive, sample):
    report = proposed_by(User.objects.get(email="support@example.jp"))
    support = arrive().sign_in(*credentials(sample, "support"))

    support.open(f"/desk/{report.public_id}/approve/")

    support.reads("You may not open this page").look()


def test_a_supervisor_may_not_approve_their_own_proposal(arrive, sample):
    report = proposed_by(User.objects.get(email="supervisor@example.jp"))
    supervisor = arrive().sign_in(*credentials(sample, "supervisor"))

    supervisor.open(f"/desk/{report.public_id}/").finds("Approve the correction", there=False)
    supervisor.open(f"/desk/{report.public_id}/approve/").press("Approve the correction")

    supervisor.reads(str(OWN_PROPOSAL)).look()
    report.refresh_from_db()
    assert report.is_open


def test_support_asks_and_the_resident_answers(arrive, sample):
    report = reported_by_the_mother()
    support = arrive().sign_in(*credentials(sample, "support")).open(f"/desk/{report.public_id}/")
    support.press("Take this case").press("Ask the resident").look()
    support.write("Your question to the resident", "この口座の銀行名をご存じですか。").press(
        "Ask the resident"
    )
    support.reads("Your question was sent to the resident.")

    mother = arrive().sign_in(*credentials(sample, "child-account")).open(report.get_absolute_url())
    mother.reads("We need your answer.", "この口座の銀行名をご存じですか。").look()
    mother.write("Your message to support", "わかりません。").press("Send the message")

    mother.reads("Your message was sent.")
    support.open(f"/desk/{report.public_id}/").reads("わかりません。", "Being checked").look()


def test_the_institution_answers_two_people_decide_and_the_resident_says_it_is_still_wrong(
    arrive, sample, deliver_notices
):
    report = reported_by_the_mother()
    record, child = report.link, report.resident
    support = arrive().sign_in(*credentials(sample, "support")).open(f"/desk/{report.public_id}/")
    support.press("Take this case").press("Ask the institution").look()
    support.write("Your question to the institution", "名義人はどなたですか。").press("Ask the institution")
    support.reads("The case waits for the institution.", "Asked of the institution").look()

    officer = arrive().sign_in(officer_of(record.institution))
    officer.reads("Questions to us", record.reference).look().press("A question")
    officer.reads("名義人はどなたですか。").reads_nothing_of(child.name).look()
    officer.choose("Here is our answer").write("What do you want to tell us?", "母親の口座です。")
    officer.press("Send the answer").reads(
        "Thank you. Your answer is with our support.", "Nothing waits here."
    )

    support.open(f"/desk/{report.public_id}/").reads("母親の口座です。").press("Propose a correction")
    propose(support)
    supervisor = arrive().sign_in(*credentials(sample, "supervisor")).open(f"/desk/{report.public_id}/")
    supervisor.press("Approve the correction").press("Approve the correction")

    deliver_notices()
    assert [letter for letter in mail.outbox if letter.to == ["child-account@example.jp"]]
    mother = arrive().sign_in(*credentials(sample, "child-account")).open(report.get_absolute_url())
    mother.reads("The record was removed from your number.").press("It is still wrong").look()
    mother.main.locator("form textarea").first.fill("まだ残っています。")
    mother.main.locator("form button").first.click()
    mother.reads("You told us that it is still wrong. We check it again.").look()
    support.open("/desk/?state=reopened").reads(report.number, "Opened again").look()


def credentials(sample, who):
    """Address and password of a persona."""
    return sample[who].email, sample[who].password


def reported_by_the_mother() -> Report:
    """The wrong account on the child's number, reported."""
    record = Resident.objects.get(code=CHILD_CODE).links.get(category="bank_account")
    answers = {"kind": "not_mine", "known_since": "week", "account": "", "reach_by": "portal"}
    mother = User.objects.get(email="child-account@example.jp")
    report = actions.file(
        link=record, answers=answers, language="ja", simple=False, by=mother, at=timezone.now()
    )
    return Report.objects.with_record().get(pk=report.pk)


def proposed_by(user: User) -> Report:
    """A case for which this person proposed to remove the record."""
    report = actions.take(report=reported_by_the_mother(), version=1, by=user, at=timezone.now())
    what = {"remedy": "unlink", "cause": "family_account", "reason": PROOF, "explanation": EXPLANATION}
    return actions.propose(report=report, version=report.version, by=user, at=timezone.now(), **what)


def propose(support) -> None:
    """Fill in the proposal and send it."""
    support.choose("Remove the record from this number")
    support.page.select_option("select[name=cause]", "family_account")
    support.write("Reason for the second person", PROOF)
    support.write("Explanation for the resident", EXPLANATION).press("Propose a correction")
