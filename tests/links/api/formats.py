"""What no JSON Schema can say: values of the formats of the API's own document, for schemathesis."""

import datetime

import schemathesis
from hypothesis import strategies as st
from stdnum.jp import in_

from accounts.intake.fields import insurer_check_digit
from tests.accounts.intake.files import NUMBER, OTHER_NUMBER

EARLIEST, LATEST = datetime.date(1950, 1, 1), datetime.date(2026, 10, 1)
PEOPLE = st.sampled_from([NUMBER, OTHER_NUMBER])


def individual_number(eleven: str) -> str:
    """A number that nobody in the tests has, with its check digit."""
    return eleven + in_.calc_check_digit(eleven)


def insurer_number(body: str) -> str:
    """A number with its check digit."""
    return body + insurer_check_digit(body)


def of_digits(count: int) -> st.SearchStrategy[str]:
    """So many digits."""
    return st.text("0123456789", min_size=count, max_size=count)


DATES = st.dates(EARLIEST, LATEST).map(str)
FORMATS = {
    "individual-number": PEOPLE | PEOPLE | of_digits(11).map(individual_number),
    "insurer-number": (of_digits(5) | of_digits(7)).map(insurer_number),
    "past-date": DATES,
    "date-in-any-form": DATES | st.sampled_from(["S42.12.20", "昭和42年12月20日", "1967-00-00", "不明"]),
}


def register() -> None:
    """Make schemathesis know them."""
    for name, strategy in FORMATS.items():
        schemathesis.openapi.format(name, strategy)
