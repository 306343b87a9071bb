"""Bars: a signed certificate costs at most 1.3 times what bare renderer and bare signer cost together, one by
one and 1,000 in bulk on two cores; a code is verified offline 2,000 times a second on one core.

The bare renderer is Typst with the same template and code; the bare signer is pyHanko at the same level, on
a PDF that has a field already. Medians, in turn, in one process; the bulk in two processes, half each.
"""

import datetime
import json
import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from django.apps import apps
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

from accounts.documents.faces import preferred_face
from certificates.documents import render as rendering
from certificates.documents.render import Size, on_page, qr, render
from certificates.keys import load_keys
from certificates.offline import Answer, answer_of
from certificates.revoked import read, write
from certificates.signing.authority import make_authority
from certificates.signing.field import FIELD, with_field
from certificates.signing.sealing import signed
from certificates.signing.signer import hand, trust
from certificates.tokens import Code, sign
from portal.environment import document_signing
from portal.keys import fresh_signing_key

ONE, BULK, PROCESSES = 60, int(os.environ.get("BENCH_CERTIFICATES", "1000")), 2
BAR, RATE_BAR = 1.3, 2_000
PHONE = "0120-000-000"
PRINTED = rendering.Printed(
    number="C-7K3M-92QX",
    name="髙﨑　𠮷子",
    kana="タカサキ　ヨシコ",
    birth_date="1944-03-05",
    sex="2",
    symbol="さ国",
    member_number="0025568",
    branch_number="01",
    insurer_number="00111054",
    insurer_name="さいたま市中央区国民健康保険",
    insured_name="",
    qualified_on=datetime.date(2020, 4, 1),
    copay_ratio="020",
    issued_on=datetime.date(2026, 11, 23),
    valid_until=datetime.date(2027, 7, 31),
)


def person(number: int) -> tuple[rendering.Printed, str]:
    """Another person and code each time: no cache of the typesetter helps."""
    printed = replace(PRINTED, number=f"C-7K3M-{number:04d}", member_number=f"{number:07d}")
    return printed, f"https://portal.example/certificates/check/?code=e{number:05d}" + "Q" * 270


def whole(number: int) -> bytes:
    """What the service does."""
    printed, address = person(number)
    return signed(render(printed, address, phone=PHONE))


def bare_render(number: int) -> bytes:
    """Typst alone, with everything at hand."""
    inputs, stamp = INPUTS[number % len(INPUTS)]
    return rendering._pdf(Size.A4, preferred_face(), inputs, stamp)


def bare_sign(_number: int) -> bytes:
    """pyHanko alone, at the same level, on a field that is there."""
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=True,
        validation_context=trust(),
    )
    out = BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(UNSIGNED[0]))
    sign_pdf(writer, metadata, hand().signer, timestamper=hand().clock, output=out)
    return out.getvalue()


INPUTS: list[tuple[dict[str, str], datetime.datetime]] = []
UNSIGNED: list[bytes] = []


def prepare(folder: Path) -> None:
    """What the bare ones are given, an authority of their own, and everything warm."""
    if not apps.ready:
        django.setup()
    make_authority(folder, at=datetime.datetime.now(datetime.UTC))
    settings.DOCUMENT_SIGNING = document_signing(folder)
    stamp = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
    family = preferred_face().family
    for number in range(200):
        printed, address = person(number)
        page = json.dumps(on_page(printed, address, PHONE))
        INPUTS.append(({"page": page, "code": qr(address), "family": family}, stamp))
    UNSIGNED.append(with_field(render(*person(0), phone=PHONE)))
    for work in (whole, bare_render, bare_sign):
        work(1)


def seconds(work: Callable[[int], bytes], number: int) -> float:
    """How long one takes."""
    began = time.perf_counter()
    work(number)
    return time.perf_counter() - began


def medians() -> tuple[float, float, float]:
    """Each of the three, in turn, in milliseconds."""
    taken = [[seconds(work, number) for work in (whole, bare_render, bare_sign)] for number in range(ONE)]
    first, second, third = (statistics.median(column) * 1000 for column in zip(*taken, strict=True))
    return first, second, third


def many(name: str, numbers: range) -> int:
    """One process's half."""
    work = {"whole": whole, "render": bare_render, "sign": bare_sign}[name]
    return sum(len(work(number)) for number in numbers)


def bulk(pool: ProcessPoolExecutor, name: str) -> float:
    """Seconds for all of them on two cores."""
    halves = [range(start, BULK, PROCESSES) for start in range(PROCESSES)]
    began = time.perf_counter()
    list(pool.map(many, [name] * PROCESSES, halves))
    return time.perf_counter() - began


def rate() -> float:
    """Codes verified a second on one core, with keys and list read once."""
    now = datetime.datetime.now(datetime.UTC)
    keys, issuer = load_keys(fresh_signing_key()), "https://portal.example"
    first, last = now.date(), now.date() + datetime.timedelta(days=400)
    codes = [Code(issuer, f"{place:022d}", first, last, place) for place in range(2_000)]
    tokens = [sign(code, keys.signing) for code in codes]
    listed = write([], issuer=issuer, address=issuer, key=keys.signing, at=now)
    revoked = read(listed, keys.standing(now), at=now)
    began = time.process_time()
    found = [answer_of(token, keys, revoked, issuer=issuer, at=now).answer for token in tokens]
    taken = time.process_time() - began
    assert set(found) == {Answer.VALID}
    return len(tokens) / taken


def run() -> bool:
    """Print the figures; whether every bar is met."""
    with TemporaryDirectory() as folder:
        prepare(Path(folder))
        return measured(Path(folder))


def measured(folder: Path) -> bool:
    """The same, with an authority in that folder."""
    one, rendered, sealed = medians()
    ratio = one / (rendered + sealed)
    # fresh processes: Typst's threads do not survive a fork
    fresh = get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, fresh, initializer=prepare, initargs=(folder,)) as pool:
        list(pool.map(many, ["whole"] * PROCESSES, [range(2)] * PROCESSES))
        every, renders, seals = (bulk(pool, name) for name in ("whole", "render", "sign"))
    in_bulk, verified = every / (renders + seals), rate()
    print(f"certificates, load of five minutes {os.getloadavg()[1]:.1f}")
    bare = f"Typst {rendered:.1f} + pyHanko {sealed:.1f}"
    print(f"{'one, signed':24}{one:12,.1f} ms  {bare}: {ratio:.2f} (bar {BAR})")
    bare = f"Typst {renders:.1f} + pyHanko {seals:.1f}"
    print(f"{f'{BULK:,} on two cores':24}{every:12,.1f} s   {bare}: {in_bulk:.2f} (bar {BAR})")
    print(f"{'codes verified offline':24}{verified:12,.0f} /s  (bar {RATE_BAR:,} on one core)")
    return ratio <= BAR and in_bulk <= BAR and verified >= RATE_BAR
