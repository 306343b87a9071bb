"""The thirteen institutions."""

from accounts.intake.columns import read_header
from links.categories import CATEGORIES
from links.feeds.columns import FEEDS, HOLDER
from links.models.institutions import CODE
from portal.sample.senders import ALIASES, SENDERS


def test_every_code_is_one_that_an_institution_may_have():
    for sender in SENDERS:
        CODE(sender.code)

    assert len({sender.code for sender in SENDERS}) == 13


def test_every_category_has_a_sender():
    assert {sender.category for sender in SENDERS} == set(CATEGORIES)


def test_aliases_are_those_of_the_contract():
    assert {column.name: column.alias for column in HOLDER} == ALIASES


def test_headings_of_both_languages_make_a_header():
    for sender in SENDERS:
        headings = [ALIASES[name] for name in ("individual_number", "reference", "linked_on", *sender.holder)]

        header = read_header(headings, FEEDS[sender.category])

        assert header.unknown == ()


def test_a_sender_writes_in_the_character_set_of_its_encoding():
    assert {sender.codec for sender in SENDERS if sender.encoding == "cp932"} == {"cp932"}
    assert {sender.codec for sender in SENDERS if sender.encoding != "cp932"} == {"utf-8"}


def test_every_sender_says_how_often_it_sends():
    assert all(sender.every_days > 0 for sender in SENDERS)
