"""The whole sample, from a seed to a folder of files."""

import datetime
import random
from pathlib import Path

from portal.sample import personas, writing
from portal.sample.coincidences import arrange
from portal.sample.errors import plant_rejected, plant_unseen
from portal.sample.feeds import MAKERS
from portal.sample.records import Draw
from portal.sample.register import Maker, Register
from portal.sample.senders import SENDERS, Sender

FEWEST_RESIDENTS = 50


def write_sample(folder: Path, *, residents: int, seed: int, as_of: datetime.date) -> dict[str, object]:
    """Write all files, the same for the same arguments; returns the manifest that lies beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    register = _register(residents, seed, as_of)
    writing.write_register(folder, register)
    writing.write_institutions(folder)
    feeds = [_write_feed(folder, sender, register, seed) for sender in SENDERS]
    manifest = {
        "as_of": as_of.isoformat(),
        "seed": seed,
        "residents": {"file": "residents.csv", "rows": sum(map(len, register.households))},
        "institutions": {"file": "institutions.csv", "rows": len(SENDERS)},
        "feeds": feeds,
        "personas": _personas(register),
    }
    writing.write_manifest(folder, manifest)
    return manifest


def _register(residents: int, seed: int, as_of: datetime.date) -> Register:
    chance = random.Random(f"{seed} register")
    maker = Maker(chance, as_of=as_of, residents=max(residents, FEWEST_RESIDENTS))
    personas.add_personas(maker)
    register = maker.fill()
    arrange(register, chance)
    return register


def _write_feed(folder: Path, sender: Sender, register: Register, seed: int) -> dict[str, object]:
    draw = Draw(random.Random(f"{seed} {sender.code}"), register)
    records = MAKERS[sender.code](draw)
    draw.chance.shuffle(records)
    plant_unseen(sender.code, draw, records)
    rejected = plant_rejected(sender.code, draw, records)
    writing.write_feed(folder, sender, records, draw)
    return {
        "file": sender.file_name,
        "institution": sender.code,
        "category": sender.category,
        "format": sender.format,
        "encoding": sender.encoding,
        "rows": len(records),
        "rejected": rejected,
    }


def _personas(register: Register) -> dict[str, dict[str, str]]:
    people = {role: {"resident_code": code} for role, code in personas.CODES.items()}
    people["child_account"] |= {
        "child_resident_code": register.playing("child").code,
        "father_resident_code": register.playing("father").code,
    }
    return people
