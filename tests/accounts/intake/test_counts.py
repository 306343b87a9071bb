"""The summary line."""

from accounts.intake.counts import Counts


def test_the_summary_names_every_figure_in_the_order_of_the_contract():
    counts = Counts(rows=6, created=1, changed=2, unchanged=0, removed=3, rejected=1)

    line = counts.summary(seconds=1.234)

    assert line == "rows=6 created=1 changed=2 unchanged=0 removed=3 rejected=1 seconds=1.2"
