"""What is linked, who sees it, and the fallback certificate."""

from django.utils.translation import gettext_lazy as _

from portal.help.topic import TO_RECORDS, TO_SECURITY, TO_TRAIL, Section, Topic

RECORDS = Topic(
    "records",
    _("What is linked to your number, and why"),
    _(
        "Offices know a person by the individual number (My Number). Records that carry your number "
        "are linked to you."
    ),
    (
        Section(
            "why",
            _("Why there are links"),
            paragraphs=(
                _(
                    "With the number an office finds your record at another office. You need not "
                    "bring the paper."
                ),
                _("A law says which office may use the number, and for what. No office sees everything."),
            ),
        ),
        Section(
            "kinds",
            _("What may be linked"),
            points=(
                _("Money: the bank account to which the state pays you."),
                _("Health: health insurance, vaccinations, medical expenses."),
                _("Pension: your pension number."),
                _("Care and disability: care insurance, the disability certificate."),
                _("Family, work and tax: child allowance, employment insurance, income."),
            ),
        ),
        Section(
            "not",
            _("What is not here"),
            paragraphs=(
                _("How much money is in your bank account is not linked. What you buy is not linked either."),
                _(
                    "An office that is not connected to this portal cannot be shown. An empty page "
                    "does not mean that nothing is linked."
                ),
            ),
        ),
    ),
    ways_on=(TO_RECORDS,),
    also="マイナンバー 個人番号 ひも付け 紐付け 口座 年金 my number bank pension",
)

PROTECTION = Topic(
    "protection",
    _("How your data are protected, and who can see what"),
    _("Every look at your data leaves a line that you can read. Nobody can change it afterwards."),
    (
        Section(
            "who",
            _("Who can see what"),
            points=(
                _("You: everything that is yours. What may be a stranger’s is hidden from you too."),
                _(
                    "People who act for you: your records, as long as their right lasts. They cannot "
                    "open your number."
                ),
                _(
                    "Support staff: what they need for your report or your application. Two of them "
                    "decide about a correction."
                ),
                _("Offices: the records that they sent, not those of other offices."),
                _(
                    "Are you protected from violence at home? Then nobody who acts for you sees a "
                    "place where you could be found."
                ),
                _(
                    "A clinic that checks your certificate: whether it is valid, a part of your name,"
                    " and your birthday without the year."
                ),
            ),
        ),
        Section(
            "how",
            _("How we protect it"),
            points=(
                _(
                    "Your individual number lies sealed in one place. Only you can open it, after you"
                    " proved again who you are."
                ),
                _("A new sign-in opens no details for 7 days. You are told at once that it exists."),
                _(
                    "You are signed out after 15 minutes without a page, and after 12 hours in any "
                    "case. What you wrote is kept."
                ),
                _(
                    "We compare each record with the resident register, and hide what may be another "
                    "person’s."
                ),
            ),
        ),
        Section(
            "fraud",
            _("Is it really us?"),
            paragraphs=(
                _("Our mails hold no personal data and no link to sign in. Open the portal yourself."),
                _(
                    "We never ask for a PIN, a password or money. Whoever does is not us: hang up, "
                    "and call the number on this page."
                ),
            ),
        ),
    ),
    ways_on=(
        TO_TRAIL,
        TO_SECURITY,
    ),
    also="安全 のぞき見 詐欺 だれ 誰 security fraud scam dv password who",
)

CERTIFICATE = Topic(
    "certificate",
    _("The fallback certificate in one page"),
    _(
        "With the fallback certificate (資格確認書), clinics and pharmacies treat you as insured. You need"
        " no My Number card. It is free of charge."
    ),
    (
        Section(
            "posted",
            _("When it comes by itself"),
            paragraphs=(
                _(
                    "It is posted to you if you have no card, if your card is not registered as "
                    "insurance card, or if its electronic certificate expired more than 3 months ago."
                ),
                _(
                    "If you were 85 or older on 1 August 2026, and are in the insurance for people of"
                    " 75 and older, it is posted to you too."
                ),
                _("The insurers get the list once a month. Applying is faster."),
            ),
        ),
        Section(
            "apply",
            _("When you apply"),
            paragraphs=(
                _(
                    "Apply if you lost the card, if it is being renewed, or if you need help at the "
                    "counter of the clinic."
                ),
                _("Are you insured through your employer? Then the employer hands your application in."),
            ),
        ),
        Section(
            "valid",
            _("How long it is valid"),
            paragraphs=(
                _("At most five years. Your insurer decides, and the day is printed on it."),
                _(
                    "It ends when your insurer changes, when you turn 75, or when something that is "
                    "printed on it changes. We tell you."
                ),
            ),
        ),
        Section(
            "use",
            _("How you use it"),
            paragraphs=(
                _("Show it at the counter, on paper or on your phone. It is not an identity document."),
                _(
                    "The notice of eligibility (資格情報のお知らせ) is another paper. People with a card get "
                    "it. It does not work alone."
                ),
            ),
        ),
    ),
    ways_on=(TO_RECORDS,),
    also="資格確認書 保険証 申請 カードがない certificate shikaku kakuninsho card expire",
)
