"""What is written down: never an individual number, even where somebody put one into an address."""

import logging

from accounts.free_text import without_individual_numbers


class WithoutNumbers(logging.Filter):
    """Hides every individual number in what a record says; lets each record through."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Hide them where there are any."""
        said = record.getMessage()
        hidden = without_individual_numbers(said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True
