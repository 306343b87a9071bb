"""Attacks an installation with other people's tools: `make scan`, or `python -m tests.scan wapiti sqlmap`.

The tools are looked for in the folder SCANNERS and on PATH; docs/security.md says where they come from. What
each says lies in `var/scan`; 1 where one of them found something.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from deploy.plain.installation import Installation, installed
from deploy.plain.server import ROOT
from tests.deploy.crowd import gathered

SAID = ROOT / "var/scan"
SECONDS = int(
    os.environ.get("SCAN_SECONDS", "240")
)  # for crawling, and then for each kind of attack a quarter
BEST = 130
DOORS = (443, 80)  # a scanner of headers asks both; whoever runs it may open them
HEADERS = (
    "const {scan} = await import(process.argv[1]); console.log(JSON.stringify(await scan(process.argv[2])))"
)
STAFF = """
import importlib
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from tests.factories import UserFactory
store = importlib.import_module(settings.SESSION_ENGINE).SessionStore()
user = UserFactory.create(email="scan@example.jp", role="supervisor")
store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
store.save()
print(store.session_key)
"""
ADDRESSES = """
import json
from django.urls import get_resolver
def whole(patterns, before=""):
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from whole(pattern.url_patterns, path)
        elif "<" not in path and "(" not in path:
            yield "/" + path.replace("^", "").replace("$", "").replace("\\\\Z", "")
print(json.dumps(sorted(set(whole(get_resolver().url_patterns)))))
"""
# a scanner that signs out or locks everything sees nothing afterwards
SPARED = ("/account/logout/", "/lock/", "/sessions/", "/health/", "/static/")
ASKED = (
    "/certificates/check/?code=C-2345-6789",
    "/figures/?month=2026-11",
    "/desk/?q=a&state=received",
    "/help/?q=a",
)
MODULES = "sql,timesql,xss,permanentxss,exec,file,redirect,ssrf,crlf,xxe,methods,backup,log4shell,shellshock"


def main() -> int:
    """Each tool that was asked for; 1 where one of them found something."""
    chosen = sys.argv[1:] or list(TOOLS)
    shutil.rmtree(SAID, ignore_errors=True)
    SAID.mkdir(parents=True)
    os.environ["PATH"] = os.environ.get("SCANNERS", "") + os.pathsep + os.environ["PATH"]
    environment = {"STAFF_PASSKEY_REQUIRED": "0"}
    with (
        tempfile.TemporaryDirectory(prefix="portal-scan-") as folder,
        installed(Path(folder), doors=DOORS, **environment) as installation,
    ):
        clean = [TOOLS[name](installation) for name in chosen]
    return 0 if all(clean) else 1


def visitors(installation: Installation) -> Iterator[tuple[str, str, list[str]]]:
    """Nobody, a resident, staff: name, the cookie of each, and where they begin."""
    paths = json.loads(installation.manage("shell", "--no-imports", "-c", ADDRESSES).splitlines()[-1])
    begun = [path for path in [*paths, *ASKED] if not any(part in path for part in SPARED)]
    [person] = gathered(installation, people=1, records=2).people
    staff = installation.manage("shell", "--no-imports", "-c", STAFF).splitlines()[-1]
    yield "nobody", "", begun
    own = [f"/records/{person.records[0]}/", f"/reports/new/{person.records[1]}/what/"]
    yield "a resident", f"__Host-session={person.session}", begun + own
    yield "staff", f"__Host-session={staff}", begun


def run(name: str, command: list[str], **environment: str) -> str:
    """What the tool says, kept too; SystemExit where it is not there."""
    if not shutil.which(command[0]):
        raise SystemExit(f"{command[0]} is not on PATH: docs/security.md says where it comes from.")
    ended = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | environment, stdin=subprocess.DEVNULL
    )
    (SAID / f"{name}.txt").write_text(ended.stdout + ended.stderr)
    return ended.stdout


def observatory(installation: Installation) -> bool:
    """Headers: the score of Mozilla's scanner, whose own command asks for certificates of the world only."""
    name = "mdn-http-observatory-scan"
    scanner = Path(shutil.which(name) or sys.exit(f"{name} is not on PATH")).resolve().parents[1]
    command = [
        "node",
        "--input-type=module",
        "-e",
        HEADERS,
        str(scanner / "src/scanner/index.js"),
        "localhost",
    ]
    said = run("observatory", command, NODE_EXTRA_CA_CERTS=str(installation.folder / "nginx/certificate.pem"))
    found = json.loads(said)
    failed = [name for name, test in found["tests"].items() if not test["pass"]]
    grade, score = found["scan"]["grade"], int(found["scan"]["score"])
    print(f"observatory: {grade}, {score} (bar {BEST}); not passed: {failed or 'none'}")
    return score >= BEST


