"""Why a verdict was reached: each code with a sentence for the resident and one for staff.

Residents read that something differs, never what the other side says: it may be a stranger's.
"""

from typing import NamedTuple


def _(message: str) -> str:
    """The message itself: marks it for extraction, and is translated where it is shown."""
    return message


class Reason(NamedTuple):
    """The two sentences of one code, in English, to be translated where they are shown."""

    resident: str
    staff: str


REASONS = {
    # the deciding rows
    "columns_contradict": Reason(
        _("The details in this record do not fit together. We are looking into it."),
        _("The name in kanji and the name in kana are those of two people. Look for shifted rows."),
    ),
    "nothing_to_compare": Reason(
        _("The institution sent no details that we could check. Please see if this record is yours."),
        _("Nothing that tells one person from another was sent."),
    ),
    "name_alone": Reason(
        _("The institution sent only a name. Please see if this record is yours."),
        _("Only the written name was sent. It is the same, but others may bear it."),
    ),
    "name_and_birth_date": Reason(
        _("The name and the date of birth are yours."),
        _("Name and date of birth agree and nothing contradicts them."),
    ),
    "sex_conflict": Reason(
        _("The sex in this record is not the one in the register. We are looking into it."),
        _("Name and date of birth agree, the sex does not."),
    ),
    "moved_or_namesake": Reason(
        _("The address in this record is not yours. We are checking whether it is an old one."),
        _("Name and date of birth agree, the address does not: a move, or a namesake."),
    ),
    "name_and_address": Reason(
        _("The name and the address are yours."),
        _("No date of birth was sent. The name in kanji and in kana and the full address agree."),
    ),
    "kana_alone": Reason(
        _("The institution sent only the reading of a name. It is yours, but others may bear it."),
        _("Only the name in kana was sent. It agrees, or nearly, but proves little."),
    ),
    "no_birth_date": Reason(
        _("The institution sent no date of birth. We are checking the record by hand."),
        _("The name agrees, but without a date of birth the rest is too little."),
    ),
    "birth_date_slip": Reason(
        _("The date of birth in this record is almost yours. We are checking for a typing error."),
        _("The name agrees. The dates of birth differ as by a slip of the pen."),
    ),
    "same_name_other_birth_date": Reason(
        _("This record seems to belong to somebody with your name."),
        _("Same name, another date of birth: a namesake or a relative."),
    ),
    "other_reading": Reason(
        _("All but the reading of your name is yours."),
        _("The kanji, date of birth, sex and full address agree. Only the reading differs."),
    ),
    "pen_slip": Reason(
        _("All but one way of writing your name is yours."),
        _("Reading, date of birth, sex and full address agree. The kanji were mistyped."),
    ),
    "three_items_only": Reason(
        _("This record seems to belong to somebody whose name sounds like yours."),
        _("Only the reading and the date of birth agree: found by three items, and probably another person."),
    ),
    "same_sound_other_letters": Reason(
        _("Your name is written differently in this record. We are looking into it."),
        _("The reading and the date of birth agree, the kanji do not, and no address was sent."),
    ),
    "surname_changed": Reason(
        _("The family name in this record is not yours. We are checking whether it is an old one."),
        _("The given name agrees, the family name does not: perhaps a marriage."),
    ),
    "former_surname_reading": Reason(
        _("The given name and the date of birth are yours, and the family name may be your former one."),
        _("The given name and the date of birth agree. The register has a former surname, not its reading."),
    ),
    "other_given_name": Reason(
        _("This record seems to belong to somebody else."),
        _("The given name is another one: perhaps of the family, perhaps a stranger."),
    ),
    "other_name_other_birth_date": Reason(
        _("This record seems to belong to somebody else."),
        _("Name and date of birth both differ."),
    ),
    "other_reading_unclear": Reason(
        _("The reading of your name is different in this record. We are looking into it."),
        _("Same kanji, another reading, and not all else agrees: there may be two people."),
    ),
    "given_name_slip": Reason(
        _("The given name in this record is almost yours. We are checking for a typing error."),
        _("One letter of the given name differs, in the only form that was sent."),
    ),
    "birth_date_alone": Reason(
        _("We could check the date of birth only, and it is yours. Please see if this record is yours."),
        _("The date of birth agrees. No name was sent that the register has in the same script."),
    ),
    "no_name": Reason(
        _("The names could not be compared. We are checking the record by hand."),
        _("No name was sent that the register has in the same script."),
    ),
    "undecided": Reason(
        _("We are checking this record by hand."),
        _("The details fit none of the rules. Please decide."),
    ),
    # the elements
    "name_variant": Reason(
        _("Your name is written with other forms of the same letters."),
        _("The written names are variants: old and new letters, or the order of foreign names."),
    ),
    "name_mixed_up": Reason(
        _("Your name is written with a letter that is often mixed up with yours."),
        _("Letters that clerks mix up (such as 斎 and 斉)."),
    ),
    "name_filler": Reason(
        _("A letter of your name could not be written by the institution."),
        _("A stand-in such as ● takes the place of a letter."),
    ),
    "name_differs": Reason(
        _("The written name is not the same."),
        _("The written names differ."),
    ),
    "kana_near": Reason(
        _("The reading of your name is almost the same."),
        _("The readings differ by a voicing mark, a look-alike letter, a long vowel or the order of words."),
    ),
    "kana_differs": Reason(
        _("The reading of the name is not the same."),
        _("The readings differ."),
    ),
    "birth_date_near": Reason(
        _("The date of birth is almost the same."),
        _("The dates of birth differ by one day, one digit, a swap or an era."),
    ),
    "birth_date_differs": Reason(
        _("The date of birth is not the same."),
        _("The dates of birth differ."),
    ),
    "sex_differs": Reason(
        _("The sex is not the same."),
        _("The sexes differ."),
    ),
    "address_number_differs": Reason(
        _("The number in the address is not the same."),
        _("Same town, another number."),
    ),
    "address_town_differs": Reason(
        _("The place is not the same."),
        _("Another town or municipality."),
    ),
    "former_surname": Reason(
        _("The record is in your former family name."),
        _("The name is the registered former one."),
    ),
    "common_name": Reason(
        _("The record is in your registered common name."),
        _("The name is the registered common name."),
    ),
    "latin_words": Reason(
        _("The parts of your name come in another order, or one is left out."),
        _("Latin name in another order or without a middle name."),
    ),
    "former_address": Reason(
        _("The record has your previous address."),
        _("The address is an earlier one of the register."),
    ),
}
