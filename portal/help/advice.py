"""What to do when something happened."""

from django.utils.translation import gettext_lazy as _

from portal.help.topic import TO_RECORDS, Section, Topic

STRANGER = Topic(
    "stranger",
    _("You see another person’s data"),
    _("You did nothing wrong. Please tell us at once: then we can protect that person, and you."),
    (
        Section(
            "now",
            _("What to do now"),
            steps=(
                _("Take no picture, print nothing, and tell nobody what you saw."),
                _("Open the record where you saw it, and press “No, something is wrong”. Or call us."),
                _("Do not write the other person’s name or data to us. The record is enough."),
            ),
        ),
        Section(
            "we",
            _("What we do"),
            paragraphs=(
                _("We stop the use of that record at once and hide its details."),
                _("We find out whose it is, with the office that sent it."),
                _(
                    "Where another person’s data could be seen, the Personal Information Protection "
                    "Commission must be told within 3 to 5 days."
                ),
            ),
        ),
        Section(
            "yours",
            _("And your own data?"),
            paragraphs=(
                _(
                    "If a stranger’s record is on your number, yours may be on another’s. Look at "
                    "your list: is a record missing?"
                ),
                _("Under “Who looked at my data” you see who looked at yours."),
            ),
        ),
    ),
    ways_on=(TO_RECORDS,),
    also="他人 別人 知らない人 漏えい 個人情報 leak privacy stranger someone else",
)

REFUSED = Topic(
    "refused",
    _("Your insurance is refused at the clinic"),
    _(
        "You are still insured. A card that cannot be read, or a record that is being checked, ends "
        "no insurance."
    ),
    (
        Section(
            "say",
            _("What to say at the clinic"),
            steps=(
                _(
                    "Say: “I am insured. Please let me fill in the 被保険者資格申立書.” It is a declaration "
                    "that you are insured."
                ),
                _(
                    "If you have a card and the notice of eligibility (資格情報のお知らせ), "
                    "show both together."
                ),
                _("With the declaration you pay your usual share of the cost."),
                _("If you had to pay everything, keep the receipt. Your insurer pays its share back."),
            ),
        ),
        Section(
            "after",
            _("What to do afterwards"),
            paragraphs=(
                _(
                    "Look at your health insurance in this portal. If it is wrong or stopped, tell us"
                    " on its page."
                ),
                _("Ask for the fallback certificate. With it, clinics treat you as insured, without a card."),
                _(
                    "You changed jobs or moved lately? Then the new insurer may not have registered "
                    "you yet. Call your insurer."
                ),
            ),
        ),
    ),
    ways_on=(TO_RECORDS,),
    also="保険証 使えない 10割 全額 受診 薬局 医者 hospital doctor refuse denied pay",
)

PRINTER = Topic(
    "printer",
    _("A printer gave you someone else’s certificate"),
    _("Keep the paper safe, and tell us. The municipality that issued it puts it right."),
    (
        Section(
            "now",
            _("What to do now"),
            steps=(
                _("Do not read on, take no picture, and show the paper to nobody."),
                _("Do not throw it away. Put it into an envelope."),
                _(
                    "Call us. Say the place, the time and the kind of paper. Do not say what is "
                    "written on it."
                ),
            ),
        ),
        Section(
            "next",
            _("What happens next"),
            paragraphs=(
                _("The municipality that issued the paper is told, and arranges that it comes back."),
                _("It also looks for your own certificate: somebody else may hold it."),
                _("The fault was in the printing. Your records are not changed by it."),
            ),
        ),
    ),
    also="コンビニ 印刷 住民票 convenience store konbini print",
)
