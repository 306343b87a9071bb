"""A code checked with two files and no network; attacks included."""

import base64
import datetime
import json
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws

from certificates.keys import load_keys
from certificates.offline import Answer, Because, check
from certificates.revoked import BYTES, PLACES, NoList, read, write
from certificates.tokens import JAPAN, Code, sign
from portal.keys import fresh_signing_key, signing_with_the_newest, with_another_signing_key

ISSUER = "https://portal.example"
ADDRESS = f"{ISSUER}/certificates/revoked.jwt"
NOW = datetime.datetime(2026, 12, 24, 12, tzinfo=JAPAN)
HOUR = datetime.timedelta(hours=1)
LINE = fresh_signing_key()
KEYS = load_keys(LINE)
CODE = Code(ISSUER, "Zk3v0aQx7RtW1yLmN8pUbg", datetime.date(2026, 12, 1), datetime.date(2027, 7, 31), 4711)
TOKEN = sign(CODE, KEYS.signing)


def listed(*places, at=NOW, issuer=ISSUER, keys=KEYS):
    """The list of these places."""
    return write(places, issuer=issuer, address=ADDRESS, key=keys.signing, at=at)


def ask(token=TOKEN, revoked=None, keys=KEYS, **more):
    """The answer now."""
    return check(
        token, keys, listed() if revoked is None else revoked, **{"issuer": ISSUER, "at": NOW} | more
    )


def forged(claims, header=None, key=KEYS.signing):
    """A list of any claims."""
    header = {"alg": "ES256", "kid": key.kid, "typ": "statuslist+jwt"} | (header or {})
    return jws.serialize_compact(header, json.dumps(claims), key, algorithms=["ES256"])


def claims_of(text):
    """What a list says, unchecked."""
    payload = text.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def test_a_code_whose_place_is_free_is_valid():
    found = ask(revoked=listed(4710, 4712))

    assert (found.answer, found.because, found.code) == (Answer.VALID, None, CODE)


def test_a_revoked_one_is_not_valid():
    assert (ask(revoked=listed(4711)).answer, ask(revoked=listed(4711)).because) == (
        Answer.NOT_VALID,
        Because.REVOKED,
    )


def test_the_last_day_counts_whole_in_japan_wherever_it_is_checked():
    last = datetime.datetime(2027, 7, 31, 14, 59, tzinfo=datetime.UTC)
    fresh = listed(at=last)

    assert ask(revoked=fresh, at=last).answer is Answer.VALID
    over = ask(revoked=fresh, at=last + datetime.timedelta(minutes=1))
    assert (over.answer, over.because) == (Answer.NOT_VALID, Because.EXPIRED)


def test_a_replayed_list_that_is_older_than_allowed_says_nothing_about_anybody():
    old = listed(at=NOW - 25 * HOUR)

    found = ask(revoked=old)

    assert (found.answer, found.because) == (Answer.UNAVAILABLE, Because.NO_LIST)
    assert ask(revoked=listed(at=NOW - 3 * HOUR), oldest=2 * HOUR).answer is Answer.UNAVAILABLE
    assert ask(revoked=listed(at=NOW - 3 * HOUR), oldest=4 * HOUR).answer is Answer.VALID


def test_a_list_from_later_is_none():
    assert ask(revoked=listed(at=NOW + HOUR)).answer is Answer.UNAVAILABLE


@pytest.mark.parametrize("text", ["", "a.b.c", TOKEN])
def test_what_is_no_list_of_ours_says_nothing(text):
    assert ask(revoked=text).answer is Answer.UNAVAILABLE


def test_a_list_that_somebody_else_signed_says_nothing():
    stranger = load_keys(fresh_signing_key())

    assert ask(revoked=listed(keys=stranger)).answer is Answer.UNAVAILABLE


def test_a_list_of_another_issuer_says_nothing():
    assert ask(revoked=listed(issuer="https://other.example")).answer is Answer.UNAVAILABLE


@pytest.mark.parametrize(
    "change",
    [
        {"status_list": {"bits": 2, "lst": "eNoDAAAAAAE"}},
        {"status_list": {"bits": 1, "lst": "eNoDAAAAAAE"}},
        {"status_list": {"bits": 1, "lst": "%%%"}},
        {"status_list": []},
        {"iat": "soon"},
        {"exp": 10**20},
    ],
)
def test_a_list_of_another_form_says_nothing(change):
    with pytest.raises(NoList):
        read(forged(claims_of(listed()) | change), KEYS.standing(NOW), at=NOW)


def test_a_list_that_grows_without_end_is_not_unpacked():
    bomb = base64.urlsafe_b64encode(zlib.compress(b"\0" * (BYTES + 1))).rstrip(b"=").decode()

    with pytest.raises(NoList):
        read(
            forged(claims_of(listed()) | {"status_list": {"bits": 1, "lst": bomb}}),
            KEYS.standing(NOW),
            at=NOW,
        )


def test_a_certificates_code_is_no_list_even_if_it_looks_like_one():
    with pytest.raises(NoList, match="another kind"):
        read(forged(claims_of(listed()), {"typ": "JWT"}), KEYS.standing(NOW), at=NOW)


def test_a_code_without_place_cannot_be_checked_offline():
    old = sign(replace(CODE, place=None), KEYS.signing)

    assert (ask(old).answer, ask(old).because) == (Answer.UNAVAILABLE, Because.NO_PLACE)


@given(st.integers(0, TOKEN.rindex(".") + 80), st.integers(0, 5))
def test_a_flipped_bit_is_an_alteration(place, bit):
    flipped = TOKEN[:place] + chr(ord(TOKEN[place]) ^ (1 << bit)) + TOKEN[place + 1 :]

    assert ask(flipped).answer is Answer.NOT_OURS


def test_a_code_of_another_issuer_or_without_algorithm_is_not_ours():
    foreign = sign(CODE, load_keys(fresh_signing_key()).signing)
    renamed = sign(replace(CODE, issuer="https://other.example"), KEYS.signing)
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode() + f".{TOKEN.split('.')[1]}."

    assert {ask(text).answer for text in (foreign, renamed, none)} == {Answer.NOT_OURS}


def test_a_code_of_an_expired_key_is_not_ours():
    turned = load_keys(signing_with_the_newest(with_another_signing_key(LINE, at=NOW), at=NOW))
    later = NOW + datetime.timedelta(days=5 * 366 + 8)
    eternal = sign(replace(CODE, valid_until=datetime.date(2040, 1, 1)), KEYS.signing)

    found = ask(eternal, revoked=listed(at=later, keys=turned), keys=turned, at=later)

    assert found.answer is Answer.NOT_OURS


def test_an_old_code_is_checked_with_the_list_that_the_new_key_signed():
    turned = load_keys(signing_with_the_newest(with_another_signing_key(LINE, at=NOW), at=NOW))

    assert ask(revoked=listed(4711, keys=turned), keys=turned).because is Because.REVOKED


@given(st.sets(st.integers(0, PLACES - 1), max_size=20), st.integers(0, PLACES - 1))
def test_a_place_is_revoked_exactly_if_it_was_written(places, other):
    found = read(listed(*places), KEYS.standing(NOW), at=NOW)

    assert all(found.has(place) for place in places)
    assert found.has(other) is (other in places)


def test_a_list_with_ten_thousand_revoked_ones_is_small():
    spread = range(0, PLACES, PLACES // 10_000)

    assert len(listed(*spread)) < 100_000
