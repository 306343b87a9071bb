"""What the words mean."""

from django.utils.translation import gettext_lazy as _

from portal.help.topic import Section, Topic

WORDS = Topic(
    "words",
    _("What the words mean"),
    _("Words that you meet here and on letters of offices."),
    (
        Section(
            "individual_number",
            _("Individual number (My Number, 個人番号)"),
            paragraphs=(_("Twelve digits that everybody who lives in Japan has."),),
        ),
        Section(
            "link",
            _("Linked (ひも付け)"),
            paragraphs=(
                _(
                    "An office has noted your individual number with a record. Then the record counts"
                    " as yours."
                ),
            ),
        ),
        Section(
            "insurer",
            _("Insurer (保険者)"),
            paragraphs=(
                _(
                    "Who runs your health insurance: 協会けんぽ, a health-insurance society, your "
                    "municipality, or the union for people of 75 and older."
                ),
            ),
        ),
        Section(
            "insured",
            _("Insured person (被保険者)"),
            paragraphs=(
                _(
                    "Who is insured. Family members who are insured through them are called "
                    "dependants (被扶養者)."
                ),
            ),
        ),
        Section(
            "symbol",
            _("Symbol and number (記号・番号)"),
            paragraphs=(
                _("By these your insurer knows your insurance. They are printed on the certificate."),
            ),
        ),
        Section(
            "certificate",
            _("Fallback certificate (資格確認書)"),
            paragraphs=(_("With it, clinics treat you as insured although you have no usable card."),),
        ),
        Section(
            "notice",
            _("Notice of eligibility (資格情報のお知らせ)"),
            paragraphs=(
                _(
                    "A paper for people with a card. Show it together with the card where the card "
                    "cannot be read."
                ),
            ),
        ),
        Section(
            "declaration",
            _("Declaration of insured status (被保険者資格申立書)"),
            paragraphs=(_("A form at the clinic on which you declare that you are insured."),),
        ),
        Section(
            "account",
            _("Bank account for public payments (公金受取口座)"),
            paragraphs=(_("The account to which the state pays you. It must be in your own name."),),
        ),
        Section(
            "electronic",
            _("Electronic certificate (電子証明書)"),
            paragraphs=(
                _(
                    "What in the card’s chip proves who you are. It is valid for five years, then it "
                    "is renewed at your municipality."
                ),
            ),
        ),
        Section(
            "held",
            _("Stopped (停止中)"),
            paragraphs=(
                _(
                    "Nobody uses the record until it is clear whose it is. That ends no insurance and"
                    " no payment."
                ),
            ),
        ),
        Section(
            "representative",
            _("Person who acts for you (代わりの人)"),
            paragraphs=(
                _("Somebody who may see your records and report for you, until a day that you know."),
            ),
        ),
        Section(
            "voluntary",
            _("Voluntary continuation (任意継続)"),
            paragraphs=(_("You left the employer and go on in its insurance, paying yourself."),),
        ),
    ),
    layout="terms",
    also="用語 意味 ことば glossary meaning vocabulary",
)
