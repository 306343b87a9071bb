"""The pages of who wants to be called, and of who calls."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent
from reports.calls.words import spoken_both_ways
from reports.models import Call
from tests.readers import sign_in
from tests.reports.calls.factories import asked

ASK, NUMBER, WAITING = (reverse(f"calls:{name}") for name in ("ask", "number", "waiting"))


def work(call: Call) -> str:
    return reverse("calls:work", args=[call.public_id])


def test_two_questions_and_the_word_is_shown(reader):
    first = reader.post(ASK, {"part": "evening"})
    response = reader.post(first["Location"], {"telephone": "０９０ー１２３４ー５６７８"}, follow=True)

    call = Call.objects.get()
    assert (call.part, call.telephone, call.language) == ("evening", "090-1234-5678", "en")
    assertContains(response, call.word.replace("-", " ").capitalize())
    assertContains(response, "Hang up: it is not us")


@pytest.mark.parametrize("telephone", ["", "12", "call me", "1" * 30, "1234 5678 9018"])
def test_what_is_no_telephone_number_is_said_beside_the_field(reader, telephone):
    response = reader.post(f"{NUMBER}?part=any", {"telephone": telephone})

    assertContains(response, "data-focus")
    assert not Call.objects.exists()


@pytest.mark.parametrize("query", ["", "?part=", "?part=midnight"])
def test_without_the_first_answer_the_first_question_comes(reader, query):
    assertRedirects(reader.get(NUMBER + query), ASK)


def test_going_back_keeps_the_first_answer(reader):
    assertContains(reader.get(f"{ASK}?part=evening"), 'value="evening"')
    assertContains(reader.get(f"{ASK}?part=evening"), "checked", count=1)


def test_who_waits_already_sees_where_it_stands(reader, resident_user):
    call = asked(resident_user)

    assertRedirects(reader.get(ASK), call.get_absolute_url())


def test_a_neighbour_sees_neither_call_nor_word(reader, neighbour_user):
    call = asked(neighbour_user)

    assert reader.get(call.get_absolute_url()).status_code == 404
    assert reader.post(reverse("calls:withdraw", args=[call.public_id])).status_code == 404


def test_a_call_can_be_taken_back_and_asked_for_again(reader, resident_user):
    call = asked(resident_user)

    response = reader.post(reverse("calls:withdraw", args=[call.public_id]), follow=True)

    assertContains(response, "You took it back")
    assertContains(response, "Ask for a call again")
    assertNotContains(response, call.telephone)


def test_taking_back_too_late_is_said(reader, resident_user, support, now):
    call = asked(resident_user)
    Call.objects.update(state="spoken", telephone="", settled_at=now)

    response = reader.post(reverse("calls:withdraw", args=[call.public_id]), follow=True)

    assertContains(response, "already entered a result")


def test_the_desk_sees_who_waits_without_name_and_number(client, resident, resident_user, support):
    call = asked(resident_user)

    response = sign_in(client, support).get(WAITING)

    assertContains(response, work(call))
    assertNotContains(response, call.telephone)
    assertNotContains(response, resident.name)


def test_who_calls_sees_the_word_and_that_is_recorded(client, resident, resident_user, support):
    call = asked(resident_user)

    response = sign_in(client, support).get(work(call))

    for said in (spoken_both_ways(call.word), call.telephone, resident.name):
        assertContains(response, said)
    assert AuditEvent.objects.filter(verb="call.opened", resident=resident, actor=support).exists()


@pytest.mark.parametrize(("result", "left"), [("spoken", 0), ("no_answer", 1), ("wrong_number", 0)])
def test_a_call_leaves_the_queue_by_its_result_only(client, resident_user, support, result, left):
    call = asked(resident_user)

    response = sign_in(client, support).post(work(call), {"result": result})

    assertRedirects(response, WAITING)
    assert Call.objects.waiting().count() == left


def test_without_a_result_it_is_asked_for(client, resident_user, support):
    assertContains(sign_in(client, support).post(work(asked(resident_user)), {}), "Please choose one answer")


def test_a_second_result_is_refused_kindly(client, resident_user, support, now):
    call = asked(resident_user)
    Call.objects.update(state="spoken", telephone="", settled_at=now)

    response = sign_in(client, support).post(work(call), {"result": "spoken"}, follow=True)

    assertContains(response, "already entered a result")


def test_staff_leave_their_own_call_to_a_colleague(client, support):
    call = asked(support)

    assert sign_in(client, support).get(work(call)).status_code == 403


def test_the_front_page_of_staff_counts_calls(client, resident_user, support):
    asked(resident_user)

    assertContains(sign_in(client, support).get(reverse("portal:staff")), "Call people back")


def test_the_list_costs_no_more_with_more_calls(
    client, support, neighbour_user, resident_user, django_assert_max_num_queries
):
    for user in (neighbour_user, resident_user):
        asked(user)
    staff = sign_in(client, support)

    with django_assert_max_num_queries(8):
        staff.get(WAITING)


def test_every_page_of_who_is_signed_in_offers_the_call(reader):
    assertContains(reader.get(reverse("portal:inbox")), f'href="{ASK}"')
