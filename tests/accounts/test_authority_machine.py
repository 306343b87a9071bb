"""Whatever people do one after the other, nobody reads or does what they have no authority for now.

A model of plain sets stands beside the database: after every step, what the QuerySets of the pages let each
sign-in see and do must be exactly what the model says, for each person, area and deed.
"""

import datetime
from dataclasses import dataclass

import hypothesis.strategies as st
import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.acting import ending, household, naming
from accounts.models import Authority, Resident, User, permitted
from accounts.refusal import AccountError
from accounts.scopes import APPLIES_IN, Deed
from links.categories import AREA_OF
from links.models import Link
from notices.models import Notice
from tests import factories

START = datetime.datetime(2026, 11, 28, 3, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
CATEGORY = {"money": "bank_account", "health": "health_insurance", "tax": "tax"}
AREAS = tuple(CATEGORY)
PEOPLE = ("head", "child", "old", "helper")
people = st.sampled_from(PEOPLE)
scopes = st.dictionaries(st.sampled_from(Deed.values), st.sets(st.sampled_from(AREAS)).map(sorted))


@dataclass
class Given:
    """What the model knows of one authority."""

    agent: str
    subject: str
    last: datetime.date | None
    can: set[tuple[str, str]] | None = None  # None: everything
    by_register: bool = False
    ended: bool = False


@dataclass
class Known:
    """What the model knows of a person."""

    protected: bool = False
    dead: bool = False
    at_home: bool = True

    @property
    def has_agents(self) -> bool:
        """Whether anybody may act for them at all."""
        return not (self.protected or self.dead)


def can(chosen: dict[str, list[str]]) -> set[tuple[str, str]]:
    """What a scope lets a helper do, said once more in other words."""
    seen = set(chosen.get("see", ()))
    return {
        (deed, area)
        for deed, areas in chosen.items()
        for area in areas
        if area in seen and (deed != "apply" or area in APPLIES_IN)
    }


class Acting(RuleBasedStateMachine):
    """Four people: the head of a household, the child in it, an old person, somebody who helps."""

    @initialize()
    def begin(self) -> None:
        """Everybody has a sign-in and a record in three areas."""
        self.at, self.deed = START, Deed.SEE
        self.known = {name: Known() for name in PEOPLE}
        self.given: list[Given] = []
        self.codes: list[tuple[str, str, set[tuple[str, str]], datetime.date]] = []
        self.rows: list[Authority] = []
        self.people = {
            "head": factories.ResidentFactory.create(household_code="home"),
            "child": factories.ResidentFactory.create(
                household_code="home", relationship="子", birth_date="2011-12-20"
            ),
            "old": factories.ResidentFactory.create(birth_date="1940-02-29"),
            "helper": factories.ResidentFactory.create(),
        }
        self.users = {name: factories.bound_user(who) for name, who in self.people.items()}
        for who in self.people.values():
            for area, category in CATEGORY.items():
                factories.LinkFactory.create(resident=who, category=category)
                Notice.objects.create(
                    resident=who,
                    kind="record.withheld",
                    subject_kind="link",
                    subject_id="x",
                    area=area,
                    created_at=START,
                )

    @property
    def today(self) -> datetime.date:
        """The day in Japan: the clock stands at noon."""
        return self.at.date()

    def holds(self, given: Given) -> bool:
        """Whether the model lets it be used now."""
        subject, agent = self.known[given.subject], self.known[given.agent]
        if given.ended or agent.dead or not subject.has_agents:
            return False
        if given.by_register and (self.known["head"].protected or self.known["child"].protected):
            return False
        return given.last is None or self.today <= given.last

    def allowed(self, user: str, subject: str, deed: str, area: str) -> bool:
        """What the model says."""
        if user == subject:
            return not self.known[user].dead
        mine = (
            each for each in self.given if (each.agent, each.subject) == (user, subject) and self.holds(each)
        )
        return any(each.can is None or (deed, area) in each.can for each in mine)

    def remember(self, row: Authority, given: Given) -> None:
        self.rows.append(row)
        self.given.append(given)

    @rule(subject=people, chosen=scopes, days=st.integers(0, 40))
    def name(self, subject, chosen, days) -> None:
        """Somebody makes a code."""
        last = self.today + days * DAY
        known = self.known[subject]
        grown = subject != "child" or self.today >= datetime.date(2026, 12, 20)
        waiting = [code for code in self.codes if code[1] == subject]
        try:
            _offer, code = naming.invite(chosen=chosen, ends_on=last, by=self.users[subject], at=self.at)
        except AccountError:
            assert not known.has_agents or not grown or not can(chosen) or len(waiting) >= 3
            return
        assert grown
        assert can(chosen)
        assert known.has_agents
        self.codes.append((code, subject, can(chosen), last))

    @precondition(lambda self: self.codes)
    @rule(data=st.data(), agent=people)
    def accept(self, data, agent) -> None:
        """Somebody enters a code and says yes."""
        code, subject, allows, last = data.draw(st.sampled_from(self.codes))
        try:
            offer = naming.open_code(code=code, by=self.users[agent], at=self.at)
            row = naming.accept(invitation=offer, by=self.users[agent], at=self.at)
        except AccountError:
            return
        assert agent != subject
        assert self.known[subject].has_agents
        self.codes.remove((code, subject, allows, last))
        self.remember(row, Given(agent, subject, last, allows))

    @rule()
    def act_for_child(self) -> None:
        """The head of the household acts for the child, by the register."""
        try:
            with transaction.atomic():
                row = household.act_for_child(child=self.people["child"], by=self.users["head"], at=self.at)
        except AccountError:
            return
        assert self.known["child"].at_home
        assert not self.known["head"].protected
        self.remember(row, Given("head", "child", datetime.date(2026, 12, 19), by_register=True))

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), chosen=scopes)
    def switch(self, data, chosen) -> None:
        """The person changes what a helper may do."""
        place = data.draw(st.integers(0, len(self.rows) - 1))
        row, given = self.rows[place], self.given[place]
        try:
            naming.change(authority=row, chosen=chosen, by=self.users[given.subject], at=self.at)
        except AccountError:
            return
        given.can = can(chosen)

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), by_agent=st.booleans())
    def end(self, data, by_agent) -> None:
        """Either side ends it."""
        place = data.draw(st.integers(0, len(self.rows) - 1))
        why = ending.Ending.BY_AGENT if by_agent else ending.Ending.BY_SUBJECT
        ending.end(self.rows[place], why=why, by=None, at=self.at)
        self.given[place].ended = True

    @rule(days=st.integers(1, 30))
    def age(self, days) -> None:
        """Time goes by."""
        self.at += days * DAY

    @rule(who=people, is_set=st.booleans())
    def protect(self, who, is_set) -> None:
        """Protection is set, or lifted."""
        self.known[who].protected = is_set
        Resident.objects.filter(pk=self.people[who].pk).update(protected=is_set)
        self.people[who].protected = is_set

    @rule(who=st.sampled_from(["old", "helper"]))
    def die(self, who) -> None:
        """The register says that somebody died."""
        self.known[who].dead = True
        Resident.objects.filter(pk=self.people[who].pk).update(died_on=self.today)

    @rule()
    def move_out(self) -> None:
        """The child moves to another household: the night writes what follows."""
        self.known["child"].at_home = False
        Resident.objects.filter(pk=self.people["child"].pk).update(household_code="away")
        self.night()

    @rule()
    def night(self) -> None:
        """What stands on nothing any more ends; protection lifted afterwards brings nothing back."""
        gone = [self.holds(given) for given in self.given]
        ending.end_due(at=self.at)
        for given, held in zip(self.given, gone, strict=True):
            apart = given.by_register and not self.known["child"].at_home
            given.ended = given.ended or not held or apart

    @invariant()
    def nobody_reads_or_does_more_than_the_model_says(self) -> None:
        """Records, notices and deeds, through the QuerySets on which the pages stand."""
        # the one step the one, the next step the other
        self.deed = Deed.REPORT if self.deed == Deed.SEE else Deed.SEE
        for user, signed_in in self.users.items():
            assert self.through(signed_in, self.deed) == self.model(user, self.deed)
            told = Notice.objects.within(permitted(signed_in, Deed.TOLD, on=self.today))
            assert {
                (self.called(n.resident_id), n.area) for n in told if n.area in AREAS and n.subject_id == "x"
            } == (self.model(user, Deed.TOLD))
            applies = Resident.objects.permitted_to(signed_in, Deed.APPLY, "health", on=self.today)
            assert {(self.called(who.pk), "health") for who in applies} == {
                pair for pair in self.model(user, Deed.APPLY) if pair[1] == "health"
            }

    def through(self, user: User, deed: Deed) -> set[tuple[str, str]]:
        """Whose records of which area the sign-in reaches."""
        found = Link.objects.visible_to(user, on=self.today, to=deed).values_list("resident_id", "category")
        return {(self.called(whose), AREA_OF[category]) for whose, category in found}

    def model(self, user: str, deed: Deed) -> set[tuple[str, str]]:
        return {(who, area) for who in PEOPLE for area in AREAS if self.allowed(user, who, deed, area)}

    def called(self, resident_id: int) -> str:
        return next(name for name, who in self.people.items() if who.pk == resident_id)


class Rolled(Acting):
    """Each run in a transaction that is taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)


@pytest.mark.django_db
def test_nobody_ever_reads_or_does_more_than_the_model_allows() -> None:
    run_state_machine_as_test(
        Rolled,
        settings=settings(
            max_examples=6,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
