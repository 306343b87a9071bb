"""On SQLite, which has no hash joins: no statement of an import walks a whole table for each of its rows."""

from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from links.models import FeedImport
from tests.links.feeds.feeding import NUMBER, STRANGER, imported, many, registered, row

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by what it counted"),
]


class Plans:
    """The statements that walk a table again and again, as SQLite plans them while they are carried out."""

    def __init__(self) -> None:
        self.seen = 0
        self.quadratic: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Look at the plan, then carry the statement out."""
        if not many and sql.split()[0] in ("SELECT", "INSERT", "UPDATE", "CREATE"):
            explained = connection.connection.cursor()
            explained.execute("EXPLAIN QUERY PLAN " + sql.replace("%s", "?"), params or ())
            self.look(sql, explained.fetchall())
        return execute(sql, params, many, context)

    def look(self, sql: str, plan: list[tuple[int, int, int, str]]) -> None:
        """A walk within a subquery that depends on the row; for joins SQLite makes an index of its own."""
        self.seen += 1
        what = {key: detail for key, _parent, _none, detail in plan}
        for _key, parent, _none, detail in plan:
            if detail.startswith("SCAN") and what.get(parent, "").startswith("CORRELATED"):
                self.quadratic.append(sql)


@contextmanager
def planned():
    """What SQLite plans meanwhile."""
    plans = Plans()
    with connection.execute_wrapper(plans):
        yield plans


def test_no_statement_walks_a_table_for_each_row():
    registered(NUMBER)
    imported(*many(6))

    with planned() as plans:
        imported(
            *many(5),
            row("B1"),
            row("B1", name="別人"),
            row("C1", number=STRANGER),
            complete=True,
            max_removed=100,
        )

    assert plans.seen > 20
    assert plans.quadratic == []
    assert FeedImport.objects.filter(state="done").count() == 2
