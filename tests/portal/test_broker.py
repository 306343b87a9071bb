"""The broker: in order, or one sentence."""

import socket
import sqlite3

import pytest
from django.core.exceptions import ImproperlyConfigured
from kombu.connection import Connection

from portal.broker import check_broker, prepare_embedded


@pytest.fixture
def free_port():
    """A port at which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        yield probe.getsockname()[1]


def test_the_embedded_brokers_file_is_made_and_readable_while_it_is_written(tmp_path):
    path = tmp_path / "broker.sqlite3"

    check_broker(f"sqla+sqlite:///{path}")

    file = sqlite3.connect(path)
    assert file.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    file.close()


def test_what_was_delivered_is_dropped_and_what_was_not_is_kept(tmp_path):
    path = tmp_path / "broker.sqlite3"
    with Connection(f"sqla+sqlite:///{path}") as connection, connection.SimpleQueue("letters") as queue:
        queue.put("delivered")
        queue.put("waiting")
        queue.get_nowait().ack()

    prepare_embedded(path)

    file = sqlite3.connect(path)
    assert file.execute("SELECT count(*), sum(visible) FROM kombu_message").fetchone() == (1, 1)
    file.close()


def test_a_file_that_is_no_database_is_one_sentence(tmp_path):
    path = tmp_path / "broker.sqlite3"
    path.write_text("a letter, no database " * 100)

    with pytest.raises(
        ImproperlyConfigured, match=r"broker\.sqlite3 cannot be used: file is not a database\.$"
    ):
        check_broker(f"sqla+sqlite:///{path}")


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="cannot be used"):
        check_broker(f"sqla+sqlite:///{tmp_path / 'nowhere' / 'broker.sqlite3'}")


@pytest.mark.parametrize("scheme", ["amqp", "redis"])
def test_a_broker_that_is_not_there_is_one_sentence_without_its_password(scheme, free_port):
    with pytest.raises(ImproperlyConfigured) as refusal:
        check_broker(f"{scheme}://guest:geheim@127.0.0.1:{free_port}//")

    sentence = str(refusal.value)
    assert "does not answer" in sentence
    assert str(free_port) in sentence
    assert "geheim" not in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("url", ["carrier-pigeon://roof", "http://127.0.0.1:5672"])
def test_a_scheme_that_no_broker_has_is_one_sentence(url):
    with pytest.raises(ImproperlyConfigured, match="BROKER_URL begins with") as refusal:
        check_broker(url)

    assert url.partition(":")[0] in str(refusal.value)
