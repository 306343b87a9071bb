"""The resident's journey, for oneself and for those one acts for."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Resident
from certificates import actions
from certificates.models import Application, Certificate, Draft
from links.models import Link
from tests.certificates.factories import NATIONAL, SOCIETY, application, certificate, draft, insurance, issued
from tests.factories import authority


def address(name, *args):
    """A page of this room."""
    return reverse(f"certificates:{name}", args=args)


@pytest.fixture
def insured(resident):
    """The resident's insurance: municipal scheme, card not registered."""
    return insurance(resident)


@pytest.fixture
def own(client, resident, resident_user):
    """Open a page of the resident's own as the resident: its name and what follows the person's id."""
    client.force_login(resident_user)

    def get(name, *args):
        return client.get(address(name, resident.public_id, *args))

    return get


def send(client, resident, step, answer):
    """Answer one question and follow to the next page."""
    return client.post(address("question", resident.public_id, step), {"answer": answer}, follow=True)


CARD = {"card_state": "valid", "card_use_registered": "1", "card_certificate_expires_on": "2031-01-01"}


def test_the_start_page_says_what_it_is_and_what_it_is_not(own):
    text = own("start").content.decode()

    assert "資格確認書" in text
    assert "資格情報のお知らせ" in text


def test_the_declaration_is_filled_in_as_far_as_nobody_doubts_it(own, resident, insured):
    page = own("declaration")
    text = page.content.decode()

    for known in [resident.name, "さいたま市中央区国民健康保険", "0025568", "被保険者資格申立書"]:
        assert known in text


def test_of_a_held_record_the_declaration_shows_nothing_and_the_start_page_leads_to_it(
    own, resident, insured
):
    insured.concealed = True
    insured.save(update_fields=["concealed"])

    assert "さいたま市" not in own("declaration").content.decode()
    assert address("declaration", resident.public_id) in own("start").content.decode()


def test_who_acts_for_somebody_writes_the_insurer_by_hand(client, resident, insured, neighbour_user):
    authority(agent=neighbour_user, subject=resident)
    client.force_login(neighbour_user)

    text = client.get(address("declaration", resident.public_id)).content.decode()

    assert resident.name in text
    assert "0025568" not in text


def test_from_three_questions_to_an_application(client, own, resident, resident_user, insured):
    first = client.get(address("verdict", resident.public_id), follow=True)
    second = send(client, resident, "card", "none")
    verdict = send(client, resident, "help", "nothing")
    wish = client.get(address("apply", resident.public_id), follow=True)
    send(client, resident, "items", "nothing")
    check = send(client, resident, "delivery", "download")
    done = client.post(address("apply", resident.public_id), follow=True)

    sent = Application.objects.get()
    assert first.redirect_chain[-1][0] == address("question", resident.public_id, "card")
    assert second.redirect_chain[-1][0] == address("question", resident.public_id, "help")
    assert verdict.context["may_apply"]
    assert verdict.context["posted"]
    assert wish.redirect_chain[-1][0] == address("question", resident.public_id, "items")
    assert check.redirect_chain[-1][0] == address("apply", resident.public_id)
    assert sent.number in done.content.decode()
    assert (sent.applicant, sent.reason) == (resident_user, "no_card")


def test_an_answer_is_shown_again_when_one_comes_back(client, own, resident, insured):
    send(client, resident, "card", "lost")

    field = own("question", "card").context["form"]["answer"]

    assert [radio.data["value"] for radio in field if radio.data["selected"]] == ["lost"]


def test_a_question_without_an_answer_is_asked_again_with_its_error(client, own, resident, insured):
    again = client.post(address("question", resident.public_id, "card"), {})

    assert again.status_code == 200
    assert again.context["form"].errors["answer"]
    assert not Draft.objects.exists()


def test_an_invented_answer_is_refused(client, own, resident, insured):
    again = client.post(address("question", resident.public_id, "card"), {"answer": "golden"})

    assert again.context["form"].errors["answer"]


def test_a_question_that_is_not_asked_leads_to_the_start(client, own, resident, insured):
    for step in ["works", "expired_on", "without_employer", "nonsense"]:
        assert own("question", step).url == address("start", resident.public_id)


