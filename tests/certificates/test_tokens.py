"""The signed code."""

import base64
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import ECKey, KeySet, OctKey

from certificates.keys import load_keys
from certificates.revoked import write
from certificates.tokens import Code, NotOurs, sign, verify
from portal.keys import fresh_signing_key

ISSUER = "https://portal.example"
KEY = load_keys(fresh_signing_key()).signing
PUBLIC = ECKey.import_key(KEY.as_dict(private=False))
CODE = Code(ISSUER, "Zk3v0aQx7RtW1yLmN8pUbg", date(2026, 12, 1), date(2031, 11, 30), 4711)
TOKEN = sign(CODE, KEY)


def parts(token):
    """Return header and claims without checking anything."""
    padded = [part + "=" * (-len(part) % 4) for part in token.split(".")[:2]]
    return tuple(json.loads(base64.urlsafe_b64decode(part)) for part in padded)


def signed(claims, key=KEY, header=None):
    """Return a token over any claims."""
    return jws.serialize_compact(header or {"alg": "ES256"}, json.dumps(claims), key, algorithms=["ES256"])


def test_the_public_key_alone_reads_back_what_was_signed():
    assert verify(TOKEN, PUBLIC, issuer=ISSUER) == CODE
    assert PUBLIC.is_private is False


def test_the_code_holds_no_personal_data():
    header, claims = parts(TOKEN)

    assert set(header) == {"alg", "kid"}
    assert set(claims) == {"iss", "jti", "iat", "exp", "idx"}


def test_the_last_day_ends_at_midnight_in_japan():
    _, claims = parts(TOKEN)

    assert datetime.fromtimestamp(claims["exp"], UTC) == datetime(2031, 11, 30, 15, 0, tzinfo=UTC)
    assert datetime.fromtimestamp(claims["iat"], UTC) == datetime(2026, 11, 30, 15, 0, tzinfo=UTC)


def test_an_expired_code_is_still_ours():
    old = replace(CODE, issued_on=date(2020, 1, 1), valid_until=date(2021, 1, 1))

    assert verify(sign(old, KEY), PUBLIC, issuer=ISSUER) == old


@given(st.integers(0, len(TOKEN) - 1), st.integers(0, 5))
def test_a_flipped_bit_is_noticed(place, bit):
    flipped = TOKEN[:place] + chr(ord(TOKEN[place]) ^ (1 << bit)) + TOKEN[place + 1 :]
    # the last character of a signature of 64 bytes carries two bits that mean nothing
    if place == len(TOKEN) - 1 and bit < 4:
        return

    with pytest.raises(NotOurs):
        verify(flipped, PUBLIC, issuer=ISSUER)


@given(st.text(max_size=200))
def test_any_other_text_is_not_ours(text):
    with pytest.raises(NotOurs):
        verify(text, PUBLIC, issuer=ISSUER)


def test_the_algorithm_cannot_be_chosen_by_the_code():
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    secret = OctKey.import_key(json.dumps(PUBLIC.as_dict()))
    symmetric = jws.serialize_compact({"alg": "HS256"}, b"{}", secret, algorithms=["HS256"])

    for forged in [f"{none}.{TOKEN.split('.')[1]}.", symmetric]:
        with pytest.raises(NotOurs):
            verify(forged, PUBLIC, issuer=ISSUER)


def test_another_key_or_another_issuer_is_not_ours():
    stranger = load_keys(fresh_signing_key()).signing

    with pytest.raises(NotOurs):
        verify(sign(CODE, stranger), PUBLIC, issuer=ISSUER)
    with pytest.raises(NotOurs):
        verify(sign(replace(CODE, issuer="https://other.example"), KEY), PUBLIC, issuer=ISSUER)


@pytest.mark.parametrize(
    "claims",
    [{}, [], {"iss": ISSUER, "jti": "x", "iat": "soon", "exp": 1}, {"iss": ISSUER, "iat": 1, "exp": 1}],
)
def test_claims_of_another_form_are_not_ours(claims):
    with pytest.raises(NotOurs):
        verify(signed(claims), PUBLIC, issuer=ISSUER)


def test_a_date_beyond_all_calendars_is_not_ours():
    with pytest.raises(NotOurs):
        verify(signed({"iss": ISSUER, "jti": "x", "iat": 1, "exp": 10**20}), PUBLIC, issuer=ISSUER)


def test_after_a_rotation_the_key_set_still_reads_old_codes():
    newer = load_keys(fresh_signing_key()).signing
    both = KeySet([newer, PUBLIC])

    assert verify(TOKEN, both, issuer=ISSUER) == CODE
    assert verify(sign(CODE, newer), both, issuer=ISSUER) == CODE


@pytest.mark.parametrize("place", [-1, 2**24, "7", True, 1.5])
def test_a_place_that_the_list_does_not_have_is_not_ours(place):
    claims = {"iss": ISSUER, "jti": "x", "iat": 1764514800, "exp": 1764601200, "idx": place}

    with pytest.raises(NotOurs):
        verify(signed(claims), PUBLIC, issuer=ISSUER)


def test_a_code_from_before_the_list_is_still_ours():
    old = replace(CODE, place=None)

    assert verify(sign(old, KEY), PUBLIC, issuer=ISSUER) == old


def test_the_list_of_revoked_certificates_is_no_code():
    listed = write([], issuer=ISSUER, address=ISSUER, key=KEY, at=datetime(2026, 12, 1, tzinfo=UTC))

    with pytest.raises(NotOurs):
        verify(listed, PUBLIC, issuer=ISSUER)


def test_a_code_fits_a_small_qr():
    assert len(TOKEN) < 300
