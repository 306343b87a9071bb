"""What any large register holds by chance, made certain: namesakes, numbers a digit apart, protection."""

import random
from collections.abc import Iterator

from stdnum.jp import in_

from portal.sample.register import Person, Register


def arrange(register: Register, chance: random.Random) -> None:
    """Change a few people who live alone; nobody else."""
    alone = [family[0] for family in register.households if len(family) == 1]
    free = [one for one in alone if not one.intact and not one.latin and not one.died_on]
    chance.shuffle(free)
    count = max(1, len(free) // 60)
    _share_names(register, free, count)
    _bring_numbers_together(register, free, count)
    for place, dead in enumerate(free[-2 * count :: 2]):
        dead.protected = place % 2 == 0
    if not any(person.died_on for person in register) and free:
        free[-1].died_on = register.as_of.replace(day=1)


def _share_names(register: Register, free: list[Person], count: int) -> None:
    for _ in range(min(count, len(free) // 4)):
        one, other = free.pop(), free.pop()
        other.surname, other.given, other.sex = one.surname, one.given, one.sex
        register.namesakes.append((one, other))


def _bring_numbers_together(register: Register, free: list[Person], count: int) -> None:
    taken = {person.number for person in register}
    for one in [person for person in free if person.number.endswith("0")][:count]:
        near = next((number for number in one_digit_away(one.number) if number not in taken), None)
        other = next((person for person in free if person is not one and person.number[-1] != "0"), None)
        if near and other:
            other.number = near
            free.remove(other)
            register.near_numbers.append((one, other))


def one_digit_away(number: str) -> Iterator[str]:
    """Valid numbers that differ from this one in one digit before the last."""
    for place in range(11):
        for digit in "0123456789":
            other = number[:place] + digit + number[place + 1 :]
            if other != number and in_.is_valid(other):
                yield other
