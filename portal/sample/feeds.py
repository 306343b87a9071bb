"""What each institution has on record, before mistakes; health insurance has a module of its own."""

import datetime
from collections.abc import Callable

from portal.sample.health import kyokai, others, society
from portal.sample.records import Draw, Record
from portal.sample.register import Person

ONLINE = ("online", "マイナポータル")
COUNTER_FORM = ("applicant_form", "窓口申込")
FISCAL_YEARS = 2


def midori(draw: Draw) -> list[Record]:
    """Accounts at the first bank: every second household, and all whom nothing may befall."""
    return _accounts(draw, "0998", "みどり見本銀行", parity=0)


def savings(draw: Draw) -> list[Record]:
    """Accounts at the second bank."""
    return _accounts(draw, "9998", "見本貯金銀行", parity=1)


def _accounts(draw: Draw, bank_code: str, bank_name: str, *, parity: int) -> list[Record]:
    records = []
    for place, family in enumerate(draw.register.households):
        own_bank = place % 2 == parity if not family[0].intact else parity == 0
        people = [person for person in family if own_bank and draw.one_in(0.7, person)]
        records += [_account(draw, person, bank_code, bank_name) for person in people]
    return records


def _account(draw: Draw, person: Person, bank_code: str, bank_name: str) -> Record:
    counter = ("counter_terminal", f"{person.place.municipality} 支援窓口 端末{draw.chance.randint(1, 6)}")
    origin = ONLINE if person.intact else draw.chance.choice([ONLINE, ONLINE, ONLINE, counter, COUNTER_FORM])
    branch = draw.chance.choice(
        [("101", "本店"), ("204", "駅前"), ("318", "中央"), ("427", "港"), ("533", "大学前")]
    )
    details = {
        "bank_code": bank_code, "bank_name": bank_name, "branch_code": branch[0], "branch_name": branch[1],
        "account_type": draw.chance.choice("1111111114"), "account_number": draw.digits(7),
    }  # fmt: skip
    return draw.record("BK", person, origin, details)


def pension(draw: Draw) -> list[Record]:
    """Nearly everybody of 20."""
    origins = (
        ("migration", "初期収録"),
        ("lookup_4", "中央センター"),
        ("lookup_3", "中央センター"),
        COUNTER_FORM,
    )
    return [
        draw.record("PN", person, draw.chance.choice(origins), {"pension_number": draw.digits(10)})
        for person in _aged(draw, 20, 120)
        if draw.one_in(0.93, person)
    ]


def disability(draw: Draw) -> list[Record]:
    """One in twenty; the certificate number of the physical kind is by prefecture."""
    people = [person for person in _aged(draw, 5, 120) if draw.chance.random() < 0.06 and not person.intact]
    return [
        draw.record("DS", person, ("applicant_form", "障害福祉課"), _certificate(draw, person))
        for person in people
    ]


def _certificate(draw: Draw, person: Person) -> dict[str, str]:
    kind = draw.chance.choice(["physical", "physical", "intellectual", "mental"])
    details = {
        "certificate_kind": kind,
        "certificate_number": f"{person.place.prefecture}第{draw.digits(7)}号",
        "grade": draw.chance.choice("AB" if kind == "intellectual" else "123"),
        "issued_on": draw.past_day(days=2500, since=person.born_on).isoformat(),
    }
    return details | ({"expires_on": draw.coming_day(days=700).isoformat()} if kind == "mental" else {})


def care(draw: Draw) -> list[Record]:
    """People of 65 and more, half of them with a care level."""
    levels = ("", "", "要支援1", "要支援2", "要介護1", "要介護2", "要介護3", "要介護5")
    records = []
    for person in _aged(draw, 65, 120):
        level = "要介護1" if person.intact else draw.chance.choice(levels)
        details = {"insurer_number": person.place.area + "0", "number": draw.digits(10), "care_level": level}
        until = {"valid_until": draw.coming_day(days=900).isoformat()} if level else {}
        if draw.one_in(0.85, person):
            records.append(draw.record("CR", person, ("lookup_4", "介護保険課"), details | until))
    return records


def employment(draw: Draw) -> list[Record]:
    """People of working age, some with a past employment beside the present one."""
    records = []
    for person in _aged(draw, 18, 66):
        if draw.one_in(0.7, person):
            records.append(_job(draw, person, "active"))
        if not person.intact and draw.chance.random() < 0.25:
            records.append(_job(draw, person, "ended"))
    return records


def _job(draw: Draw, person: Person, status: str) -> Record:
    return draw.record("EI", person, ("employer_form", "適用係"), {"number": draw.digits(11)}, status=status)


def tax(draw: Draw) -> list[Record]:
    """One a year for adults."""
    origins = (
        ("employer_form", "給与支払報告書"),
        ("applicant_form", "申告"),
        ("migration", "税務システム移行"),
    )
    last = draw.as_of.year - (draw.as_of < datetime.date(draw.as_of.year, 6, 1))
    return [
        draw.record("TX", person, draw.chance.choice(origins),
                    {"municipality": person.place.municipality, "fiscal_year": str(last - back)})
        for person in _aged(draw, 20, 120)
        for back in range(FISCAL_YEARS)
        if draw.one_in(0.83, person)
    ]  # fmt: skip


def child_allowance(draw: Draw) -> list[Record]:
    """The head of each household with a child under 18."""
    families = [family for family in draw.register.households if family[-1].age_on(draw.as_of) < 18]
    return [
        draw.record("CA", family[0], ("applicant_form", "子育て支援課"),
                    {"municipality": family[0].place.municipality, "number": draw.digits(8)})
        for family in families
    ]  # fmt: skip


def vaccination(draw: Draw) -> list[Record]:
    """Children's and old people's vaccinations, and some of the others'."""
    records = []
    for person in draw.register:
        young, old = person.age_on(draw.as_of) < 15, person.age_on(draw.as_of) >= 65
        vaccines = (
            ["MR", "四種混合", "BCG"]
            if young
            else ["インフルエンザ", "肺炎球菌"]
            if old
            else ["新型コロナ", "帯状疱疹"]
        )
        records += [_shot(draw, person, name) for name in vaccines if draw.one_in(0.35, person)]
    return records


def _shot(draw: Draw, person: Person, vaccine: str) -> Record:
    given_on = draw.past_day(days=1500, since=person.born_on).isoformat()
    details = {"municipality": person.place.municipality, "vaccine": vaccine, "given_on": given_on}
    return draw.record("VC", person, ("lookup_4", "予防接種台帳"), details)


def medical_expense(draw: Draw) -> list[Record]:
    """A quarter of all people, for the last year."""
    period = f"{draw.as_of.year - 1}年"
    return [
        draw.record("ME", person, ("migration", "医療費通知"),
                    {"period": period, "provider_count": str(draw.chance.randint(1, 9))})
        for person in draw.register
        if draw.one_in(0.28, person)
    ]  # fmt: skip


def _aged(draw: Draw, youngest: int, oldest: int) -> list[Person]:
    return [person for person in draw.register if youngest <= person.age_on(draw.as_of) < oldest]


MAKERS: dict[str, Callable[[Draw], list[Record]]] = {
    "BK0001": midori,
    "BK9900": savings,
    "HI01": kyokai,
    "HI06139463": society,
    "HI138057": others,
    "PN0001": pension,
    "DS0001": disability,
    "CR0001": care,
    "EI0001": employment,
    "TX0001": tax,
    "CA0001": child_allowance,
    "VC0001": vaccination,
    "ME0001": medical_expense,
}
