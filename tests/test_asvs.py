"""docs/asvs.md has every requirement once, counts them right, and names files and tests that exist."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAGE = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
# levels 1 (with a star) and 2 of ASVS 5.0.0, by section; numbers that are missing are level 3
REQUIREMENTS = """
1.1: 1 2
1.2: 1* 2* 3* 4* 5* 6 7 8 9
1.3: 1* 2* 3 4 5 6 7 8 9 10 11
1.4: 1 2 3
1.5: 1* 2
2.1: 1* 2 3
2.2: 1* 2* 3
2.3: 1* 2 3 4
2.4: 1
3.2: 1* 2*
3.3: 1* 2 3 4
3.4: 1* 2* 3 4 5 6
3.5: 1* 2* 3* 4 5
3.7: 1 2
4.1: 1* 2 3
4.2: 1
4.3: 1 2
4.4: 1* 2 3 4
5.1: 1
5.2: 1* 2* 3
5.3: 1* 2*
5.4: 1 2 3
6.1: 1* 2 3
6.2: 1* 2* 3* 4* 5* 6* 7* 8* 9 10 11 12
6.3: 1* 2* 3 4
6.4: 1* 2* 3 4
6.5: 1 2 3 4 5
6.6: 1 2 3
6.8: 1 2 3 4
7.1: 1 2 3
7.2: 1* 2* 3* 4*
7.3: 1 2
7.4: 1* 2* 3 4 5
7.5: 1 2
7.6: 1 2
8.1: 1* 2
8.2: 1* 2* 3
8.3: 1*
8.4: 1
9.1: 1* 2* 3*
9.2: 1* 2 3 4
10.1: 1 2
10.2: 1 2
10.3: 1 2 3 4
10.4: 1* 2* 3* 4* 5* 6 7 8 9 10 11
10.5: 1 2 3 4 5
10.6: 1 2
10.7: 1 2 3
11.1: 1 2
11.2: 1 2 3
11.3: 1* 2* 3
11.4: 1* 2 3 4
11.5: 1
11.6: 1
12.1: 1* 2 3
12.2: 1* 2*
12.3: 1 2 3 4
13.1: 1
13.2: 1 2 3 4 5
13.3: 1 2
13.4: 1* 2 3 4 5
14.1: 1 2
14.2: 1* 2 3 4
14.3: 1* 2 3
15.1: 1* 2 3
15.2: 1* 2 3
15.3: 1* 2 3 4 5 6 7
16.1: 1
16.2: 1 2 3 4 5
16.3: 1 2 3 4
16.4: 1 2 3
16.5: 1 2 3
17.1: 1
17.2: 1 2 3 4
17.3: 1 2
"""
ROW = re.compile(
    r"^\| (\d+\.\d+\.\d+) \| (\d) \| ([^|]+) \| (met|does not apply|operator's duty|not met yet): [^|]+ \|$",
    re.M,
)
ANSWERS = ("met", "does not apply", "operator's duty", "not met yet")
NAMED = re.compile(r"`([\w./-]+\.(?:py|md|html|txt|toml|js|typ))(?:::(\w+))?`")


def known() -> list[tuple[str, str]]:
    """Each number with its level, in the order of the standard."""
    sections = (line.split(": ") for line in REQUIREMENTS.split("\n") if line)
    each = [(section, number) for section, numbers in sections for number in numbers.split()]
    return [(f"{section}.{number.rstrip('*')}", "1" if "*" in number else "2") for section, number in each]


def test_every_requirement_of_both_levels_stands_there_once() -> None:
    wanted = known()

    found = [(number, level) for number, level, _asks, _answer in ROW.findall(PAGE)]

    assert Counter(level for _number, level in wanted) == {"1": 70, "2": 183}
    assert found == wanted


def test_no_row_is_written_in_another_form() -> None:
    rows = re.findall(r"^\| ?\d+\.\d+.*$", PAGE, re.M)

    wrong = [row for row in rows if not ROW.fullmatch(row)]

    assert wrong == []


@pytest.mark.parametrize("chapter", [*range(1, 18)])
def test_the_counts_of_a_chapter_are_those_of_its_rows(chapter) -> None:
    rows = [row for row in ROW.findall(PAGE) if row[0].startswith(f"{chapter}.")]

    met, apart, theirs, open_ = (sum(row[3] == answer for row in rows) for answer in ANSWERS)
    of_level_1 = sum(row[1] == "1" and row[3] == "not met yet" for row in rows)

    _before, _heading, section = PAGE.partition(f"\n## V{chapter} ")
    told = f"\nMet {met}, does not apply {apart}, operator's duty {theirs}, not met yet {open_}.\n"
    assert told in section.partition("\n## ")[0]
    assert re.search(
        rf"^\| V{chapter} [^|]+ \| {met} \| {apart} \| {theirs} \| {open_} \| {of_level_1} \|$", PAGE, re.M
    )


def test_the_sum_is_that_of_all_rows() -> None:
    rows = ROW.findall(PAGE)

    counts = [sum(row[3] == answer for row in rows) for answer in ANSWERS]
    of_level_1 = sum(row[1] == "1" and row[3] == "not met yet" for row in rows)

    assert "| all {} | {} | {} | {} | {} | {} |".format(len(rows), *counts, of_level_1) in PAGE


def test_every_file_and_test_that_is_named_exists() -> None:
    named = set(NAMED.findall(PAGE))

    missing = sorted(f"{path}::{test}" for path, test in named if not exists(path, test))

    assert len(named) > 100
    assert missing == []


def exists(path: str, test: str) -> bool:
    """Whether the file is there, and the test in it where one is named."""
    file = ROOT / path
    return file.is_file() and (not test or f"\ndef {test}(" in file.read_text(encoding="utf-8"))
