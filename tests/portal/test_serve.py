"""`manage.py serve`: starts, says where, ends, and leaves nothing behind."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys

import pytest
from rich.console import Console

from accounts.models import Resident
from portal.management.commands.serve import answers, prepare, programs, sign_ins, table_of
from tests.scratch.portal import ROOT, ScratchPortal, wait_until
from tests.scratch.processes import carrying, commands, end_all

SIGN_INS = [{"who": "見本の親", "email": "parent@example.jp", "password": "mihon-secret"}]
SCARY = re.compile(r"warn|error|traceback|exception|superuser|deprecat", re.IGNORECASE)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """A migrated portal of its own; its folder's name marks all its processes."""
    folder = tmp_path_factory.mktemp("served")
    portal = ScratchPortal(folder, broker_url=f"sqla+sqlite:///{folder / 'broker.sqlite3'}", queue="served")
    portal.prepare()
    (folder / "sign-ins.json").write_text(json.dumps(SIGN_INS), encoding="utf-8")
    yield portal
    end_all(str(folder))


@pytest.fixture
def free_port():
    """A port at which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(portal, port, **environment):
    """The command, started; its output in a pipe."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=portal.environment | {"PORT": str(port)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def read_until(process, text):
    """The lines up to the one that holds the text; fewer where the process ended."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if text in line:
            break
    return "".join(lines)


@pytest.mark.kill
def test_it_says_where_and_whom_one_can_be_and_sigterm_ends_all(scratch, free_port):
    process = serve(scratch, free_port)
    said = read_until(process, "http://localhost")
    connection = http.client.HTTPConnection("127.0.0.1", free_port, timeout=10)
    connection.request("GET", "/health/ready/")
    status = connection.getresponse().status
    connection.close()
    running = "\n".join(commands(str(scratch.folder)).values())

    process.send_signal(signal.SIGTERM)
    rest, _none = process.communicate(timeout=30)

    assert f"http://localhost:{free_port} " in said
    assert all(word in said for word in SIGN_INS[0].values())
    assert status == 200
    assert all(program in running for program in ("granian", "worker", "beat", "keeper.py"))
    assert process.returncode == 0
    assert rest.strip() == "The portal stopped."
    assert not SCARY.search(said + rest)
    assert carrying(str(scratch.folder)) == []


@pytest.mark.kill
def test_kill_9_of_the_parent_leaves_no_process_behind(scratch, free_port):
    process = serve(scratch, free_port)
    read_until(process, "http://localhost")

    process.kill()
    process.wait()

    wait_until(lambda: carrying(str(scratch.folder)) == [], within=40, what="the keeper")
    process.stdout.close()


@pytest.mark.kill
@pytest.mark.parametrize(
    ("part", "name"), [("celery --quiet -A portal worker", "worker"), ("granian", "web")]
)
def test_a_part_that_dies_is_named_and_stops_the_rest(part, name, scratch, free_port):
    process = serve(scratch, free_port)
    read_until(process, "http://localhost")
    leaders = [
        pid for pid, line in commands(str(scratch.folder)).items() if part in line and os.getpgid(pid) == pid
    ]

    os.kill(leaders[0], signal.SIGKILL)
    rest, _none = process.communicate(timeout=40)

    assert process.returncode == 1
    assert f"The portal stopped: the {name} process ended (SIGKILL)." in rest
    assert carrying(str(scratch.folder)) == []


@pytest.mark.kill
@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"VAULT_KEYSET": "rubbish"}, "VAULT_KEYSET is not a Tink keyset"),
        ({"DATABASE_URL": "postgres://postgres@127.0.0.1:1/none"}, "cannot use its database"),
        ({"BROKER_URL": "pigeon://roof"}, "BROKER_URL begins with “pigeon”"),
        ({"BROKER_URL": "amqp://guest:geheim@127.0.0.1:1//"}, "does not answer"),
        ({"PORT": "http"}, "PORT is “http”"),
        ({"NOTICE_STUCK_AFTER": "soon"}, "NOTICE_STUCK_AFTER"),
    ],
    ids=["no secret", "wrong key", "no database", "wrong broker", "no broker", "wrong port", "wrong number"],
)
def test_what_is_wrong_is_one_sentence_and_a_failure(environment, sentence, scratch, free_port):
    process = serve(scratch, free_port, **environment)

    said, _none = process.communicate(timeout=60)

    assert process.returncode == 1
    assert sentence in said
    assert said.count("\n") == 1
    assert "geheim" not in said


@pytest.mark.kill
def test_a_port_in_use_is_one_sentence_and_a_failure(scratch):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        process = serve(scratch, other.getsockname()[1])

        said, _none = process.communicate(timeout=60)

    assert process.returncode == 1
    assert "is in use by another program" in said
    assert said.count("\n") == 1


def test_web_worker_and_beat_are_run_by_this_very_python():
    crew = programs(8123)

    assert [program.name for program in crew] == ["web", "worker", "beat"]
    assert all(program.command[0] == sys.executable for program in crew)
    assert crew[0].command[-2:] == ("--port", "8123")


def test_a_server_that_is_not_there_does_not_answer(free_port):
    assert not answers(free_port)


def test_without_a_sample_there_is_nobody_to_try(settings, tmp_path):
    settings.VAR_DIR = tmp_path

    assert sign_ins() == []


def test_everyone_to_try_stands_in_the_table(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    (tmp_path / "sign-ins.json").write_text(json.dumps(SIGN_INS * 3), encoding="utf-8")

    table = table_of(sign_ins())

    assert table.row_count == 3
    assert [column.header for column in table.columns] == ["Who", "Email", "Password"]


@pytest.mark.django_db(transaction=True)
def test_preparing_a_portal_that_has_people_loads_no_sample(resident, capsys):
    prepare(Console())

    assert capsys.readouterr().out == "Preparing the database\n"
    assert list(Resident.objects.all()) == [resident]


def test_an_address_to_copy_is_whole_even_in_a_narrow_window(capsys):
    Console(width=60).print(table_of(SIGN_INS))

    assert "parent@example.jp" in capsys.readouterr().out
