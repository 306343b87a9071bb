"""Institutions and imports: one running import a feed, and an end for those that are not running."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from links.models import FeedImport, Institution, Officer
from tests import factories


def started(institution, at, **fields) -> FeedImport:
    return FeedImport.objects.create(
        **{"institution": institution, "category": "tax", "file_name": "a.csv", "started_at": at, **fields}
    )


def test_one_import_of_a_feed_runs_at_a_time(institution, now) -> None:
    started(institution, now)

    with pytest.raises(IntegrityError), transaction.atomic():
        started(institution, now)


def test_other_feeds_may_be_imported_meanwhile(institution, now) -> None:
    started(institution, now)
    started(institution, now, category="pension")
    started(factories.InstitutionFactory.create(), now)

    assert FeedImport.objects.count() == 3


def test_the_next_import_may_start_when_the_last_one_ended(institution, now) -> None:
    started(institution, now, state="done", finished_at=now)
    started(institution, now, state="refused", finished_at=now)

    started(institution, now)

    assert FeedImport.objects.done().count() == 1


@pytest.mark.parametrize("state", ["done", "refused"])
def test_an_import_that_ended_says_when(institution, now, state) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        started(institution, now, state=state)


def test_a_running_import_has_no_end(institution, now) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        started(institution, now, finished_at=now)


def test_an_institution_s_code_is_unique(institution) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.InstitutionFactory.create(code=institution.code)


@pytest.mark.parametrize("code", ["", "a b", "../etc", "銀行", "a" * 33, "A1\n"])
def test_a_code_that_could_harm_a_path_is_refused(db, code) -> None:
    with pytest.raises(ValidationError):
        Institution(code=code, name_ja="見本").full_clean()


@pytest.mark.parametrize(
    ("language", "english", "name"),
    [
        ("ja", "Mihon Bank", "見本銀行"),
        ("ja-x-easy", "Mihon Bank", "見本銀行"),
        ("en", "Mihon Bank", "Mihon Bank"),
        ("en", "", "見本銀行"),
    ],
)
def test_an_institution_is_named_in_the_reader_s_language(language, english, name) -> None:
    institution = Institution(name_ja="見本銀行", name_en=english)

    with translation.override(language):
        assert institution.name == name


def test_an_officer_works_for_one_institution(institution, db) -> None:
    user = factories.UserFactory.create(role="officer")
    Officer.objects.create(user=user, institution=institution)

    with pytest.raises(IntegrityError), transaction.atomic():
        Officer.objects.create(user=user, institution=factories.InstitutionFactory.create())


def test_names_of_rows_are_codes(institution, now) -> None:
    officer = Officer.objects.create(
        user=factories.UserFactory.create(role="officer"), institution=institution
    )
    feed_import = started(institution, now)

    assert str(institution) == f"Institution {institution.code}"
    assert str(officer) == f"Officer {officer.pk}"
    assert str(feed_import) == f"FeedImport {feed_import.pk}"
