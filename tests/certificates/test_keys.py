"""The keys of the codes: one signs, older ones stay, what is published is public."""

import datetime
import json

import pytest
from joserfc.jwk import ECKey

from certificates.keys import NoKey, load_keys
from certificates.tokens import Code, NotOurs, sign, verify
from portal.keys import fresh_signing_key, signing_with_the_newest, with_another_signing_key

ISSUER = "https://portal.example"
NOW = datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC)
CODE = Code(ISSUER, "Zk3v0aQx7RtW1yLmN8pUbg", datetime.date(2026, 12, 1), datetime.date(2031, 11, 30), 7)


def rotated(text):
    """The line after both steps."""
    return signing_with_the_newest(with_another_signing_key(text, at=NOW), at=NOW)


def test_a_single_key_signs_and_reads():
    keys = load_keys(fresh_signing_key())

    assert verify(sign(CODE, keys.signing), keys.standing(NOW), issuer=ISSUER) == CODE


def test_after_a_rotation_the_new_key_signs_and_old_codes_still_count():
    before = fresh_signing_key()
    old = sign(CODE, load_keys(before).signing)

    keys = load_keys(rotated(before))

    assert verify(old, keys.standing(NOW), issuer=ISSUER) == CODE
    assert keys.signing.kid != load_keys(before).signing.kid
    assert verify(sign(CODE, keys.signing), keys.standing(NOW), issuer=ISSUER) == CODE


def test_a_key_that_was_only_added_is_published_and_does_not_sign_yet():
    before = fresh_signing_key()

    keys = load_keys(with_another_signing_key(before, at=NOW))

    assert keys.signing.kid == load_keys(before).signing.kid
    assert len(keys.published()["keys"]) == 2


def test_an_old_key_counts_until_its_last_certificate_is_over_and_not_longer():
    before = fresh_signing_key()
    old, keys = sign(CODE, load_keys(before).signing), load_keys(rotated(before))

    last_day = datetime.datetime(2031, 11, 30, 14, 59, tzinfo=datetime.UTC)
    assert verify(old, keys.standing(last_day), issuer=ISSUER) == CODE
    with pytest.raises(NotOurs):
        verify(old, keys.standing(NOW + datetime.timedelta(days=5 * 366 + 7)), issuer=ISSUER)


def test_nothing_private_is_published():
    published = json.dumps(load_keys(rotated(fresh_signing_key())).published())

    assert '"d"' not in published
    assert {key["alg"] for key in json.loads(published)["keys"]} == {"ES256"}
    assert [("exp" in key) for key in json.loads(published)["keys"]] == [False, True]


def test_an_old_key_loses_its_private_half_in_the_environment_too():
    [_newest, old] = json.loads(rotated(fresh_signing_key()))["keys"]

    assert "d" not in old


def test_the_published_set_reads_and_does_not_sign():
    keys = load_keys(fresh_signing_key())
    public = load_keys(json.dumps(keys.published()))

    assert verify(sign(CODE, keys.signing), public.standing(NOW), issuer=ISSUER) == CODE
    with pytest.raises(NoKey):
        _ = public.signing


@pytest.mark.parametrize(
    "text", ["", "not json", "[]", "{}", "1", '{"keys": []}', '{"keys": 1}', '{"kty": "EC", "crv": "P-256"}']
)
def test_a_missing_key_says_so_and_is_never_taken_for_a_wrong_code(text):
    with pytest.raises(NoKey):
        load_keys(text)


def test_only_p_256_keys_are_taken():
    other = ECKey.generate_key("P-384")

    with pytest.raises(NoKey, match="P-256"):
        load_keys(json.dumps(other.as_dict(private=True)))
