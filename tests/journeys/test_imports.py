"""A data officer brings a feed in from a phone: chosen, looked at, imported, and undone."""

import pytest

from links.models import Job, Link
from links.uploads import working
from tests.factories import UserFactory
from tests.links.feeds.feeding import HEADER, NUMBER, STRANGER, registered, row

pytestmark = pytest.mark.journey

FILE = ("pension.csv", "\n".join([HEADER, row("A1"), row("A2"), row("A3", number=STRANGER)]).encode())
ADDRESS = "Institution's code"
NOTHING_STORED = "Until you press this, nothing is stored."


@pytest.fixture
def officer(arrive, transactional_db):
    """A data officer on the list of imports; the person of the feed is in the register."""
    registered(NUMBER)
    visitor = arrive().sign_in(UserFactory.create(role="data_officer"))
    return visitor.open("/imports/")


def work() -> None:
    """What a worker does meanwhile."""
    for job in Job.objects.live():
        working.carry_out(job.pk)


def test_a_feed_is_checked_imported_and_rolled_back(officer):
    officer.look().press("Import a feed").look()
    officer.write(ADDRESS, "PN0001").pick("What the file holds", "pension").press("Choose the file").look()
    officer.choose_files("File", FILE).press("Check the file").reads("The file is being checked").look()

    work()
    officer.press("Look again").reads("What the import would change", NOTHING_STORED).look()
    assert not Link.objects.exists()
    officer.reads_nothing_of(NUMBER, STRANGER).press("Import the file")
    work()
    officer.press("Look again").reads("The file is imported", "Rejected rows").look()
    rejects = officer.opens(officer.said("Download the rejected rows (CSV)"))
    assert STRANGER not in rejects.text()
    assert Link.objects.count() == 2

    officer.press("This import, and how to roll it back").look().press("Roll this import back").look()
    officer.write("Reason", "The office sent the file of another month.").press("Roll this import back")
    work()
    officer.press("Look again").reads("The import was rolled back").look()
    assert not Link.objects.standing().exists()


def test_a_file_that_cannot_be_read_says_why_and_waits_for_another(officer):
    officer.press("Import a feed").write(ADDRESS, "PN0001").pick("What the file holds", "pension").press(
        "Choose the file"
    )
    officer.press("Check the file").reads("Please choose a file first.").look()

    officer.choose_files("File", ("x.csv", b"\xff\x00 no text")).press("Check the file")
    work()

    officer.press("Look again").reads("The file was refused, nothing was stored").look()
    officer.choose_files("File", FILE).press("Check the file").reads("The file is being checked")
