"""How a wrong link comes about: the causes that were found in 2023, four sentences each."""

from django.utils.translation import gettext_lazy as _

from portal.help.topic import TO_FIGURES, TO_RECORDS, Section, Topic

MISTAKES = Topic(
    "mistakes",
    _("How a wrong link comes about"),
    _(
        "In 2023 the government checked 82.08 million links. 8,351 of them belonged to another "
        "person. These are the causes."
    ),
    (
        Section(
            "three_item_lookup",
            _("Only three things were compared"),
            paragraphs=(
                _("An office had a paper on which your number was missing."),
                _("It looked the number up by the reading of your name, your birth date and your sex."),
                _("Another person had the same three."),
                _("That person’s number was written on your record."),
            ),
            picture="lookup",
            picture_says=_(
                "Two people have the same reading of the name, the same birth date and the same sex. "
                "Only the address differs, and nobody looks at it."
            ),
        ),
        Section(
            "address_not_used",
            _("The address was not compared"),
            paragraphs=(
                _("The office had your address, but did not use it."),
                _("The search found a person with your name."),
                _("That person lives somewhere else."),
                _("Nobody compared the two addresses, so the record went to that person."),
            ),
            picture="address",
            picture_says=_("One name leads to two houses. The arrow goes to the wrong house."),
        ),
        Section(
            "family_number",
            _("The number of a family member"),
            paragraphs=(
                _("A form asked for the number of each person in the family."),
                _("Somebody wrote the number of the wife, the husband or a child in the wrong line."),
                _("The office entered it as it was written."),
                _("So the record went to another member of the family."),
            ),
            picture="family",
            picture_says=_("A form with two lines. The two numbers stand in each other’s line."),
        ),
        Section(
            "family_account",
            _("A parent’s account on a child’s number"),
            paragraphs=(
                _("A child had no bank account."),
                _("The parent registered an own account on the child’s number."),
                _("The account must be in the name of the person whose number it is, even if both agree."),
                _("This happened about 130,000 times."),
            ),
            picture="account",
            picture_says=_(
                "A child’s number and a bank book in the parent’s name. A sign says that the two do "
                "not belong together."
            ),
        ),
        Section(
            "same_name",
            _("The same name and the same birthday"),
            paragraphs=(
                _("Two people have the same name and were born on the same day."),
                _("The office found one of them and did not search on."),
                _("Only the address tells the two apart."),
                _("This portal compares the address too, and asks staff when it differs."),
            ),
            picture="twins",
            picture_says=_(
                "Two people with the same name and the same birthday. A question mark stands between them."
            ),
        ),
        Section(
            "transcription",
            _("Copied wrongly, or shifted by a row"),
            paragraphs=(
                _("Somebody copied names and numbers from one list into another."),
                _("One digit was wrong, or the numbers slipped by one row."),
                _("Then each person got the number of the next one."),
                _("We notice it: many names of one list suddenly do not fit."),
            ),
            picture="rows",
            picture_says=_(
                "A list of names beside a list of numbers. The numbers stand one row too low, so each"
                " belongs to the wrong name."
            ),
        ),
        Section(
            "employer_form",
            _("The employer’s form"),
            paragraphs=(
                _("Your employer hands in a form when your insurance begins."),
                _("Sometimes the number was missing, or it was another person’s."),
                _("The insurer looked it up, or took what was there."),
                _("So your insurance was linked to a stranger’s number."),
            ),
            picture="employer",
            picture_says=_("A form goes from a company to the insurer. The field for the number is empty."),
        ),
        Section(
            "shared_terminal",
            _("A shared device where somebody was still signed in"),
            paragraphs=(
                _("At a counter many people used one device, one after the other."),
                _("The person before had not signed out."),
                _("What the next person typed went to the number of the one before."),
                _("748 bank accounts were linked to a stranger in this way."),
            ),
            picture="terminal",
            picture_says=_(
                "A device on a desk. The person before has left, but is still signed in. The next "
                "person types."
            ),
        ),
        Section(
            "reused_certificate",
            _("A certificate number that was used twice"),
            paragraphs=(
                _("An office gave the number of an old certificate to a new person."),
                _("The link of the person before still stood."),
                _("So one certificate hung on two people."),
                _("We look for numbers that stand with two people."),
            ),
            picture="reused",
            picture_says=_(
                "One certificate number and two people. The number belonged to one before and belongs"
                " to the other now."
            ),
        ),
        Section(
            "printer",
            _("A printer gave another person’s certificate"),
            paragraphs=(
                _("Two people asked for a certificate at almost the same moment."),
                _("The printing system mixed the two orders up."),
                _("One person got the paper of the other."),
                _("The links were right: the fault was in the printing."),
            ),
            picture="printer",
            picture_says=_("Two people print at the same moment. The two papers come out crossed."),
        ),
        Section(
            "spelling",
            _("Most differences are no mistake"),
            paragraphs=(
                _(
                    "In 160 million insurance records, 1.39 million differences were only another way"
                    " of writing: old letters, old addresses."
                ),
                _("Such a record stays yours, and you need not do anything."),
            ),
        ),
    ),
    ways_on=(
        TO_RECORDS,
        TO_FIGURES,
    ),
    also="まちがい 間違い 誤登録 誤り 紐付け 同姓同名 原因 error wrong cause why mix-up",
)
