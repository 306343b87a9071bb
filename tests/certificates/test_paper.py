"""From a person and their insurance to what is printed."""

from io import BytesIO
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from pypdf import PdfReader

from accounts.models import Resident
from certificates.keys import load_keys
from certificates.paper import check_url, complete, pdf_of
from certificates.tokens import verify
from tests.certificates.factories import NATIONAL, certificate, insurance


def text_of(one):
    """The text layer of its PDF."""
    return PdfReader(BytesIO(pdf_of(one))).pages[0].extract_text()


def test_the_paper_shows_the_register_and_the_insurers_record(resident, support):
    Resident.objects.update(name="髙﨑　𠮷子", name_kana="タカサキ　ヨシコ")
    resident.refresh_from_db()

    text = text_of(certificate(resident, support))

    for printed in [
        "髙﨑　𠮷子",
        "タカサキ　ヨシコ",
        "1985年（昭和60年）4月2日",
        "女",
        "さ国",
        "0025568",
        "00111054",
    ]:
        assert printed in text
    assert "さいたま市中央区国民健康保険" in text
    assert "一部負担金の割合" not in text


def test_a_dependants_paper_names_the_insured_person(resident, support):
    insurance(resident, NATIONAL | {"relation": "2", "insured_name": "見本　太郎"})

    assert "見本　太郎" in text_of(certificate(resident, support))


def test_the_insured_person_needs_no_second_name(resident, support):
    insurance(resident, NATIONAL | {"relation": "1", "insured_name": "見本　太郎"})

    assert "見本　太郎" not in text_of(certificate(resident, support))


def test_from_70_on_the_share_is_printed(resident, support):
    Resident.objects.update(birth_date="1953-05-05")
    resident.refresh_from_db()
    insurance(resident, NATIONAL | {"copay_ratio": "020"})

    assert "2割" in text_of(certificate(resident, support))


def test_the_code_names_the_certificate_and_its_days_and_nobody(resident, support):
    issued = certificate(resident, support)

    code = verify(issued.token, load_keys(settings.CERTIFICATE_KEY).signing, issuer=settings.BASE_URL)

    assert (code.certificate, code.issued_on, code.valid_until) == (
        issued.public_id,
        issued.issued_on,
        issued.valid_until,
    )


def test_the_qr_leads_to_the_public_page_with_the_code(resident, support):
    issued = certificate(resident, support)

    address = urlsplit(check_url(issued.token))

    assert address.path == "/certificates/check/"
    assert parse_qs(address.query) == {"code": [issued.token]}


def test_the_paper_is_drawn_from_what_was_printed_then(resident, support):
    issued = certificate(resident, support)
    before = pdf_of(issued)
    Resident.objects.update(name="見本　花")
    issued.refresh_from_db()

    assert pdf_of(issued) == before


def test_a_record_is_complete_with_number_insurer_and_first_day(resident):
    bare = {key: NATIONAL[key] for key in ("insurer_number", "insurer_name", "number", "qualified_on")}

    assert complete(insurance(resident, bare))
    assert not complete(insurance(resident, bare | {"number": ""}))
