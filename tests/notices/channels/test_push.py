"""Web push: real requests to a service that checks who sends and opens what was sealed."""

import json
import os

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import ECKey

from notices.channels.message import Message, Refused, Unreachable
from notices.channels.push import is_known_service, send
from notices.channels.sealing import BadKeys, decoded, encoded, public_key, seal, sealed
from notices.models import PushSubscription
from portal.keys import fresh_signing_key

CURVE = ec.SECP256R1()


class Browser:
    """What a browser keeps: its key and secret; it opens what was sealed for it."""

    def __init__(self):
        self.key = ec.generate_private_key(CURVE)
        self.secret = os.urandom(16)
        self.point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def open(self, body):
        salt, length, rest = body[:16], body[20], body[21:]
        sender, record = rest[:length], rest[length:]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))
        key = self.hkdf(shared, self.secret, b"WebPush: info\0" + self.point + sender, 32)
        content = self.hkdf(key, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = self.hkdf(key, salt, b"Content-Encoding: nonce\0", 12)
        text = AESGCM(content).decrypt(nonce, record, None)
        assert text[-1:] == b"\x02"
        return text[:-1]

    def hkdf(self, material, salt, info, length):
        return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(material)


@pytest.fixture
def reading():
    return Browser()


@pytest.fixture
def service(provider, settings):
    """A push service that we know, and our own key."""
    settings.PUSH_KEY, settings.PUSH_SERVICES = fresh_signing_key(), [provider.url]
    provider.status, provider.body = 201, b""
    return provider


def told(user, service, reading, path="/send/abc"):
    return PushSubscription.objects.create(
        user=user,
        endpoint=f"{service.url}{path}",
        browser_key=encoded(reading.point),
        secret=encoded(reading.secret),
        added_at=timezone.now(),
    )


def message(user):
    return Message(to=str(user.pk), subject="お知らせがあります", text="秘密の本文", key="k" * 32, short="題")


def test_the_example_of_the_standard_comes_out_byte_for_byte():
    """RFC 8291, section 5 and appendix A."""
    own = ec.derive_private_key(
        int.from_bytes(decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), CURVE
    )

    body = seal(
        b"When I grow up, I want to be a watermelon",
        browser=decoded(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
        ),
        secret=decoded("BTBZMqHH6r4Tts7J_aSIgg"),
        own=own,
        salt=decoded("DGv6ra1nlYgDCS1FRnbzlw"),
    )

    assert encoded(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
        "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_the_service_sees_who_sends_and_only_the_browser_opens_it(service, reading, resident_user, settings):
    told(resident_user, service, reading)

    send(message(resident_user))

    (asked,) = service.asked
    scheme, _, rest = asked.headers["Authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    claims = jwt.decode(parts["t"], ECKey.import_key(json.loads(settings.PUSH_KEY))).claims
    opened = json.loads(reading.open(asked.body))
    assert (scheme, parts["k"]) == ("vapid", public_key(settings.PUSH_KEY))
    assert (claims["aud"], claims["sub"]) == (service.url, f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    assert 0 < claims["exp"] - timezone.now().timestamp() <= 24 * 3600
    assert (asked.headers["Content-Encoding"], asked.headers["TTL"]) == ("aes128gcm", "14400")
    assert asked.headers["Topic"] == "k" * 32
    assert opened == {"title": "お知らせがあります", "url": "/notices/", "tag": "k" * 32}


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(status, service, reading, resident_user):
    told(resident_user, service, reading)
    service.status = status

    with pytest.raises(Refused):
        send(message(resident_user))

    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize("status", [429, 500, 403])
def test_a_service_that_does_not_work_now_is_tried_again(status, service, reading, resident_user):
    told(resident_user, service, reading)
    service.status = status

    with pytest.raises(Unreachable):
        send(message(resident_user))

    assert PushSubscription.objects.count() == 1


def test_one_browser_that_took_it_is_enough(service, reading, resident_user):
    elsewhere = told(resident_user, service, reading)
    PushSubscription.objects.filter(pk=elsewhere.pk).update(endpoint="http://elsewhere.example/a")
    told(resident_user, service, reading)

    assert send(message(resident_user)) == ""

    assert len(service.asked) == 1


def test_without_a_browser_it_will_never_work(service, resident_user):
    with pytest.raises(Refused):
        send(message(resident_user))


def test_a_neighbours_browser_is_not_asked(service, reading, resident_user, neighbour_user):
    told(neighbour_user, service, reading)

    with pytest.raises(Refused):
        send(message(resident_user))

    assert service.asked == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://169.254.169.254/latest/",
        "https://fcm.googleapis.com.evil.example/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://evil.example/fcm.googleapis.com",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8080/x",
        "https://evilnotify.windows.com/x",
        "http://a.notify.windows.com/x",
        "file:///etc/passwd",
        "",
    ],
)
def test_no_machine_is_asked_because_a_browser_says_so(endpoint):
    assert not is_known_service(endpoint)


@pytest.mark.parametrize(
    "endpoint", ["https://fcm.googleapis.com/fcm/send/a", "https://db5.notify.windows.com/w"]
)
def test_the_services_of_the_browsers_are_known(endpoint):
    assert is_known_service(endpoint)


def test_keys_that_are_none_seal_nothing():
    for point in (b"", b"\x04" + b"\1" * 64, b"x" * 65):
        with pytest.raises(BadKeys):
            sealed(b"text", browser=point, secret=b"s" * 16)
