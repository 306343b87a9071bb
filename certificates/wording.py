"""What people read about verdicts, answers and ends: one sentence each."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from certificates.documents.render import Size
from certificates.eligibility import By, Kind

# Who acts next decides the headline
HEADLINES: dict[tuple[Kind, By], Promise] = {
    (Kind.POSTED, By.INSURER): _("It will be posted to you. You need not do anything."),
    (Kind.APPLY, By.APPLICANT): _("You can apply for it here."),
    (Kind.NOT_NEEDED, By.NOBODY): _("You do not need it now."),
    (Kind.HANDLED_ELSEWHERE, By.EMPLOYER): _("Your employer applies for you."),
    (Kind.HANDLED_ELSEWHERE, By.MUNICIPALITY): _("Your municipality handles it."),
}

# Why, by the rule that decided
REASONS: dict[str, Promise] = {
    "stay_over": _(
        "Your period of stay is over by our record. Please have it renewed first, then ask again."
    ),
    "running": _("You have a certificate that works. Please use it."),
    "under_confirmation": _(
        "Your insurance record is being checked. You can apply now. We issue it when your data are confirmed."
    ),
    "no_insurance": _("We find no health insurance on your number. Please join one first."),
    "insurance_ended": _("Your health insurance has ended by our record. Please join the next one first."),
    "late_stage": _(
        "From 75 years on, the insurance for the elderly is responsible. It sends you its certificate."
    ),
    "paper_spoilt": _("Your certificate is damaged or lost. You get a new one."),
    "aged_85": _("Everyone of 85 or older gets one, with or without a card."),
    "no_card": _("You have no card. Your insurer sends the certificate. It learns of it once a month."),
    "card_returned": _(
        "You gave your card back. Your insurer sends the certificate. It learns of it once a month."
    ),
    "card_lost": _("You lost your card. You get the certificate if you apply."),
    "card_renewing": _("Your card is being renewed. You get the certificate if you apply."),
    "not_registered": _(
        "Your card is not registered as insurance card. "
        "Your insurer sends the certificate. It learns of it once a month."
    ),
    "certificate_expired": _(
        "Your card's electronic certificate expired more than 3 months ago. "
        "Your insurer sends the certificate. It learns of it once a month."
    ),
    "registration_unknown": _("It is not known if your card works. Your insurer checks it when you apply."),
    "not_beside_card": _(
        "In your insurance nobody may have both a registered card and the certificate. "
        "Please ask your employer."
    ),
    "needs_helper": _("You need help at the counter. You get the certificate, also if you have a card."),
    "card_in_grace": _(
        "Your card's electronic certificate has expired. "
        "At clinics it still works for 3 months. Please renew it."
    ),
    "card_works": _("Your card works as insurance card. Please use it at the clinic."),
}

ANSWERS: dict[str, dict[str, Promise]] = {
    "card": {
        "valid": _("Yes, I have it"),
        "none": _("No, I have none"),
        "lost": _("I lost it"),
        "renewing": _("It is being renewed"),
        "returned": _("I gave it back"),
    },
    "works": {
        "yes": _("Yes, it works"),
        "not_registered": _("No, it is not registered as insurance card"),
        "cancelled": _("No, I cancelled the registration"),
        "expired": _("No, its electronic certificate has expired"),
        "unknown": _("I do not know"),
    },
    "help": {
        "nothing": _("None of these"),
        "helper": _("I need somebody's help at the clinic's counter"),
        "good": _("I already have a certificate that works"),
        "damaged": _("I have a certificate, but it is damaged"),
        "lost": _("I had a certificate, but I lost it"),
    },
}

ANSWERS |= {
    "items": {
        "nothing": _("Nothing more"),
        "all": _("Also what my insurer has of these"),
    },
    "delivery": {
        "download": _("I download it, for the phone or to print"),
        "post": _("By post to my registered address"),
        "counter": _("I fetch it at the counter"),
    },
    "paper": {
        "normal": _("One page in the usual size"),
        "large": _("Large print, two pages"),
    },
}

QUESTIONS: dict[str, Promise] = {
    "card": _("Do you have your My Number card now?"),
    "works": _("Does your card work as insurance card at the clinic?"),
    "expired_on": _("Until when was the electronic certificate valid?"),
    "help": _("Does one of these apply to you?"),
    "items": _("Shall the certificate show more?"),
    "delivery": _("How do you want to get it?"),
    "paper": _("How large shall the letters be?"),
}
HINTS: dict[str, Promise] = {
    "card": _("The plastic card with your photo."),
    "works": _("The reader at the clinic or pharmacy accepts it."),
    "expired_on": _("The day is written on the letter about the renewal, often also on the card."),
    "help": _("The certificate: 資格確認書, a card or a sheet of paper."),
    "items": _("Limit category (限度区分), long stay (長期入院), specific disease (特定疾病)."),
    "delivery": _("You can download it in any case."),
    "paper": _("You can download every size."),
}

# The one question of those who ask without sign-in
WHY_BY_POST: dict[str, Promise] = {
    "no_card": _("I have no My Number card"),
    "lost": _("I lost my card"),
    "renewing": _("My card is being renewed"),
    "returned": _("I gave my card back"),
    "unknown": _("I have a card, but it does not work or I am not sure"),
    "helper": _("I need somebody's help at the clinic's counter"),
    "paper": _("My certificate is lost or damaged, and I have no card"),
}

SIZES: dict[Size, Promise] = {
    Size.A4: _("A4 sheet"),
    Size.LARGE: _("Large print, A4, two sides"),
    Size.POSTCARD: _("Postcard"),
    Size.CARD: _("Card, two sides"),
}

# Why a certificate of ours is not valid, for the clinic
FAULTS: dict[str, Promise] = {
    "expired": _("Its last day is over. Please ask the person if there is a new one."),
    "replaced": _("It was replaced by a new one. Please ask the person for the new one."),
    "returned": _("It was given back to the insurer. Please ask which insurance is valid now."),
    "facts_changed": _("Something printed on it has changed. Please ask which insurance is valid now."),
    "lost": _("It was reported as lost or stolen. Please check who the person is, and call us."),
    "letter_back": _("It never reached its holder. Please check who the person is, and call us."),
}

# Why a certificate ended, for its holder
ENDS: dict[str, Promise] = {
    "lost": _("It was reported as lost or stolen."),
    "letter_back": _("The letter with it came back to us. Please call us about your address."),
    "expired": _("Its last day is over."),
    "replaced": _("A new certificate replaced it. Please use the new one."),
    "returned": _("You gave it back."),
    "facts_changed": _(
        "Something printed on it changed. Please do not use it. Send the paper back to your insurer."
    ),
}

# Why somebody is not on the list of a bulk issue, for staff
LEFT_OUT: dict[str, Promise] = {
    "not_due": _("Needs none by what is known"),
    "held": _("The insurance is under confirmation"),
    "applied": _("An application waits"),
    "no_address": _("No address in the register"),
    "letter_back": _("The last letter came back, and the address is the same"),
    "incomplete": _("The insurer's record is not complete"),
    "insurer": _("The insurer issues itself, or its own staff decide"),
}
