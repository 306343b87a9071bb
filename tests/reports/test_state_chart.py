"""The chart of states in the docs is the table in the code."""

from io import StringIO

from django.core.management import call_command

from reports import state_chart
from reports.kinds import ALLOWED


def test_the_document_is_what_the_table_says():
    assert state_chart.DOCUMENT.read_text(encoding="utf-8") == state_chart.document()


def test_every_allowed_change_is_an_arrow():
    lines = list(state_chart.chart())

    arrows = {line.strip() for line in lines if "-->" in line and "[*]" not in line}
    assert arrows == {f"{state} --> {to}" for state, following in ALLOWED.items() for to in following}


def test_the_command_writes_it(monkeypatch, tmp_path):
    monkeypatch.setattr("reports.management.commands.write_states.DOCUMENT", tmp_path / "states.md")

    call_command("write_states", stdout=StringIO())

    assert (tmp_path / "states.md").read_text(encoding="utf-8") == state_chart.document()
