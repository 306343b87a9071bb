"""The daily head: one a day, signed, naming the one before it; public, with the keys that prove it."""

import dataclasses
import datetime
import json

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, transaction
from django.urls import reverse
from joserfc import jws
from joserfc.jwk import ECKey

from accounts import heads, tasks
from accounts.models import Seal, TrailHead
from portal.keys import fresh_signing_key
from tests.accounts.sealed import DAY, NOON, looked, sealed


def test_a_head_says_where_the_chain_ends(resident, support):
    seals = sealed(resident, support)

    head = heads.make_head(at=NOON)

    claim = heads.read(head.token)
    assert (claim.day, claim.position, claim.hash) == (datetime.date(2026, 11, 20), 5, bytes(seals[-1].hash))
    assert claim.previous == ""


def test_there_is_one_head_a_day_in_japan(resident, support):
    sealed(resident, support)
    first = heads.make_head(at=NOON)

    again, next_day = heads.make_head(at=NOON + DAY / 3), heads.make_head(at=NOON + DAY / 2)

    assert again == first
    assert next_day.day == first.day + DAY


def test_a_head_names_the_one_before_it(db):
    first, second = (heads.make_head(at=NOON + day * DAY) for day in range(2))

    assert heads.read(second.token).previous == heads.fingerprint(first.token)


def test_the_task_seals_first_and_signs_then(resident, support):
    looked(resident, support)

    tasks.sign_head()

    assert TrailHead.objects.get().position == Seal.objects.count() == 1


def test_anyone_can_copy_the_heads_and_prove_them_with_the_public_key_beside_them(client, resident, support):
    sealed(resident, support)
    head = heads.make_head(at=NOON)

    told = client.get(reverse("portal:trail_heads")).json()

    key = ECKey.import_key(told["keys"][0])
    assert not key.is_private
    assert [each["token"] for each in told["heads"]] == [head.token]
    payload = json.loads(jws.deserialize_compact(head.token, key, algorithms=["ES256"]).payload)
    assert payload["hash"] == told["heads"][0]["hash"] == bytes(head.hash).hex()


def test_what_is_published_holds_no_secret(client, db, settings):
    heads.make_head(at=NOON)

    body = client.get(reverse("portal:trail_heads")).content.decode()

    assert json.loads(settings.TRAIL_KEY)["d"] not in body
    assert '"d"' not in body


def test_another_key_proves_nothing(db, settings):
    token = heads.make_head(at=NOON).token
    settings.TRAIL_KEY = fresh_signing_key()

    with pytest.raises(heads.NotOurHead):
        heads.read(token)


def test_an_older_key_still_proves_once_a_new_one_signs(db, settings):
    old = heads.make_head(at=NOON).token
    before = json.loads(settings.TRAIL_KEY)
    public = {name: value for name, value in before.items() if name != "d"}
    settings.TRAIL_KEY = json.dumps({"keys": [json.loads(fresh_signing_key()), public]})

    new = heads.make_head(at=NOON + DAY).token

    assert heads.read(old).day == NOON.date()
    assert heads.read(new).previous == heads.fingerprint(old)


def other_type() -> str:
    """Something that our key signed, and that is no head."""
    return jws.serialize_compact({"alg": "ES256"}, b"{}", heads.keys()[0], algorithms=["ES256"])


@pytest.mark.parametrize(
    "token", ["", "a.b.c", "é", other_type], ids=["nothing", "no token", "no text", "type"]
)
def test_what_is_no_head_is_refused(db, token):
    with pytest.raises(heads.NotOurHead):
        heads.read(token() if callable(token) else token)


def test_a_head_cannot_be_altered(db):
    head = heads.make_head(at=NOON)
    header, _payload, signature = head.token.split(".")
    other = heads.sign(dataclasses.replace(heads.read(head.token), position=9)).split(".")[1]

    with pytest.raises(heads.NotOurHead):
        heads.read(f"{header}.{other}.{signature}")


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "[]",
        '{"keys": []}',
        json.dumps(ECKey.generate_key("P-384").as_dict(private=True)),
        json.dumps(ECKey.generate_key("P-256").as_dict(private=False)),
    ],
    ids=["no JSON", "a list", "an empty set", "another curve", "a public key"],
)
def test_a_key_that_cannot_sign_is_refused_in_a_sentence(settings, text):
    settings.TRAIL_KEY = text

    with pytest.raises(ImproperlyConfigured, match=r"^TRAIL_KEY is not") as refusal:
        heads.keys()

    assert text not in str(refusal.value)


def test_the_database_holds_the_rule_of_heads(db):
    with pytest.raises(DatabaseError, match="heads_count_from_nothing"), transaction.atomic():
        TrailHead.objects.create(day=NOON.date(), at=NOON, position=-1, hash=b"", token="")


def test_a_head_is_named_by_its_day(db):
    assert str(heads.make_head(at=NOON)) == "TrailHead 2026-11-20"
