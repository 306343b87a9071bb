"""The words of one kind of notice."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """The words of one kind of notice. `warns`: somebody else may have done it, so it carries a code."""

    title: Promise
    text: Promise
    warns: bool = False
