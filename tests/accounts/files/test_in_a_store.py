"""Files lie in a store that speaks S3 just as in a folder; the store here is moto's server, over HTTP."""

import datetime
from collections.abc import Iterator

import boto3
import pytest
import tink
from django.core.exceptions import ImproperlyConfigured
from moto.server import ThreadedMotoServer

from accounts.files import store
from accounts.models import StoredFile
from accounts.tasks import sweep_files
from portal.keys import sealing_with_the_newest, with_another_key
from portal.shelves import shelf
from tests.accounts.files.test_store import CONTENT, bytes_of, file, kept  # noqa: F401
from tests.accounts.test_resealing import old, use  # noqa: F401

pytestmark = pytest.mark.process

BUCKET = {
    "FILES_BUCKET": "portal-files",
    "FILES_REGION": "us-east-1",
    "FILES_ACCESS_KEY": "who",
    "FILES_SECRET_KEY": "proof",
}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The address of a store."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def bucket(endpoint, monkeypatch, settings, tmp_path):  # noqa: ANN201
    """The service keeps its files in an empty bucket."""
    for name, value in (BUCKET | {"FILES_ENDPOINT": endpoint}).items():
        monkeypatch.setenv(name, value)
    signed = {"aws_access_key_id": "who", "aws_secret_access_key": "proof", "region_name": "us-east-1"}
    found = boto3.resource("s3", endpoint_url=endpoint, **signed).Bucket(BUCKET["FILES_BUCKET"])
    found.create()
    settings.STORAGES = settings.STORAGES | {"files": shelf(tmp_path)}
    yield found
    found.objects.all().delete()


def test_a_file_comes_back_as_it_was(file, bucket) -> None:  # noqa: F811
    assert store.content_of(StoredFile.objects.get()) == CONTENT
    assert [each.key for each in bucket.objects.all()] == [file.path]


def test_the_store_learns_nothing_of_it(file, bucket) -> None:  # noqa: F811
    [lying] = bucket.objects.all()

    assert b"photo" not in lying.get()["Body"].read()
    assert lying.get()["ContentType"] == "application/octet-stream"


def test_changed_bytes_are_not_shown(file, bucket) -> None:  # noqa: F811
    bucket.Object(file.path).put(Body=b"something else")

    with pytest.raises(tink.TinkError):
        store.content_of(file)


def test_another_key_seals_it_in_its_place(file, bucket, settings, old) -> None:  # noqa: F811
    before = bytes_of(file)

    use(settings, sealing_with_the_newest(with_another_key(old)))
    assert store.seal_anew(file) is True

    assert store.content_of(file) == CONTENT
    assert bytes_of(file) != before
    assert [each.key for each in bucket.objects.all()] == [file.path]


def test_what_no_row_names_is_swept(resident, resident_user, now, bucket, monkeypatch) -> None:
    known = kept(resident, resident_user, now)
    bucket.Object("ab/" + "0" * 30).put(Body=b"left by a kill")

    assert store.sweep(before=now - datetime.timedelta(days=1)) == 0, (
        "it may belong to a transaction that runs"
    )
    assert store.sweep(before=now + datetime.timedelta(days=1)) == 1
    assert sweep_files() == 0
    assert [each.key for each in bucket.objects.all()] == [known.path]


def test_a_store_without_address_is_refused_in_one_sentence(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("FILES_ENDPOINT", "s3.example")

    with pytest.raises(ImproperlyConfigured, match=r"^FILES_ENDPOINT is not the address of a store"):
        shelf(tmp_path)
