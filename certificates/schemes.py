"""Which health insurance scheme an insurer's number belongs to."""

from enum import StrEnum

from stdnum import luhn


class Scheme(StrEnum):
    """The six kinds of insurer whose rules for the certificate differ."""

    KYOKAI = "kyokai"
    SOCIETY = "society"
    MUTUAL_AID = "mutual_aid"
    NATIONAL = "national"
    NATIONAL_SOCIETY = "national_society"
    LATE_STAGE = "late_stage"


EMPLOYEES = frozenset({Scheme.KYOKAI, Scheme.SOCIETY, Scheme.MUTUAL_AID})

# The first two of eight digits (法別番号), by the health ministry's notice on insurer numbers.
LAW_NUMBERS = {
    "01": Scheme.KYOKAI,
    "02": Scheme.KYOKAI,  # seamen: run by the same association
    "03": Scheme.KYOKAI,  # day labourers
    "04": Scheme.KYOKAI,
    "06": Scheme.SOCIETY,
    "63": Scheme.SOCIETY,  # retired members of a society
    "07": Scheme.MUTUAL_AID,  # self-defence forces
    "31": Scheme.MUTUAL_AID,
    "32": Scheme.MUTUAL_AID,
    "33": Scheme.MUTUAL_AID,
    "34": Scheme.MUTUAL_AID,
    "72": Scheme.MUTUAL_AID,  # retired members of a mutual-aid association
    "73": Scheme.MUTUAL_AID,
    "74": Scheme.MUTUAL_AID,
    "75": Scheme.MUTUAL_AID,
    "39": Scheme.LATE_STAGE,
    "67": Scheme.NATIONAL,  # retired employees in the municipal scheme
}


class UnknownInsurer(ValueError):
    """The number is not one that an insurer can have."""


def full_number(insurer_number: str) -> str:
    """Return the number in eight digits; raise UnknownInsurer if its form or check digit is wrong."""
    number = insurer_number.strip()
    if not (number.isascii() and number.isdigit() and len(number) in (6, 8)):
        raise UnknownInsurer("An insurer's number has six or eight digits.")
    if not luhn.is_valid(number):
        raise UnknownInsurer("The check digit of the insurer's number is wrong.")
    return number.zfill(8)


def scheme_of(insurer_number: str) -> Scheme:
    """Return the scheme of an insurer's number of six or eight digits."""
    number = full_number(insurer_number)
    if number.startswith("00"):
        return _national(number)
    try:
        return LAW_NUMBERS[number[:2]]
    except KeyError:
        raise UnknownInsurer("No scheme has an insurer's number that begins like this one.") from None


def _national(number: str) -> Scheme:
    """Six-digit numbers: prefecture (2), insurer (3, societies from 301 on but Tokyo's wards 8xx), check."""
    return Scheme.NATIONAL_SOCIETY if number[4] == "3" else Scheme.NATIONAL
