"""Health insurance of a household: schemes, insurers, cards."""

import datetime

from accounts.intake.fields import insurer_check_digit
from portal.sample.records import Draw, Record
from portal.sample.register import Person

SOCIETY = ("06139463", "見本健康保険組合")
MUTUAL_AID = ("31130685", "見本共済組合")
ORIGINS = (
    ("employer_form", "適用課"), ("employer_form", "適用課"), ("lookup_4", "本部一括"),
    ("lookup_3", "本部一括"), ("family_form", "適用課"),
)  # fmt: skip


def kyokai(draw: Draw) -> list[Record]:
    """Those whom the association insures."""
    return _records(draw, ("kyokai",))


def society(draw: Draw) -> list[Record]:
    """Those whom the society insures."""
    return _records(draw, ("society",))


def others(draw: Draw) -> list[Record]:
    """Everybody else: mutual aid, national, late-stage; and national insurance that has ended."""
    return _records(draw, ("mutual_aid", "national", "late_stage"))


def _records(draw: Draw, schemes: tuple[str, ...]) -> list[Record]:
    records = []
    for place, family in enumerate(draw.register.households):
        for branch, person in enumerate(family):
            scheme = scheme_of(person, family, draw.as_of, place)
            if scheme in schemes:
                records.append(_running(draw, person, family, scheme, branch))
            elif "national" in schemes and scheme != "national" and place % 7 == 3 and not person.intact:
                records.append(_ended(draw, person, family, branch, still_active=place % 42 == 3))
    return records


def scheme_of(person: Person, family: list[Person], as_of: datetime.date, place: int) -> str:
    """Everyone of 75 is in the late-stage scheme; a working head of household decides for the others."""
    if person.age_on(as_of) >= 75:
        return "late_stage"
    if person.role == "foreign_without_card" or family[0].age_on(as_of) >= 65:
        return "national"
    if family[0].intact:
        return "kyokai"
    return ("kyokai", "national", "kyokai", "society", "kyokai", "national", "mutual_aid", "society")[
        place % 8
    ]


def _insurer(person: Person, scheme: str) -> tuple[str, str]:
    place = person.place
    if scheme == "society":
        return SOCIETY
    if scheme == "mutual_aid":
        return MUTUAL_AID
    if scheme == "national":
        return place.area + insurer_check_digit(place.area), f"{place.municipality}国民健康保険"
    if scheme == "late_stage":
        body = f"39{place.prefecture_code}100"
        return body + insurer_check_digit(body), f"{place.prefecture}後期高齢者医療広域連合"
    body = f"01{place.prefecture_code}001"
    return body + insurer_check_digit(body), f"見本健康保険協会{place.prefecture}支部"


def _running(draw: Draw, person: Person, family: list[Person], scheme: str, branch: int) -> Record:
    details = _insurance(draw, person, family, scheme, branch) | _card(draw, person)
    origin = draw.chance.choice(ORIGINS) if not person.intact else ("lookup_4", "適用課")
    return draw.record("HI", person, origin, details)


def _ended(draw: Draw, person: Person, family: list[Person], branch: int, *, still_active: bool) -> Record:
    """National health insurance of before; sometimes nobody told the municipality that it had ended."""
    details = _insurance(draw, person, family, "national", branch)
    if not still_active:
        since = datetime.date.fromisoformat(details["qualified_on"])
        details["disqualified_on"] = draw.past_day(days=300, since=since).isoformat()
    status = "active" if still_active else "ended"
    return draw.record("HI", person, ("applicant_form", "国保年金課"), details, status=status)


def _insurance(draw: Draw, person: Person, family: list[Person], scheme: str, branch: int) -> dict[str, str]:
    number, name = _insurer(person, scheme)
    own = scheme in ("national", "late_stage")
    insured = person if own else family[0]
    household = int(family[0].household)
    qualified_on = draw.past_day(days=2500, since=person.born_on)
    details = {
        "insurer_number": number, "insurer_name": name, "number": f"{household * 37 % 9000 + 100}",
        "relation": "1" if insured is person else "2",
        "insured_name": insured.name, "insured_kana": insured.kana,
        "qualified_on": qualified_on.isoformat(), "copay_ratio": _share(person.age_on(draw.as_of)),
    }  # fmt: skip
    if scheme == "late_stage":
        return details | {"number": draw.digits(8)}
    symbol = (
        f"{person.place.municipality[0]}国" if scheme == "national" else f"{household * 91 % 9000 + 1000}"
    )
    return details | {"symbol": symbol, "branch_number": f"{branch:02}"}


def _share(age: int) -> str:
    if age >= 75:
        return "010"
    return "020" if age >= 70 or age < 6 else "030"


def _card(draw: Draw, person: Person) -> dict[str, str]:
    """The state of the card, and whether it serves as insurance card."""
    if person.role == "foreign_without_card":
        return {"card_use_registered": "0", "card_state": "none", "entitled_without_application": "1"}
    states = ("valid",) * 16 + ("none", "none", "lost", "renewing", "returned")
    state = "valid" if person.intact else draw.chance.choice(states)
    if state == "none":
        return {"card_use_registered": "0", "card_state": state, "entitled_without_application": "1"}
    registered = "1" if person.intact or draw.chance.random() < 0.8 else "0"
    expired = not person.intact and draw.chance.random() < 0.06
    expires_on = draw.past_day(days=400) if expired else draw.coming_day(days=1800)
    return {
        "card_use_registered": registered,
        "card_state": state,
        "card_certificate_expires_on": expires_on.isoformat(),
    }