def testssl(installation: Installation) -> bool:
    """TLS of the shipped proxy; what a certificate that nobody vouches for is blamed for is not counted."""
    out = SAID / "testssl.json"
    host = urlsplit(installation.url).netloc
    run("testssl", ["testssl", "--quiet", "--color", "0", "--jsonfile", str(out), host])
    graver = [row for row in json.loads(out.read_text()) if row["severity"] in ("MEDIUM", "HIGH", "CRITICAL")]
    ours = [f"{row['id']}: {row['finding']}" for row in graver if not row["id"].startswith(UNVOUCHED)]
    print(f"testssl: {len(ours)} findings of weight; {'; '.join(ours)}")
    return not ours


# of the certificate that the installation makes for itself, and the name localhost
UNVOUCHED = ("cert_", "OCSP", "DNS_CAA", "overall_grade", "grade_cap", "final_score")


def wapiti(installation: Installation) -> bool:
    """Every address, signed out and in."""
    clean = True
    for who, cookie, begun in visitors(installation):
        out = SAID / f"wapiti-{who.replace(' ', '-')}.json"
        starts = [part for path in begun for part in ("-s", installation.url + path)]
        spared = [part for path in SPARED for part in ("-x", f"{installation.url}*{path}*")]
        limits = [
            "--max-scan-time",
            str(SECONDS),
            "--max-attack-time",
            str(SECONDS // 4),
            "--max-links-per-page",
            "30",
        ]
        command = ["wapiti", "-u", installation.url + "/", *starts, *spared, *limits, "-m", MODULES]
        said = ["--verify-ssl", "0", "--flush-session", "--no-bugreport", "-f", "json", "-o", str(out)]
        signed_in = ["-H", f"Cookie: {cookie}", "--drop-set-cookie"] if cookie else []
        store = ["--store-session", str(installation.folder / who.replace(" ", "-"))]
        run(f"wapiti-{who.replace(' ', '-')}", [*command, *said, *signed_in, *store])
        found = json.loads(out.read_text())
        holes = {name: rows for name, rows in found["vulnerabilities"].items() if rows}
        pages = found["infos"].get("crawled_pages_nbr")
        print(
            f"wapiti, {who}: {pages} pages, {sum(map(len, holes.values()))} findings {list(holes)}",
            flush=True,
        )
        clean &= not holes
    return clean


def sqlmap(installation: Installation) -> bool:
    """Every query and form that is found from each address."""
    clean = True
    for who, cookie, begun in visitors(installation):
        listed = SAID / f"sqlmap-{who.replace(' ', '-')}.lst"
        asked = [path if "?" in path else path + "?q=1&page=1&id=1" for path in begun]
        listed.write_text("\n".join(installation.url + path for path in asked))
        command = ["sqlmap", "-m", str(listed), "--batch", "--smart", "--level", "2", "--threads", "2"]
        more = [
            "--dbms",
            "PostgreSQL",
            "--disable-coloring",
            "--output-dir",
            str(installation.folder / "sqlmap"),
        ]
        signed_in = ["--cookie", cookie, "--skip", "__Host-session", "--drop-set-cookie"] if cookie else []
        said = run(f"sqlmap-{who.replace(' ', '-')}", [*command, *more, *signed_in])
        holes = re.findall(r"Parameter: .*|is vulnerable.*", said)
        print(f"sqlmap, {who}: {len(asked)} addresses, {len(holes)} findings {holes}", flush=True)
        clean &= not holes
    return clean


TOOLS = {"observatory": observatory, "testssl": testssl, "wapiti": wapiti, "sqlmap": sqlmap}
if __name__ == "__main__":
    sys.exit(main())
