"""What others do with the same pairs in memory: `python -m tests.bench.floor FILE.csv`.

polars normalises and compares the five columns, which says nothing but equal or not: the floor. Splink scores
each given pair with its default comparisons, untrained: how fast a probabilistic linker is, not how right.
"""

import logging
import sys
import time
from importlib import import_module
from typing import Any

FIELDS = ("name", "kana", "birth_date", "sex", "address")
INVISIBLE = "[\u200b-\u200f\ufe00-\ufe0f\U000e0100-\U000e01ef\\s]"
OLD, NEW = list("髙﨑濵邊邉齋齊德冨眞廣澤"), list("高崎浜辺辺斎斉徳富真広沢")


def equal(polars: Any, pairs: Any) -> int:
    """How many pairs are equal once normalised, with what was not sent counted as equal."""

    def plain(column: str) -> Any:
        """The column in NFKC, without spaces, in present-day characters."""
        text = polars.col(column).str.normalize("NFKC").str.replace_all(INVISIBLE, "")
        return text.str.replace_many(OLD, NEW)

    same = [
        (plain(f"claimed_{field}") == plain(f"registered_{field}")) | (polars.col(f"claimed_{field}") == "")
        for field in FIELDS
    ]
    return int(pairs.select(polars.all_horizontal(same).sum()).item())


def scored(polars: Any, splink: Any, pairs: Any) -> int:
    """How many pairs Splink scored: each record blocked with its own resident only."""
    compare = import_module("splink.comparison_library")
    sides = [
        pairs.select(
            polars.col("id").alias("unique_id"), *(polars.col(f"{side}_{x}").alias(x) for x in FIELDS)
        )
        .with_columns(polars.col("unique_id").alias("pair"))
        .to_arrow()
        for side in ("registered", "claimed")
    ]
    settings = splink.SettingsCreator(
        link_type="link_only",
        comparisons=[
            compare.JaroWinklerAtThresholds("name"),
            compare.JaroWinklerAtThresholds("kana"),
            compare.DamerauLevenshteinAtThresholds("birth_date"),
            compare.ExactMatch("sex"),
            compare.LevenshteinAtThresholds("address"),
        ],
        blocking_rules_to_generate_predictions=[splink.block_on("pair")],
    )
    database = splink.DuckDBAPI()
    tables = [database.register(side) for side in sides]
    linker = splink.Linker(tables, settings)
    return len(linker.inference.predict().as_duckdbpyrelation())


def main(path: str) -> None:
    """One line a tool: its rate, and what it says about itself."""
    polars = import_module("polars")
    pairs = polars.read_csv(path, infer_schema=False).fill_null("")
    began = time.monotonic()
    found = equal(polars, pairs)
    report("polars, compared", len(pairs) / (time.monotonic() - began), f"{found:,} equal")
    splink = import_module("splink")
    logging.getLogger("splink").setLevel(logging.ERROR)  # it would say at length that it is untrained
    began = time.monotonic()
    found = scored(polars, splink, pairs)
    report(
        f"Splink {splink.__version__}, scored", len(pairs) / (time.monotonic() - began), f"{found:,} pairs"
    )


def report(name: str, rate: float, more: str) -> None:
    """A line of the benchmark."""
    print(f"{name:24}{rate:12,.0f} pairs/s   {more}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
