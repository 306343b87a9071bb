"""The process that decodes what strangers made: it holds no secret, may use little, and opens nothing.

`python -m accounts.files.decoder KIND` reads a file and writes the fresh one; it ends with a Reason's status
where the file is refused. What the decoders' own faults could do stays in here.
"""

import resource
import sys

from accounts.files.kinds import Kind, Refused
from accounts.files.papers import rewritten
from accounts.files.pictures import redrawn

LIMITS = {
    resource.RLIMIT_AS: 1_500_000_000,
    resource.RLIMIT_CPU: 20,
    # input, output and error are open; with a fourth it could read a file of ours or call somebody
    resource.RLIMIT_NOFILE: 3,
    resource.RLIMIT_CORE: 0,
}


def confine() -> None:
    """Give up, for good, what no honest file needs: more memory and time, and other files."""
    for what, most in LIMITS.items():
        _soft, hard = resource.getrlimit(what)
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (limit, limit))


def main(kind: Kind) -> int:
    """From standard input to standard output."""
    confine()
    content = sys.stdin.buffer.read()
    try:
        fresh = rewritten(content) if kind is Kind.PDF else redrawn(content, kind)
    except Refused as refusal:
        return int(refusal.reason)
    sys.stdout.buffer.write(fresh)
    return 0


if __name__ == "__main__":
    sys.exit(main(Kind(sys.argv[1])))