def test_an_expired_certificate_asks_for_its_day_and_refuses_one_that_is_not_over(client, own, resident):
    insurance(resident, NATIONAL | {"card_use_registered": "1"})
    send(client, resident, "card", "valid")
    asked = send(client, resident, "works", "expired")

    today = client.post(
        address("question", resident.public_id, "expired_on"), {"answer": str(timezone.localdate())}
    )
    past = send(client, resident, "expired_on", "2024-05-31")
    verdict = send(client, resident, "help", "nothing")

    assert asked.redirect_chain[-1][0].endswith("/expired_on/")
    assert today.context["form"].errors["answer"]
    assert past.redirect_chain[-1][0].endswith("/help/")
    assert verdict.context["day"] == date(2024, 8, 31)


def test_a_working_card_gets_a_verdict_and_no_form(client, own, resident, resident_user):
    insurance(resident, NATIONAL | {"card_use_registered": "1"})
    draft(resident, resident_user, {"card": "valid", "works": "yes", "help": "nothing"})

    assert not own("verdict").context["may_apply"]
    assert own("apply").url == address("verdict", resident.public_id)
    assert client.post(address("apply", resident.public_id)).url == address("verdict", resident.public_id)
    assert not Application.objects.exists()


def test_a_card_that_was_lost_since_its_source_spoke_can_be_told(client, own, resident, resident_user):
    insurance(resident, NATIONAL | CARD)
    draft(resident, resident_user, {"help": "nothing"})
    question = address("question", resident.public_id, "card")
    before = own("verdict")

    after = client.post(question, {"answer": "lost"}, follow=True)

    assert f'href="{question}"' in before.content.decode()
    assert not before.context["may_apply"]
    assert after.context["may_apply"]


def test_a_card_that_its_source_knows_to_be_lost_is_asked_about_no_more(own, resident):
    insurance(resident, NATIONAL | CARD | {"card_state": "lost"})

    assert own("question", "card").url == address("start", resident.public_id)


def test_an_employee_is_sent_to_the_employer_or_says_that_there_is_none(client, own, resident, resident_user):
    insurance(resident, SOCIETY)
    draft(resident, resident_user, {"card": "lost", "help": "nothing"})

    before = own("verdict")
    after = client.post(address("without_employer", resident.public_id), follow=True)

    assert before.context["by_employer"]
    assert not before.context["may_apply"]
    assert after.context["may_apply"]


def test_without_insurance_the_municipality_is_named_and_nothing_breaks(own, resident, resident_user):
    draft(resident, resident_user)

    verdict = own("verdict")

    assert verdict.status_code == 200
    assert not verdict.context["may_apply"]


def test_a_held_insurance_says_so_before_sending_and_shows_none_of_its_details(own, resident, resident_user):
    insurance(resident, held=True)
    draft(resident, resident_user)

    shown = own("apply")

    assert shown.context["held"]
    for detail in [NATIONAL["insurer_name"], NATIONAL["symbol"], NATIONAL["number"]]:
        assert detail not in shown.content.decode()


def test_a_second_application_leads_back_with_a_message(client, own, resident, resident_user, insured):
    application(resident, resident_user)
    draft(resident, resident_user)

    again = client.post(address("apply", resident.public_id), follow=True)

    assert [str(message) for message in again.context["messages"]]
    assert again.context["waiting"] == Application.objects.get()


@pytest.mark.parametrize("state", ["waits", "issued", "returned"])
def test_an_application_can_be_followed_in_each_state(client, resident, resident_user, support, now, state):
    sent = application(resident, resident_user)
    if state == "issued":
        issued(sent, support, at=now)
    if state == "returned":
        actions.return_application(application=sent, reason="記号がありません。", by=support, at=now)
    client.force_login(resident_user)

    page = client.get(address("application", sent.public_id))

    assert page.status_code == 200
    assert sent.number in page.content.decode()
    assert ("記号がありません。" in page.content.decode()) == (state == "returned")


def test_the_pdf_comes_down_with_its_number_as_name(client, resident, resident_user, support):
    issued = certificate(resident, support, resident_user)
    client.force_login(resident_user)

    shown = client.get(issued.get_absolute_url())
    pdf = client.get(address("download", issued.public_id))

    assert address("download", issued.public_id) in shown.content.decode()
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert issued.number in pdf.headers["Content-Disposition"]
    assert "no-store" in pdf.headers["Cache-Control"]
    assert pdf.content.startswith(b"%PDF-")


def test_an_outdated_pdf_does_not_come_down(client, resident, resident_user, support):
    issued = certificate(resident, support, resident_user)
    Resident.objects.filter(pk=resident.pk).update(name="見本　花")
    client.force_login(resident_user)

    shown = client.get(issued.get_absolute_url())
    refused = client.get(address("download", issued.public_id))

    assert not shown.context["valid"]
    assert refused.url == issued.get_absolute_url()
    assert not AuditEvent.objects.filter(verb="certificate.downloaded").exists()


@pytest.mark.parametrize("why", ["facts_changed", "replaced", "returned"])
def test_a_revoked_certificate_says_why(client, resident, resident_user, support, now, why):
    issued = certificate(resident, support, resident_user)
    Certificate.objects.update(revoked_at=now, revocation=why)
    client.force_login(resident_user)

    page = client.get(issued.get_absolute_url())

    assert page.context["why_not"]
    assert address("download", issued.public_id) not in page.content.decode()


def test_an_expired_certificate_says_why(client, resident, resident_user, support):
    issued = certificate(resident, support, resident_user)
    over = timezone.localdate() - timedelta(days=1)
    Certificate.objects.update(issued_on=over, valid_until=over)
    client.force_login(resident_user)

    assert client.get(issued.get_absolute_url()).context["why_not"]


def test_who_acts_for_somebody_sees_their_name_on_every_page(
    client, resident, neighbour_user, support, insured
):
    authority(agent=neighbour_user, subject=resident)
    draft(resident, neighbour_user)
    client.force_login(neighbour_user)
    pages = [("start", ()), ("question", ("card",)), ("verdict", ()), ("apply", ())]

    shown = [client.get(address(name, resident.public_id, *args)) for name, args in pages]
    sent = client.post(address("apply", resident.public_id), follow=True)

    assert [page.context["subject_band"] for page in shown] == [resident.name] * 4
    assert sent.context["subject_band"] == resident.name
    assert Application.objects.get().resident == resident


def test_what_belongs_to_somebody_else_is_not_there(client, resident, neighbour_user, support):
    issued = certificate(resident, support)
    sent = issued.application
    person = resident.public_id
    client.force_login(neighbour_user)

    pages = [
        address("start", person),
        address("question", person, "card"),
        address("verdict", person),
        address("apply", person),
        address("application", sent.public_id),
        address("received", sent.public_id),
        address("certificate", issued.public_id),
        address("download", issued.public_id),
    ]

    assert {client.get(page).status_code for page in pages} == {404}
    assert client.post(address("without_employer", person)).status_code == 404
    assert client.post(address("apply", person)).status_code == 404


def test_nobody_gets_in_without_signing_in(client, resident):
    refused = client.get(address("start", resident.public_id))

    assert refused.status_code == 302
    assert reverse("account_login") in refused.url


def test_a_person_under_protection_has_no_agents_here(client, resident, neighbour_user, support):
    authority(agent=neighbour_user, subject=resident)
    issued = certificate(resident, support, neighbour_user)
    Resident.objects.filter(pk=resident.pk).update(protected=True)
    client.force_login(neighbour_user)

    assert client.get(issued.get_absolute_url()).status_code == 404
    assert client.get(address("start", resident.public_id)).status_code == 404


def test_pages_cost_few_queries_whatever_the_history(
    client, own, resident, resident_user, support, django_assert_max_num_queries
):
    certificate(resident, support, resident_user)
    for number in range(5):
        Link.objects.filter(pk=insurance(resident).pk).update(status="ended", reference=f"old{number}")
    draft(resident, resident_user)

    for name, args in [("start", ()), ("question", ("card",)), ("verdict", ())]:
        with django_assert_max_num_queries(15):
            own(name, *args)
